import type { TrainingPerson, TrainingSwitch } from '../../shared/domain/training.ts'

/** What a learner can look up and switch at the training stand. Real mode has none. */
export interface TrainingStand {
  people(): Promise<readonly TrainingPerson[]>
  currentSwitch(): Promise<TrainingSwitch | null>
  /** null: everything works. One thing goes wrong at a time. */
  setSwitch(position: TrainingSwitch | null): Promise<void>
}
