import type { TrainingMessage, TrainingPerson, TrainingSwitch } from '../../shared/domain/training.ts'

/** What a learner can look up and switch at the training stand. Real mode has none. */
export interface TrainingStand {
  people(): Promise<readonly TrainingPerson[]>
  /** Messages to made-up telephones, newest first. */
  sms(): Promise<readonly TrainingMessage[]>
  currentSwitch(): Promise<TrainingSwitch | null>
  /** null: everything works. One thing goes wrong at a time. */
  setSwitch(position: TrainingSwitch | null): Promise<void>
}
