import path from 'node:path'
import { readCertificates } from '../../src/main/adapters/cms/read-certificates.ts'
import { createTrainingPrinter } from '../../src/main/adapters/printing/create-training-printer.ts'
import { composePorts, composeWorkstation, type Workstation, type WorkstationPorts } from '../../src/main/compose.ts'
import {
  openTrainingVault,
  startTrainingStand,
  type TrainingProfile,
  trainingSettings,
} from '../../src/main/compose-training.ts'
import { resolveSettings } from '../../src/main/settings/load-settings.ts'
import { trainingKeyPin } from '../../src/shared/domain/training.ts'
import type { Result } from '../../src/shared/result.ts'
import { type Step, timePorts } from './time-ports.ts'

export interface BenchWorkstation {
  readonly workstation: Workstation
  /** The ports themselves, untimed. */
  readonly ports: WorkstationPorts
  close(): Promise<void>
}

/** What `composeTraining` puts together, with a stopwatch between the ports and the use cases. */
export async function openBenchWorkstation(options: {
  readonly dataDir: string
  readonly onStep: (step: Step, ms: number) => void
  /** A training workstation's own unless told otherwise. */
  readonly profile?: TrainingProfile
}): Promise<BenchWorkstation> {
  const { dataDir } = options
  const stand = await startTrainingStand({ dataDir, port: 0 })
  const settings = need(
    await resolveSettings({ document: trainingSettings(stand, options.profile), folder: '.', readCertificates }),
  )
  const ports = need(
    await composePorts({
      settings,
      dataDir,
      resourcesDir: path.resolve(import.meta.dirname, '..', '..', 'resources'),
      printer: createTrainingPrinter({ folder: path.join(dataDir, 'printed') }),
      vault: openTrainingVault(dataDir),
    }),
  )
  const workstation = need(
    composeWorkstation({
      ports: timePorts(ports, options.onStep),
      settings,
      dataDir,
      front: 'console',
      onStatus: () => undefined,
      onEnvelopeExpired: () => undefined,
    }),
  )
  need(await workstation.unlock(Buffer.from(trainingKeyPin)))
  return {
    workstation,
    ports,
    async close() {
      await workstation.close()
      await stand.close()
    },
  }
}

/** A measured action must succeed: the time of a refusal would say nothing. */
export function need<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(`${result.failure.code} ${result.failure.detail ?? ''}`)
}
