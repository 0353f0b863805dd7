import path from 'node:path'
import {
  type StandFault,
  type TrainingSwitch,
  trainingSwitches,
  trainingSwitchNames,
} from '../shared/domain/training.ts'
import { fail, type Result, succeed } from '../shared/result.ts'
import type { Stand } from '../stand/start-stand.ts'
import { startThread, threadEntry } from './adapters/thread/start-thread.ts'
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
      const { listPeople } = await import('../stand/list-people.ts')
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
      const { readStandFault } = await import('../stand/faults/fault-file.ts')
      const fault = await readStandFault({ dataDir })
      return trainingSwitchNames.find((name) => fault !== undefined && faultOf(name) === fault) ?? null
    },
    async setSwitch(position) {
      const { writeStandFault } = await import('../stand/faults/fault-file.ts')
      await writeStandFault({ dataDir, fault: position === null ? undefined : faultOf(position) })
      paperIsOut = position === 'no-paper'
    },
  }
}

/** Starts the stand of a data folder in this thread; where the port is taken, on any other. */
export async function startTrainingStand(options: { dataDir: string; port: number }): Promise<Stand> {
  // Loaded here alone: real mode never has the stand in memory.
  const { startStand } = await import('../stand/start-stand.ts')
  const dataDir = standDir(options.dataDir)
  try {
    return await startStand({ dataDir, port: options.port })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    return startStand({ dataDir, port: 0 })
  }
}

export function standDir(dataDir: string): string {
  return path.join(dataDir, 'stand')
}

/** What the stand's thread says once: where everything is, or why it could not start. */
export type StandThreadWord =
  | { readonly stand: Omit<Stand, 'close'> }
  /** The code of a system's error; none for a bug. */
  | { readonly failed: string | undefined }

/**
 * The same in a thread of its own, so that what a portal across the network would do takes no time of the window.
 * Failure: `audit.unavailable` for a folder that cannot be used, which is the operator's to hear of.
 */
export async function startStandInThread(options: { dataDir: string; port: number }): Promise<Result<Stand>> {
  let tell: (word: StandThreadWord) => void = () => undefined
  const told = new Promise<StandThreadWord>((resolve) => {
    tell = resolve
  })
  const thread = startThread<never, StandThreadWord>({
    entry: threadEntry(import.meta.url, 'compose-training-stand-thread'),
    given: options,
    name: 'training-stand',
    onMessage: tell,
    onEnd: () => tell({ failed: undefined }),
  })
  // Whoever waits for the stand, a console without a window among them, has nothing else that keeps the process.
  thread.ref()
  const word = await told
  if ('stand' in word) {
    const close = async (): Promise<void> => void (await thread.end())
    return succeed({ ...word.stand, close })
  }
  await thread.end()
  if (word.failed === undefined) throw new Error('the training stand did not start')
  return fail({ code: 'audit.unavailable', detail: word.failed })
}
