import { expect, test } from 'vitest'
import { choosePeople } from '../../../../src/renderer/training/choose-people.ts'
import type { TrainingPerson } from '../../../../src/shared/domain/training.ts'

test('a few people alike are offered, and one for each refusal', () => {
  const person = (iin: number, rest: Partial<TrainingPerson>): TrainingPerson => ({
    iin: String(iin),
    name: 'Ким',
    outcome: 'issued',
    ...rest,
  })
  const people = [
    ...Array.from({ length: 20 }, (_, index) => person(index, {})),
    person(100, { outcome: 'refused', message: 'умер' }),
    person(101, { outcome: 'refused', message: 'учёт' }),
    person(102, { outcome: 'refused', message: 'умер' }),
  ]
  expect(choosePeople(people, 'issued').map(({ iin }) => iin)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
  expect(choosePeople(people, 'registered')).toEqual([])
  expect(choosePeople(people, 'refused').map(({ iin }) => iin)).toEqual(['100', '101'])
})
