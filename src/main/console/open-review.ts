import os from 'node:os'
import path from 'node:path'
import type { AuditFilter } from '../../shared/domain/audit-review.ts'
import type { User } from '../../shared/domain/session.ts'
import { trainingVaultPassphrase, trainingWorkstation } from '../../shared/domain/training.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import { openAuditLog } from '../adapters/audit-sqlite/open-audit-log.ts'
import { createSqliteAuditReview } from '../adapters/audit-sqlite/review/create-sqlite-audit-review.ts'
import { createSystemClock } from '../adapters/clock/create-system-clock.ts'
import { openPassphraseVault } from '../adapters/vault/open-passphrase-vault.ts'
import { vaultFile } from '../settings/data-folder.ts'
import { createReviewAudit, type ReviewAudit } from '../use-cases/review-audit.ts'
import { readSecret } from './open-workstation.ts'

/** Options of the commands that look for rows. */
export interface ReviewOptions {
  readonly db: string
  readonly json?: boolean
  readonly operator?: string
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

/**
 * Opens a log with the vault beside it. Searches and exports are written into it, as those of the window are: by the
 * user of the system, unless `operator` names somebody else.
 */
export async function openReview(options: ReviewOptions): Promise<Result<ConsoleReview>> {
  const file = path.resolve(options.db)
  const passphrase =
    options.vaultPassphraseFile === undefined
      ? Buffer.from(trainingVaultPassphrase)
      : await readSecret(options.vaultPassphraseFile)
  if (passphrase === undefined) return fail({ code: 'settings.invalid', detail: '--vault-passphrase-file' })
  const vault = await openPassphraseVault({ file: vaultFile(path.dirname(file)), passphrase })
  if (!vault.ok) return vault
  const clock = createSystemClock()
  const audit = openAuditLog({ file, workstation: trainingWorkstation, vault: vault.value, clock })
  if (!audit.ok) {
    vault.value.close()
    return audit
  }
  const rows = createSqliteAuditReview({ file, vault: vault.value })
  const login = options.operator ?? os.userInfo().username
  return succeed({
    review: createReviewAudit({
      audit: audit.value,
      review: rows,
      // The report of a shift is the window's.
      reportShift: async () => fail({ code: 'audit.unavailable', detail: 'console' }),
    }),
    reviewer: { login, name: login, role: 'supervisor' },
    async close() {
      const closing = [rows.close(), audit.value.close()]
      vault.value.close()
      await Promise.all(closing)
    },
  })
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
