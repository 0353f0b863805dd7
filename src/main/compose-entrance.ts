import os from 'node:os'
import type { AuditEntry } from '../shared/domain/audit-event.ts'
import { trainingVaultPassphrase, trainingWorkstation } from '../shared/domain/training.ts'
import { fail, type Result, succeed } from '../shared/result.ts'
import { createTrainingAccounts } from './adapters/accounts/create-training-accounts.ts'
import { openAuditLog } from './adapters/audit-sqlite/open-audit-log.ts'
import type { SqliteAuditLog } from './adapters/audit-sqlite/sqlite-audit-log.ts'
import { createSystemClock } from './adapters/clock/create-system-clock.ts'
import { openPassphraseVault } from './adapters/vault/open-passphrase-vault.ts'
import type { Accounts } from './ports/accounts.ts'
import type { AuditLog } from './ports/audit-log.ts'
import type { SecretVault } from './ports/secret-vault.ts'
import type { TreeHeads } from './ports/tree-heads.ts'
import { auditFile, vaultFile } from './settings/data-folder.ts'
import { type BeginShift, createBeginShift } from './use-cases/keep-shift.ts'
import { createSignIn, type SignIn } from './use-cases/sign-in.ts'

/** What stands between a person and his work: the log and the accounts, without anything that the work itself needs. */
export interface Entrance {
  /** The log, whose every row is told to the follower. */
  readonly audit: AuditLog
  readonly signIn: SignIn
  readonly beginShift: BeginShift
  /** Hears of every row from here on. */
  follow(onRow: (seq: number, entry: AuditEntry) => void): void
}

/**
 * Begins this start in the log and opens the door.
 * Failure: `audit.write-failed`, and then nothing may happen.
 */
export function composeEntrance(options: {
  readonly audit: AuditLog
  readonly heads: TreeHeads
  readonly vault: SecretVault
  readonly accounts: Accounts
  readonly front: 'window' | 'console'
}): Result<Entrance> {
  let follower = (_seq: number, _entry: AuditEntry): void => undefined
  const audit: AuditLog = {
    ...options.audit,
    append(entry) {
      const written = options.audit.append(entry)
      if (written.ok) follower(written.value, entry)
      return written
    },
  }
  const epoch = options.heads.beginEpoch()
  if (!epoch.ok) return epoch
  const started = audit.append({
    event: 'app.started',
    actor: 'system',
    role: 'system',
    details: { front: options.front },
  })
  if (!started.ok) return fail(started.failure)
  return succeed({
    audit,
    signIn: createSignIn({
      accounts: options.accounts,
      audit,
      tagOf: (login) =>
        options.vault.mac(Buffer.from(login.normalize('NFC').toLowerCase()), 'sign-in').toString('hex', 0, 16),
      uptimeSeconds: os.uptime,
    }),
    beginShift: createBeginShift({ audit }),
    follow(onRow) {
      follower = onRow
    },
  })
}

/** The open door of a training folder, with what the workstation behind it takes over. */
export interface TrainingEntrance extends Entrance {
  readonly vault: SecretVault
  readonly log: SqliteAuditLog
}

/**
 * Opens the log of a training folder and its accounts, and loads nothing else: a sign-in needs neither the stand nor a
 * key. Failures: `vault.*`, `audit.*`.
 */
export async function openTrainingEntrance(options: {
  readonly dataDir: string
  readonly nativeBinding?: string
}): Promise<Result<TrainingEntrance>> {
  const { dataDir, nativeBinding } = options
  const vault = await openTrainingVault(dataDir)
  if (!vault.ok) return vault
  const log = openAuditLog({
    file: auditFile(dataDir),
    workstation: trainingWorkstation,
    vault: vault.value,
    clock: createSystemClock(),
    ...(nativeBinding === undefined ? {} : { nativeBinding }),
  })
  const entrance = log.ok
    ? composeEntrance({
        audit: log.value,
        heads: log.value.heads,
        vault: vault.value,
        accounts: createTrainingAccounts(),
        front: 'window',
      })
    : log
  if (log.ok && entrance.ok) return succeed({ ...entrance.value, vault: vault.value, log: log.value })
  if (log.ok) await log.value.close()
  vault.value.close()
  return entrance as Result<never>
}

/** The vault of a training folder; its passphrase is public. */
export function openTrainingVault(dataDir: string): Promise<Result<SecretVault>> {
  return openPassphraseVault({ file: vaultFile(dataDir), passphrase: Buffer.from(trainingVaultPassphrase) })
}
