import type { Database } from 'better-sqlite3'
import type { AuditEntry } from '../../../../shared/domain/audit-event.ts'
import type { HeadReason, TreeHead } from '../../../../shared/domain/audit-head.ts'
import { fail, type Result, succeed } from '../../../../shared/result.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { TreeHeads } from '../../../ports/tree-heads.ts'
import { decodeDetails } from '../canonical-details.ts'
import { hexOf } from '../hex.ts'
import type { ChainEnd } from '../row-writer.ts'
import { errorCode } from '../sqlite-failure.ts'
import { createTreeStore, TreeDamaged } from '../tree/tree-store.ts'
import { createHeadSignatureJudge } from '../verify/judge-head-signature.ts'
import { readStoredHeads } from './stored-heads.ts'

/** Where more wait, the older ones are covered by the newer. */
const MOST_UNSIGNED = 50

/**
 * @param options.appendRow adds a row inside a transaction that is open.
 */
export function createTreeHeads(options: {
  readonly db: Database
  readonly logId: Uint8Array
  readonly workstation: string
  readonly clock: Clock
  readonly readEnd: () => ChainEnd
  readonly appendRow: (entry: AuditEntry) => Result<number>
}): TreeHeads {
  const { db, logId, workstation, clock, readEnd, appendRow } = options
  const tree = createTreeStore(db)
  const judge = createHeadSignatureJudge(undefined)
  const selectEpoch = db
    .prepare<[], string | null>("SELECT details FROM audit_row WHERE event = 'audit.epoch' ORDER BY seq DESC LIMIT 1")
    .pluck()
  const selectLastSize = db.prepare<[], number | null>('SELECT max(size) FROM audit_head').pluck()
  const hasNews = db
    .prepare<[number], number>("SELECT EXISTS (SELECT 1 FROM audit_row WHERE seq > ? AND event <> 'audit.head-signed')")
    .pluck()
  const insertHead = db.prepare<[number, Uint8Array, number, string, string, string]>(
    'INSERT INTO audit_head (size, root, epoch, at, workstation, reason) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const insertSignature = db.prepare<[number, string, string]>(
    'INSERT INTO audit_head_signature (size, cms, signed_at) VALUES (?, ?, ?)',
  )

  const epoch = (): number => Number(decodeDetails(selectEpoch.get() ?? '{}')?.['epoch'] ?? 0)
  const lastSize = (): number => selectLastSize.get() ?? 0

  function headNow(): Result<TreeHead> {
    const { seq } = readEnd()
    if (seq === 0) return fail({ code: 'audit.broken', detail: 'no rows' })
    const at = clock.now().toISOString()
    // Rows of another program's time have no epoch; the first start gives them one.
    const numbered = Math.max(1, epoch())
    return succeed({ logId: hexOf(logId), workstation, epoch: numbered, size: seq, root: hexOf(tree.rootOf(seq)), at })
  }

  const begin = db.transaction((): Result<number> => {
    const { seq } = readEnd()
    const next = epoch() + 1
    const details = { epoch: String(next), root: hexOf(tree.rootOf(seq)), size: String(seq) }
    const written = appendRow({ event: 'audit.epoch', actor: 'system', role: 'system', details })
    return written.ok ? succeed(next) : written
  })

  const keep = db.transaction((reason: HeadReason): Result<TreeHead | undefined> => {
    if (hasNews.get(lastSize()) !== 1) return succeed(undefined)
    const head = headNow()
    if (!head.ok) return head
    const { size, root, at } = head.value
    insertHead.run(size, Buffer.from(root, 'hex'), head.value.epoch, at, workstation, reason)
    return head
  })

  const keepSigned = db.transaction((size: number, cms: string, signer: string): Result<number> => {
    insertSignature.run(size, cms, clock.now().toISOString())
    const details = { size: String(size), signer }
    return appendRow({ event: 'audit.head-signed', actor: 'system', role: 'system', details })
  })

  return {
    beginEpoch: () => guarded(() => begin.immediate()),
    current: () => guarded(headNow),
    keep: (reason) => guarded(() => keep.immediate(reason)),
    lastSize,
    unsigned: () =>
      readStoredHeads(db, logId, { unsigned: true, limit: MOST_UNSIGNED })
        .map(({ head }) => head)
        .toReversed(),
    keepSignature({ head, cms }) {
      const verdict = judge(head, cms)
      if (verdict.kind === 'newer-key') return fail({ code: 'sign.certificate-not-yet-valid' })
      if (verdict.kind === 'forged') return fail({ code: 'sign.failed', detail: verdict.reason })
      return guarded(() => keepSigned.immediate(head.size, cms, verdict.signer.sha256))
    },
    list: ({ limit }) => readStoredHeads(db, logId, { limit }),
  }

  function guarded<T>(use: () => Result<T>): Result<T> {
    if (!db.open) return fail({ code: 'audit.write-failed', detail: 'closed' })
    try {
      return use()
    } catch (error) {
      if (error instanceof TreeDamaged) return fail({ code: 'audit.broken', detail: error.message })
      return fail({ code: 'audit.write-failed', detail: errorCode(error) ?? 'unexpected' })
    }
  }
}
