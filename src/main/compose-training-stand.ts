import {
  type StandFault,
  type TrainingSwitch,
  trainingSwitches,
  trainingSwitchNames,
} from '../shared/domain/training.ts'
import type { TrainingStand } from './ports/training-stand.ts'

const faultOf = (position: TrainingSwitch): StandFault | undefined => {
  const turned = trainingSwitches[position]
  return 'fault' in turned ? turned.fault : undefined
}

/**
 * The learner's hand on the stand of a data folder. The stand remembers its fault, the paper lasts as long as the
 * process: a fault that was set elsewhere, and is none of the switches, shows as none.
 */
export function openTrainingStand(options: { readonly standDir: string }): TrainingStand & {
  isOutOfPaper(): boolean
} {
  const dataDir = options.standDir
  let paperIsOut = false
  return {
    isOutOfPaper: () => paperIsOut,
    async people() {
      const { listPeople } = await import('../stand/start-stand.ts')
      const people = await listPeople({ dataDir })
      return people.map(({ iin, name, expect: { outcome, message } }) => ({
        iin,
        name,
        outcome,
        ...(message === undefined ? {} : { message }),
      }))
    },
    async sms() {
      const { readSms } = await import('../stand/start-stand.ts')
      return readSms({ dataDir })
    },
    async currentSwitch() {
      if (paperIsOut) return 'no-paper'
      const { readStandFault } = await import('../stand/start-stand.ts')
      const fault = await readStandFault({ dataDir })
      return trainingSwitchNames.find((name) => fault !== undefined && faultOf(name) === fault) ?? null
    },
    async setSwitch(position) {
      const { writeStandFault } = await import('../stand/start-stand.ts')
      await writeStandFault({ dataDir, fault: position === null ? undefined : faultOf(position) })
      paperIsOut = position === 'no-paper'
    },
  }
}
