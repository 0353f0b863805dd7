import { type FailureCode, failureCodes } from '../../shared/contract/failure.ts'
import { failureTexts } from '../../shared/contract/failure-texts.ts'
import { foldText } from '../../shared/domain/fold-text.ts'
import type { Language } from '../../shared/domain/language.ts'
import { searchWords } from '../../shared/domain/search-words.ts'
import { type HelpArticle, type HelpTopic, helpTopics } from './help-article.ts'
import { helpTexts } from './help-texts.ts'

export interface HelpFindings {
  readonly topics: readonly HelpTopic[]
  readonly codes: readonly FailureCode[]
}

/** @param query empty or without words: everything. @returns what holds a word that begins as each word of the query. */
export type SearchHelp = (query: string) => HelpFindings

/** A search over the articles and failure codes of one language; letters are folded as everywhere in the product. */
export function createHelpSearch(language: Language): SearchHelp {
  const articles = helpTopics.map((topic) => ({ topic, words: wordsOf(textOf(helpTexts[language][topic])) }))
  const failures = failureCodes.map((code) => {
    const { text, action } = failureTexts[code][language]
    return { code, words: wordsOf(`${code} ${text} ${action}`) }
  })
  return (query) => {
    const asked = searchWords(query)
    const fits = ({ words }: { words: readonly string[] }): boolean =>
      asked.every((begin) => words.some((word) => word.startsWith(begin)))
    return {
      topics: articles.filter(fits).map(({ topic }) => topic),
      codes: failures.filter(fits).map(({ code }) => code),
    }
  }
}

function textOf({ title, blocks }: HelpArticle): string {
  const parts = blocks.flatMap((block) => {
    if (block.kind === 'text') return [block.text]
    return block.kind === 'verbatim' ? [block.text, block.translation ?? ''] : block.items
  })
  return [title, ...parts].join(' ')
}

function wordsOf(text: string): readonly string[] {
  return [...new Set(foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [])]
}
