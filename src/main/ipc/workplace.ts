import type { Result } from '../../shared/result.ts'
import type { Workstation } from '../compose.ts'
import type { Entrance } from '../compose-entrance.ts'
import type { TrainingStand } from '../ports/training-stand.ts'
import type { ManageAccounts } from '../use-cases/manage-accounts.ts'
import type { ManageSettings } from '../use-cases/manage-settings.ts'
import type { SaveDiagnostics } from '../use-cases/save-diagnostics.ts'
import type { TrySettings } from '../use-cases/try-settings.ts'
import type { UpdateWorkstation } from '../use-cases/update-workstation.ts'

export interface WorkplaceServices {
  readonly workstation: Workstation
  readonly settings: ManageSettings
  readonly trySettings: TrySettings
  readonly saveDiagnostics: SaveDiagnostics
  /** Absent in training, where the accounts are fixed and public. */
  readonly accounts?: ManageAccounts
  /** Absent in real mode. */
  readonly training?: TrainingStand
  /** Absent where the settings name no source of updates. */
  readonly updates?: Pick<UpdateWorkstation, 'check'>
}

/** What is behind the channels. The window opens before it, and in real mode a person must open it first. */
export interface Workplace {
  readonly mode: 'training' | 'real'
  /** What must happen before anybody can sign in. */
  needs(): 'nothing' | 'vault-passphrase' | 'first-administrator'
  /** Whether a person's token can be asked. */
  hasPersonalToken(): boolean
  /** Where people sign in; it opens before the rest. Failures as of `services`. */
  entrance(): Promise<Result<Pick<Entrance, 'signIn' | 'beginShift'>>>
  /** Waits for a start under way. Failure `vault.closed` while a passphrase is needed, else what the start failed with. */
  services(): Promise<Result<WorkplaceServices>>
  /** Resolves when the workplace is open, and never where it cannot be opened. */
  whenOpen(): Promise<WorkplaceServices>
  /** Wipes the passphrase. Failures: `vault.*`, `settings.invalid`, `audit.*`, `session.accounts-*`. */
  openVault(passphrase: Buffer): Promise<Result<undefined>>
  close(): Promise<void>
}
