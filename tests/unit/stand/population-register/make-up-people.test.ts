import { describe, expect, test } from 'vitest'
import { parseIin } from '../../../../src/shared/domain/iin.ts'
import { exclusionSignCodes, legalCapacityCodes } from '../../../../src/shared/domain/reference-data.ts'
import { makeUpPeople } from '../../../../src/stand/population-register/make-up-people.ts'

const people = makeUpPeople()
const facts = people.map((person) => {
  const parsed = parseIin(person.iin, new Date('2026-01-01T00:00:00Z'))
  if (!parsed.ok) throw new Error(`${person.iin}: ${parsed.failure.code}`)
  return { ...parsed.value, name: person.name }
})

describe('the made-up people', () => {
  test('are the same at every start', () => {
    expect(makeUpPeople()).toEqual(people)
  })

  test('are one of each combination of the directories, 400, and 100 ordinary citizens after them', () => {
    const combination = (person: (typeof people)[number]): string =>
      [
        person.lifeStatus,
        person.exclusionSign,
        person.legalCapacity,
        person.prosecutorRecord,
        person.registeredBefore,
      ].join()
    const first = people.slice(0, 400).map(combination)
    expect(2 * (exclusionSignCodes.length + 1) * legalCapacityCodes.length * 2 * 2).toBe(400)
    expect(new Set(first).size).toBe(400)
    expect(people.slice(400).map(combination)).toEqual(Array(100).fill('0,,1,false,false'))
  })

  test('have distinct ИИН with right check digits and no warnings, some with leading zeros', () => {
    expect(new Set(people.map((person) => person.iin)).size).toBe(people.length)
    expect(facts.flatMap(({ warnings }) => warnings)).toEqual([])
    expect(people.filter((person) => person.iin.startsWith('0')).length).toBeGreaterThan(20)
    expect(people.some((person) => person.iin.startsWith('00'))).toBe(true)
  })

  test('were born from 1935 to 2007', () => {
    const years = facts.map(({ birthDate }) => Number(birthDate?.slice(0, 4)))
    expect(Math.min(...years)).toBeGreaterThanOrEqual(1935)
    expect(Math.max(...years)).toBeLessThanOrEqual(2007)
    expect(new Set(years).size).toBeGreaterThan(60)
  })

  test('have names whose forms match the sex in the ИИН', () => {
    for (const { name, sex } of facts) {
      const [family = '', given, patronymic = ''] = name.split(' ')
      expect(given).toMatch(/^[А-ЯЁӘҒҚҢӨҰҮІ]/)
      expect({ name, sex: family.endsWith('а') ? 'female' : 'male' }).toEqual({ name, sex })
      expect({ name, sex: /(қызы|на)$/.test(patronymic) ? 'female' : 'male' }).toEqual({ name, sex })
    }
    expect(facts.some(({ name }) => name.endsWith('қызы'))).toBe(true)
    expect(facts.some(({ name }) => name.endsWith('ович'))).toBe(true)
  })
})
