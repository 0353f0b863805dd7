import { describe, expect, test } from 'vitest'
import { type HelpBlock, helpTopics, topicsOfPlace } from '../../../../src/renderer/help/help-article.ts'
import { helpTexts } from '../../../../src/renderer/help/help-texts.ts'
import { createHelpSearch } from '../../../../src/renderer/help/search-help.ts'
import { callCentreWords } from '../../../../src/renderer/help/texts/call-centre-words.ts'
import { failureCodes } from '../../../../src/shared/contract/failure.ts'
import { languages } from '../../../../src/shared/domain/language.ts'
import { portalMessages } from '../../../../src/shared/domain/reference-data.ts'

const shapeOf = (block: HelpBlock): string => ('items' in block ? `${block.kind} ${block.items.length}` : block.kind)
const wordsOf = (block: HelpBlock): readonly string[] => {
  if (block.kind === 'verbatim') return block.translation === undefined ? [] : [block.translation]
  return block.kind === 'text' ? [block.text] : block.items
}
const articleWords = (language: (typeof languages)[number], topic: (typeof helpTopics)[number]): readonly string[] => {
  const { title, blocks } = helpTexts[language][topic]
  return [title, ...blocks.flatMap(wordsOf)]
}

describe('help', () => {
  test('says the same in three languages, block for block', () => {
    for (const topic of helpTopics) {
      const shape = helpTexts.ru[topic].blocks.map(shapeOf)
      for (const language of languages) {
        expect(helpTexts[language][topic].blocks.map(shapeOf), `${language} ${topic}`).toEqual(shape)
      }
    }
  })

  test('is translated: no Cyrillic in English, Kazakh is not Russian, and each verbatim text has its translation', () => {
    for (const topic of helpTopics) {
      expect(articleWords('en', topic).join(' '), topic).not.toMatch(/\p{Script=Cyrillic}/u)
      expect(articleWords('kk', topic).join(' '), topic).toMatch(/[әғқңөұүһі]/i)
      const same = articleWords('kk', topic).filter((text) => articleWords('ru', topic).includes(text))
      expect(
        same.filter((text) => text !== 'Журнал'),
        topic,
      ).toEqual([])
      for (const language of ['kk', 'en'] as const) {
        const verbatim = helpTexts[language][topic].blocks.filter(({ kind }) => kind === 'verbatim')
        expect(
          verbatim.every((block) => 'translation' in block),
          `${language} ${topic}`,
        ).toBe(true)
      }
    }
  })

  test('quotes the portal and the instruction letter for letter, the same ones in every language', () => {
    const known: readonly string[] = [
      portalMessages.deceased,
      portalMessages.excluded('2'),
      portalMessages.prosecutorRecord,
      portalMessages.registered,
      portalMessages.loginLocked,
      portalMessages.loginWrong,
      ...Object.values(callCentreWords),
    ]
    for (const language of languages) {
      const quoted = helpTopics.flatMap((topic) =>
        helpTexts[language][topic].blocks.flatMap((block) => (block.kind === 'verbatim' ? [block.text] : [])),
      )
      expect(quoted.toSorted(), language).toEqual(known.toSorted())
    }
  })

  test('knows what each page is about', () => {
    for (const topics of Object.values(topicsOfPlace)) {
      for (const topic of topics) expect(helpTopics).toContain(topic)
    }
  })
})

describe('a search in help', () => {
  test('for nothing gives everything', () => {
    expect(createHelpSearch('ru')('  ')).toEqual({ topics: helpTopics, codes: failureCodes })
  })

  test('finds an article by the beginnings of its words, letters folded', () => {
    const search = createHelpSearch('ru')
    expect(search('забыл парол').topics).toEqual(['password'])
    expect(search('УЧЁТНАЯ колл').topics).toEqual([])
    expect(search('учётная call').topics).toEqual(['call-centre'])
    expect(createHelpSearch('kk')('купиясоз умытты').topics).toEqual(['password'])
    expect(createHelpSearch('en')('ncalayer').topics).toEqual(['ways', 'signature'])
  })

  test('finds a failure by its code and by its words', () => {
    expect(createHelpSearch('ru')('iin.check-digit').codes).toEqual(['iin.check-digit'])
    expect(createHelpSearch('ru')('нет бумаги').codes).toContain('print.out-of-paper')
  })

  test('finds nothing where a word is nowhere', () => {
    expect(createHelpSearch('ru')('пароль абракадабра')).toEqual({ topics: [], codes: [] })
  })
})
