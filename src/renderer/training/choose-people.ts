import type { TrainingPerson } from '../../shared/domain/training.ts'

/** As many alike as one can choose from without scrolling for long. */
const ALIKE = 8

/** A few people of an outcome; of the refused, one for each text of the portal, so that all can be met. */
export function choosePeople(
  people: readonly TrainingPerson[],
  outcome: TrainingPerson['outcome'],
): readonly TrainingPerson[] {
  const fitting = people.filter((person) => person.outcome === outcome)
  if (outcome !== 'refused') return fitting.slice(0, ALIKE)
  return fitting.filter(
    (person, position) => fitting.findIndex(({ message }) => message === person.message) === position,
  )
}
