import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { type MessageKey, ru } from '../../../../src/renderer/i18n/ru.ts'
import { catalogues, createTranslator } from '../../../../src/renderer/i18n/translator.ts'
import { auditEvents, requestStates } from '../../../../src/shared/domain/audit-event.ts'
import { languages } from '../../../../src/shared/domain/language.ts'

const keys = Object.keys(ru) as MessageKey[]
const locales = { kk: 'kk-KZ', ru: 'ru-KZ', en: 'en-GB' } as const

type Element = ReturnType<IntlMessageFormat['getAst']>[number]

/** Names of the values that a message needs, sorted. */
function placeholders(message: string): string[] {
  const names = new Set<string>()
  const walk = (elements: readonly Element[]): void => {
    for (const element of elements) {
      if ('options' in element) for (const option of Object.values(element.options)) walk(option.value)
      if ('value' in element && typeof element.value === 'string' && element.type !== 0) names.add(element.value)
    }
  }
  walk(new IntlMessageFormat(message, 'ru').getAst())
  return [...names].sort()
}

/** Categories that a plural message spells out. */
function pluralCategories(message: string): string[][] {
  return new IntlMessageFormat(message, 'ru')
    .getAst()
    .flatMap((element) =>
      'options' in element ? [Object.keys(element.options).filter((name) => !name.startsWith('='))] : [],
    )
}

describe('the catalogues', () => {
  test('have the same keys', () => {
    for (const language of languages)
      expect(Object.keys(catalogues[language]).sort(), language).toEqual([...keys].sort())
  })

  test('need the same values for each message', () => {
    for (const key of keys) {
      for (const language of languages) {
        expect(placeholders(catalogues[language][key]), `${language} ${key}`).toEqual(placeholders(ru[key]))
      }
    }
  })

  test('spell out every plural category of their language', () => {
    for (const language of languages) {
      const { pluralCategories: needed } = new Intl.PluralRules(locales[language]).resolvedOptions()
      for (const key of keys) {
        for (const categories of pluralCategories(catalogues[language][key])) {
          expect(categories.sort(), `${language} ${key}`).toEqual([...needed].sort())
        }
      }
    }
  })

  test('leave nothing untranslated: an English text has no Cyrillic, a Kazakh one is not the Russian one', () => {
    const cyrillic = keys.filter((key) => /\p{Script=Cyrillic}/u.test(catalogues.en[key]))
    expect(cyrillic).toEqual([])
    const sameAsRussian = keys.filter((key) => catalogues.kk[key] === ru[key])
    expect(sameAsRussian).toEqual([
      'navigation.journal',
      'role.operator',
      'role.supervisor',
      'common.code',
      'status.printer',
      'status.journal',
      'signIn.login',
      'journal.number',
      'journal.title',
      'journal.row.operation',
    ])
  })

  test('name every event and every state of the log', () => {
    for (const event of auditEvents) expect(keys).toContain(`event.${event}`)
    for (const state of requestStates) expect(keys).toContain(`state.${state}`)
  })

  test('hold no key that no page uses', () => {
    const folder = path.resolve(import.meta.dirname, '../../../../src/renderer')
    const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('i18n'))
      // Pages look the words of outcomes up there.
      .concat(path.join('..', 'shared', 'contract', 'event-texts.ts'))
      .map((file) => readFileSync(path.join(folder, file), 'utf8'))
      .join('\n')
    const prefixes = Array.from(source.matchAll(/`([\w.-]+\.)\$\{/g), ([, prefix]) => prefix ?? '')
    const unused = keys.filter(
      (key) => !source.includes(`'${key}'`) && !prefixes.some((prefix) => key.startsWith(prefix)),
    )
    expect(unused).toEqual([])
  })
})

describe('a translator', () => {
  test('chooses the plural form of each language', () => {
    const rows = (language: (typeof languages)[number], count: number) =>
      createTranslator(language)('status.journal.rows', { rows: count }).replace(/\s/g, ' ')
    expect([1, 3, 5, 21, 1204].map((count) => rows('ru', count))).toEqual([
      '1 запись',
      '3 записи',
      '5 записей',
      '21 запись',
      '1 204 записи',
    ])
    expect([1, 1204].map((count) => rows('en', count))).toEqual(['1 row', '1,204 rows'])
    expect([1, 1204].map((count) => rows('kk', count))).toEqual(['1 жазба', '1 204 жазба'])
  })

  test('says on the last day that the key expires today', () => {
    expect(createTranslator('ru')('status.key.daysLeft', { date: '12.05.2027', days: 0 })).toBe(
      'до 12.05.2027, истекает сегодня',
    )
  })

  test('gives a text for every message', () => {
    for (const language of languages) {
      const t = createTranslator(language)
      for (const key of keys) {
        const values = Object.fromEntries(placeholders(ru[key]).map((name) => [name, 7]))
        expect(t(key, values), `${language} ${key}`).toMatch(/\S/)
      }
    }
  })
})
