import { describe, expect, test } from 'vitest'
import { settingsTexts } from '../../../../src/renderer/pages/settings/settings-texts.ts'
import { languages } from '../../../../src/shared/domain/language.ts'
import {
  settingField,
  settingGroups,
  settingLocks,
  settingPaths,
  settingProblems,
} from '../../../../src/shared/domain/settings-fields.ts'

/** Every text of a language by its place. */
function flat(tree: unknown, above = ''): readonly (readonly [string, string])[] {
  if (typeof tree === 'string') return [[above, tree]]
  return Object.entries(tree as object).flatMap(([name, value]) => flat(value, `${above}/${name}`))
}
const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted()

describe('the words of the settings page', () => {
  test.each(languages)('in %s name every setting, group, problem and lock', (language) => {
    const { fields, groups, problems, locks } = settingsTexts[language]
    expect(Object.keys(fields).toSorted()).toEqual([...settingPaths].toSorted())
    expect(Object.keys(groups).toSorted()).toEqual([...settingGroups].toSorted())
    expect(Object.keys(problems).toSorted()).toEqual([...settingProblems].toSorted())
    expect(Object.keys(locks).toSorted()).toEqual([...settingLocks].toSorted())
  })

  test.each(languages)('in %s say every choice but the characters of a scanner', (language) => {
    const expected = settingPaths.flatMap((path) => {
      const field = settingField(path)
      return field.kind === 'choice' && path !== 'scanner.prefix'
        ? field.choices.map((choice) => `${path}.${choice}`)
        : []
    })
    expect(Object.keys(settingsTexts[language].choices).toSorted()).toEqual(expected.toSorted())
  })

  test('are the same in every language, with the same values to fill in', () => {
    const russian = flat(settingsTexts.ru)
    for (const language of languages) {
      const texts = new Map(flat(settingsTexts[language]))
      expect([...texts.keys()].toSorted(), language).toEqual(russian.map(([place]) => place).toSorted())
      for (const [place, text] of russian) {
        expect(placeholders(texts.get(place) ?? ''), `${language} ${place}`).toEqual(placeholders(text))
        expect(texts.get(place), `${language} ${place}`).toMatch(/\S/)
      }
    }
  })

  test('are translated: no Cyrillic in English, and Kazakh is not Russian', () => {
    expect(flat(settingsTexts.en).filter(([, text]) => /\p{Script=Cyrillic}/u.test(text))).toEqual([])
    const russian = new Map(flat(settingsTexts.ru))
    const same = flat(settingsTexts.kk).filter(
      ([place, text]) => russian.get(place) === text && /\p{Script=Cyrillic}/u.test(text),
    )
    expect(same).toEqual([])
  })
})
