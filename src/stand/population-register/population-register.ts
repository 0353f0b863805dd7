import { makeUpPeople } from './make-up-people.ts'
import type { Person } from './person.ts'

export interface PopulationRegister {
  readonly people: readonly Person[]
  find(iin: string): Person | undefined
}

export function createPopulationRegister(): PopulationRegister {
  const people = makeUpPeople()
  const byIin = new Map(people.map((person) => [person.iin, person]))
  return { people, find: (iin) => byIin.get(iin) }
}
