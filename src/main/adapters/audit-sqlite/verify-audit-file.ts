import type { Database } from 'better-sqlite3'
import type { Finding } from '../../../shared/domain/audit-finding.ts'
import { isOnlySuspicious } from '../../../shared/domain/audit-finding.ts'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { ChainVerdict } from '../../ports/audit-log.ts'
import { readStoredHeads } from './heads/stored-heads.ts'
import { hexOf } from './hex.ts'
import { readLogId } from './log-id.ts'
import { readLogVersion } from './log-version.ts'
import { migrations } from './migrations/index.ts'
import { withReadOnlyDatabase } from './read-only-database.ts'
import { firstPrevHash } from './row-hash.ts'
import { schemaDifference } from './schema-difference.ts'
import { sqliteFailure } from './sqlite-failure.ts'
import { createHeadSignatureJudge, type HeadTrust } from './verify/judge-head-signature.ts'
import { createChunkRunner } from './verify/run-chunks.ts'
import { verifyDayCounts } from './verify/verify-day-counts.ts'
import { type HeadsReport, type OutsideHead, verifyHeads } from './verify/verify-heads.ts'
import { nothingVerified, type VerifiedRows, verifyRows } from './verify/verify-rows.ts'

export interface VerifyAuditFileOptions {
  readonly file: string
  /** Heads that were kept elsewhere. */
  readonly outside?: readonly OutsideHead[]
  /** Whom to believe when heads are signed; without it signatures are checked, and signers are only named. */
  readonly trust?: HeadTrust
  /** Goes on from an earlier verdict on the same log; rows before are not read again. */
  readonly since?: VerifiedRows
  readonly nativeBinding?: string
  readonly onProgress?: (rows: number) => void
  /** Ends the walk soon; the answer is `audit.cancelled`. */
  readonly signal?: AbortSignal
}

/** A verdict with what a later verification can go on from, where the log holds. */
export interface AuditFileVerdict {
  readonly verdict: ChainVerdict
  readonly heads?: HeadsReport
  readonly verified?: VerifiedRows
}

/** A log before the second migration has no heads and no tree. */
const VERSION_WITH_TREE = 2

/**
 * Judges a log's file without the application, the vault or any key; nothing is written. Everything is read from
 * one snapshot, so rows that another process appends meanwhile do not disturb. What is found is listed in
 * audit-finding.ts; docs/audit-log.md says what each proves.
 *
 * A changed table is reported before its rows, which then mean nothing; a changed index or trigger after them, since
 * the row that was touched once the trigger was gone says more.
 * @returns failures `audit.unavailable` (cannot be read), `audit.broken` (not an audit log), `audit.newer-version`, `audit.cancelled`.
 */
export async function verifyAuditFile(options: VerifyAuditFileOptions): Promise<Result<AuditFileVerdict>> {
  try {
    return await withReadOnlyDatabase(options, async (db) => {
      db.exec('BEGIN')
      const version = readLogVersion(db, migrations.length)
      if (!version.ok) return version
      if (version.value === 0) return fail({ code: 'audit.broken', detail: 'not an audit log' })
      const applied = migrations.slice(0, version.value)
      const difference = schemaDifference({ ...options, db, migrations: applied })
      const changed = difference && schemaFinding(difference)
      if (changed !== undefined && difference?.type === 'table') return succeed({ verdict: broken(0, [changed]) })
      if (version.value < VERSION_WITH_TREE)
        return fail({ code: 'audit.unavailable', detail: `version ${version.value}: open it once in the application` })
      const logId = readLogId(db)
      if (logId === undefined) return succeed({ verdict: broken(0, [{ seq: 0, finding: 'identity-missing' }]) })
      return succeed(await judge(db, logId, changed, options))
    })
  } catch (error) {
    return fail(options.signal?.aborted === true ? { code: 'audit.cancelled' } : sqliteFailure(error))
  }
}

async function judge(
  db: Database,
  logId: Uint8Array,
  changed: Finding | undefined,
  options: VerifyAuditFileOptions,
): Promise<AuditFileVerdict> {
  const genesis = nothingVerified(firstPrevHash(logId))
  const start = stillThere(db, options.since) ?? genesis
  const ends = readEnds(db)
  if ('finding' in ends) return { verdict: broken(0, [ends]) }
  if (ends.lowest < 1) return { verdict: broken(0, [{ seq: ends.lowest, finding: 'row-inserted' }]) }
  const rows = ends.highest
  // What was verified before is not walked again, and heads of it were judged then.
  const stored = readStoredHeads(db, logId, { after: start.seq })
  const outside = options.outside ?? []
  const runner = createChunkRunner({ ...options, db, rows: rows - start.seq })
  try {
    const sizes = [...stored, ...outside].map(({ head }) => head.size)
    const walked = await verifyRows({
      ...options,
      ...runner,
      db,
      start,
      upTo: rows,
      sizes: [...new Set(sizes)].sort((one, other) => one - other),
    })
    const { verified } = walked
    const heads = verifyHeads({
      ...walked,
      db,
      outside,
      rows,
      logId: hexOf(logId),
      stored,
      after: start.seq,
      soundRows: walked.broken === undefined ? rows : verified.seq,
      signedSizes: verified.signedSizes.filter((size) => size > start.seq),
      suspicions: verified.suspicions,
      judge: createHeadSignatureJudge(options.trust),
    })
    // Where rows are gone or others the counts differ of course.
    const counts =
      walked.broken === undefined && heads.findings.length === 0
        ? await verifyDayCounts({ ...options, db, from: start.at?.slice(0, 10) ?? '' })
        : undefined
    const findings = [
      ...(walked.broken === undefined ? [] : [walked.broken]),
      ...heads.findings,
      ...(walked.broken === undefined && !isOpenRequestTable(db, verified.openRequests)
        ? [{ seq: 0, finding: 'open-requests-differ' } as const]
        : []),
      ...(counts === undefined ? [] : [counts]),
      ...(changed === undefined ? [] : [changed]),
      ...verified.suspicions,
    ]
    if (findings.some((finding) => !isOnlySuspicious(finding)))
      return { verdict: broken(verified.seq, findings), heads: heads.report }
    const head = { seq: verified.seq, hash: hexOf(verified.hash) }
    return { verdict: { state: 'intact', rows: verified.seq, head, findings }, heads: heads.report, verified }
  } finally {
    await runner.close()
  }
}

/** An earlier verdict counts where its last row is still the one that it was. */
function stillThere(db: Database, since: VerifiedRows | undefined): VerifiedRows | undefined {
  if (since === undefined || since.seq === 0) return undefined
  const hash = db.prepare<[number], Buffer>('SELECT hash FROM audit_row WHERE seq = ?').pluck().get(since.seq)
  return hash !== undefined && Buffer.compare(hash, since.hash) === 0 ? since : undefined
}

function readEnds(db: Database): { readonly lowest: number; readonly highest: number } | Finding {
  try {
    const [lowest, highest] = db
      .prepare<[], [number | null, number | null]>('SELECT min(seq), max(seq) FROM audit_row')
      .raw()
      .get() ?? [null, null]
    return { lowest: lowest ?? 1, highest: highest ?? 0 }
  } catch (error) {
    return { seq: 1, finding: 'unreadable', detail: sqliteFailure(error).detail ?? '' }
  }
}

function isOpenRequestTable(db: Database, expected: ReadonlyMap<string, string>): boolean {
  const stored = db
    .prepare<[], [string, string]>(`SELECT request_id, state || ' ' || last_seq FROM audit_open_request`)
    .raw()
    .all()
  return stored.length === expected.size && stored.every(([requestId, state]) => expected.get(requestId) === state)
}

function schemaFinding({ type, name }: { readonly type: string; readonly name: string }): Finding {
  return { seq: 0, finding: 'schema-changed', detail: `${type} ${name}` }
}

function broken(rows: number, findings: readonly Finding[]): ChainVerdict {
  const [firstBroken = { seq: 0, finding: 'unreadable' as const }] = findings
  return { state: 'broken', rows, firstBroken, findings }
}
