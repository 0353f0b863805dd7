import path from 'node:path'
import { createTrainingAccounts } from '../../src/main/adapters/accounts/create-training-accounts.ts'
import { readCertificates } from '../../src/main/adapters/cms/read-certificates.ts'
import { createTrainingPrinter } from '../../src/main/adapters/printing/create-training-printer.ts'
import { composePorts, composeWorkstation, type Workstation, type WorkstationPorts } from '../../src/main/compose.ts'
import { openTrainingVault, type TrainingProfile, trainingSettings } from '../../src/main/compose-training.ts'
import { resolveSettings, type SettingsDocument } from '../../src/main/settings/load-settings.ts'
import type { User } from '../../src/shared/domain/session.ts'
import { trainingKeyPin } from '../../src/shared/domain/training.ts'
import type { Stand } from '../../src/stand/start-stand.ts'

export const operator: User = { login: 'operator', name: 'Айгүл Сәрсенова', role: 'operator' }

export interface TestWorkstation {
  readonly workstation: Workstation
  readonly ports: WorkstationPorts
}

/**
 * The product's own composition against a stand that the test controls.
 * @param options.profile a training workstation's own unless told otherwise.
 * @param options.change changes the settings document before it is read.
 * @param options.wrap puts something between the use cases and the ports, e.g. a process's sudden end.
 */
export async function openTrainingWorkstation(options: {
  readonly stand: Stand
  readonly dataDir: string
  readonly change?: (document: SettingsDocument) => SettingsDocument
  readonly profile?: TrainingProfile
  readonly wrap?: (ports: WorkstationPorts) => WorkstationPorts
}): Promise<TestWorkstation> {
  const document = (options.change ?? ((same) => same))(trainingSettings(options.stand, options.profile))
  const settings = await resolveSettings({ document, folder: '.', readCertificates })
  if (!settings.ok) throw new Error(settings.failure.detail)
  const opened = await composePorts({
    settings: settings.value,
    dataDir: options.dataDir,
    resourcesDir: path.resolve(import.meta.dirname, '..', '..', 'resources'),
    vault: openTrainingVault(options.dataDir),
    printer: createTrainingPrinter({ folder: path.join(options.dataDir, 'printed') }),
  })
  if (!opened.ok) throw new Error(opened.failure.code)
  const ports = (options.wrap ?? ((same) => same))(opened.value)
  const composed = composeWorkstation({
    ports,
    settings: settings.value,
    dataDir: options.dataDir,
    accounts: createTrainingAccounts(),
    front: 'console',
    onStatus: () => undefined,
    onEnvelopeExpired: () => undefined,
  })
  if (!composed.ok) throw new Error(composed.failure.code)
  const unlocked = await composed.value.unlock(Buffer.from(trainingKeyPin))
  if (!unlocked.ok) throw new Error(unlocked.failure.code)
  return { workstation: composed.value, ports }
}

/** What a test asks of the service when nothing special is wanted. */
export function issueInput(iin: string, reissueReason?: string) {
  return {
    iin,
    confirmWarnings: false,
    operator,
    onStep: () => undefined,
    ...(reissueReason === undefined ? {} : { reissueReason }),
  }
}
