import os from 'node:os'
import path from 'node:path'
import type { FailureCode } from '../../shared/contract/failure.ts'
import type { AuditFilter } from '../../shared/domain/audit-review.ts'
import type { User } from '../../shared/domain/session.ts'
import { trainingAccounts, trainingVaultPassphrase, trainingWorkstation } from '../../shared/domain/training.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import { createPasswordHasher } from '../adapters/accounts/create-password-hasher.ts'
import { createTrainingAccounts } from '../adapters/accounts/create-training-accounts.ts'
import { openAccountBook } from '../adapters/accounts/open-account-book.ts'
import { openAuditLog } from '../adapters/audit-sqlite/open-audit-log.ts'
import { createSqliteAuditReview } from '../adapters/audit-sqlite/review/create-sqlite-audit-review.ts'
import { createSystemClock } from '../adapters/clock/create-system-clock.ts'
import { readCertificates } from '../adapters/cms/read-certificates.ts'
import { openPassphraseVault } from '../adapters/vault/open-passphrase-vault.ts'
import type { Accounts } from '../ports/accounts.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { SecretVault } from '../ports/secret-vault.ts'
import { accountsFile, vaultFile } from '../settings/data-folder.ts'
import { loadSettings } from '../settings/load-settings.ts'
import { checkAccountBook } from '../use-cases/manage-accounts.ts'
import { createReviewAudit, type ReviewAudit } from '../use-cases/review-audit.ts'
import { createSignIn, type SignIn } from '../use-cases/sign-in.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { readSecret } from './open-workstation.ts'
import { readPassword } from './read-password.ts'

/** Options of the commands that look for rows. */
export interface ReviewOptions {
  readonly db: string
  readonly json?: boolean
  /** The administrator's file; without it the log is one of training. */
  readonly settings?: string
  readonly login?: string
  readonly passwordFile?: string
  readonly vaultPassphraseFile?: string
  readonly from?: string
  readonly to?: string
  readonly actor?: string
  readonly event?: string
  readonly outcome?: string
  readonly workstation?: string
  readonly request?: string
  readonly iin?: string
  readonly text?: string
}

export interface ConsoleReview {
  readonly review: ReviewAudit
  readonly reviewer: User
  close(): Promise<void>
}

/** Who asks, where, and what opens the vault. */
interface Place {
  readonly mode: 'training' | 'real'
  readonly workstation: string
  readonly passphrase: Buffer
  readonly login: string
  readonly password: Buffer
}

/**
 * Opens a log with the vault beside it for a supervisor, who signs in as he does at the window: with the same accounts, the
 * same rows of the log and the same waiting after wrong passwords.
 * @returns failures: `settings.invalid`, `vault.*`, `audit.*`, `session.*`.
 */
export async function openReview(options: ReviewOptions): Promise<Result<ConsoleReview>> {
  const file = path.resolve(options.db)
  const place = await readPlace(options)
  if (!place.ok) return place
  const { workstation, passphrase, login, password } = place.value
  const vault = await openPassphraseVault({ file: vaultFile(path.dirname(file)), passphrase })
  if (!vault.ok) {
    password.fill(0)
    return vault
  }
  const audit = openAuditLog({ file, workstation, vault: vault.value, clock: createSystemClock() })
  if (!audit.ok) {
    password.fill(0)
    vault.value.close()
    return audit
  }
  const close = async (): Promise<void> => {
    vault.value.close()
    await audit.value.close()
  }
  const entered = await enter({ ...place.value, folder: path.dirname(file), vault: vault.value, audit: audit.value })
  password.fill(0)
  if (!entered.ok) {
    await close()
    return entered
  }
  const { reviewer, signIn } = entered.value
  const rows = createSqliteAuditReview({ file, vault: vault.value })
  return succeed({
    review: createReviewAudit({
      audit: audit.value,
      review: rows,
      // The report of a shift is the window's.
      reportShift: async () => fail({ code: 'audit.unavailable', detail: 'console' }),
    }),
    reviewer,
    async close() {
      signIn.signOut(reviewer)
      await rows.close()
      await close()
    },
  })

  async function enter(
    at: Place & { readonly folder: string; readonly vault: SecretVault; readonly audit: AuditLog },
  ): Promise<Result<{ readonly reviewer: User; readonly signIn: SignIn }>> {
    const accounts = at.mode === 'training' ? succeed(createTrainingAccounts()) : await openAccounts(at)
    if (!accounts.ok) return accounts
    const signIn = createSignIn({
      accounts: accounts.value,
      audit: at.audit,
      tagOf: (typed) =>
        at.vault.mac(Buffer.from(typed.normalize('NFC').toLowerCase()), 'sign-in').toString('hex', 0, 16),
      uptimeSeconds: os.uptime,
    })
    const user = await signIn.signIn({ login, password: at.password })
    if (!user.ok) return user
    if (user.value.role === 'supervisor') return succeed({ reviewer: user.value, signIn })
    const { login: actor, role } = user.value
    const refused = at.audit.append({
      event: 'access.refused',
      actor,
      role,
      outcome: 'session.forbidden',
      details: { channel: 'console' },
    })
    signIn.signOut(user.value)
    return refused.ok ? fail({ code: 'session.forbidden' }) : refused
  }
}

async function openAccounts(at: {
  readonly folder: string
  readonly vault: SecretVault
  readonly audit: AuditLog
}): Promise<Result<Accounts>> {
  const book = await openAccountBook({
    file: accountsFile(at.folder),
    vault: at.vault,
    hasher: createPasswordHasher(),
  })
  if (!book.ok) return book
  const accepted = checkAccountBook({ book: book.value, audit: at.audit })
  return accepted.ok ? book : accepted
}

/** Training's words open nothing of a real log: its vault has another passphrase. */
async function readPlace(options: ReviewOptions): Promise<Result<Place>> {
  const settings =
    options.settings === undefined ? undefined : await loadSettings({ file: options.settings, readCertificates })
  if (settings?.ok === false) return settings
  const mode = settings?.value.mode ?? 'training'
  const workstation = settings?.value.workstation ?? trainingWorkstation
  const supervisor = trainingAccounts.find(({ role }) => role === 'supervisor')
  if (mode === 'real' && options.vaultPassphraseFile === undefined)
    return fail({ code: 'vault.wrong-passphrase', detail: '--vault-passphrase-file' })
  if (mode === 'training' && options.vaultPassphraseFile !== undefined)
    return fail({ code: 'settings.invalid', detail: '--vault-passphrase-file without --settings of a real workplace' })
  const passphrase =
    options.vaultPassphraseFile === undefined
      ? Buffer.from(trainingVaultPassphrase)
      : await readSecret(options.vaultPassphraseFile)
  if (passphrase === undefined) return fail({ code: 'settings.invalid', detail: '--vault-passphrase-file' })
  const known = mode === 'training' && options.login === undefined ? supervisor : undefined
  const login = options.login ?? known?.login
  const password = known === undefined ? await readPassword(options.passwordFile) : Buffer.from(known.password)
  if (login !== undefined && password !== undefined) return succeed({ mode, workstation, passphrase, login, password })
  passphrase.fill(0)
  password?.fill(0)
  return fail({ code: 'session.invalid-input', detail: login === undefined ? '--login' : '--password-file' })
}

/** @returns undefined for words with an ИИН among them: it would be written down unencrypted. */
export function filterOfOptions(options: ReviewOptions): AuditFilter | undefined {
  const { from, to, actor, event, outcome, workstation, request, iin, text } = options
  if (text !== undefined && /\d{12}/.test(text)) return undefined
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(actor !== undefined && { actor }),
    ...(event !== undefined && { event }),
    ...(outcome !== undefined && { outcome }),
    ...(workstation !== undefined && { workstation }),
    ...(request !== undefined && { requestId: request }),
    ...(iin !== undefined && { iin }),
    ...(text !== undefined && { text }),
  }
}

/** Exit 2 for bad input, 3 for somebody who may not, 1 for anything else. */
export function reviewExitCode(code: FailureCode): ExitCode {
  if (code === 'session.invalid-input' || code === 'settings.invalid') return exitCode.badInput
  return code.startsWith('session.') ? exitCode.refused : exitCode.otherwise
}
