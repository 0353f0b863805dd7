import type { Database } from 'better-sqlite3'
import type { Finding } from '../../../../shared/domain/audit-finding.ts'
import type { KeptHead } from '../../../ports/tree-heads.ts'
import type { CarriedHead } from '../heads/head-file.ts'
import type { HeadSignatureVerdict, HeadSigner } from './judge-head-signature.ts'

/** A head from elsewhere, and where it was found. */
export interface OutsideHead extends CarriedHead {
  readonly source: string
}

export type SignatureState = HeadSignatureVerdict['kind'] | 'unsigned'

/** What one head from elsewhere says of this log. */
export interface OutsideHeadReport {
  readonly source: string
  readonly size: number
  readonly at: string
  readonly signature: SignatureState
  readonly signer?: string
  /** `proves`: rows 1 to `size` are those of the head. `not-reached`: the rows break before its end. */
  readonly verdict: 'proves' | 'not-reached' | 'forged' | 'older-copy' | 'second-history' | 'other-log'
}

export interface HeadsReport {
  readonly kept: number
  readonly signed: number
  /** Heads that wait for the key. */
  readonly pending: number
  /** Certificates that signed the heads kept here, `SUBJECT SHA-256`. */
  readonly signers: readonly string[]
  /** Rows 1 to this one are those of a head kept here whose signature holds; 0 where there is none. */
  readonly provenBySignature: number
  /** Rows 1 to this one are those of a head from elsewhere; 0 where there is none. */
  readonly provenFromOutside: number
  readonly outside: readonly OutsideHeadReport[]
}

const TOLERANCE_MS = 5_000

/** Compares heads, kept here and brought from elsewhere, with the rows that were walked. */
export function verifyHeads(options: {
  readonly db: Database
  readonly logId: string
  readonly stored: readonly KeptHead[]
  /** Heads up to this size were judged before. */
  readonly after: number
  readonly outside: readonly OutsideHead[]
  /** The last row there is, and the last one that holds. */
  readonly rows: number
  readonly soundRows: number
  readonly roots: ReadonlyMap<number, Uint8Array>
  readonly signedSizes: readonly number[]
  readonly suspicions: readonly Finding[]
  readonly judge: (head: KeptHead['head'], cms: string) => HeadSignatureVerdict
}): { readonly findings: readonly Finding[]; readonly report: HeadsReport } {
  const { rows, soundRows, roots } = options
  const findings: Finding[] = []
  const signers = new Set<string>()
  let provenBySignature = 0
  let provenFromOutside = 0
  let signed = 0

  const isOfTheseRows = (size: number, root: string): boolean =>
    Buffer.from(roots.get(size) ?? []).toString('hex') === root

  const cut = firstCutRow(options.db, rows, options.stored)
  if (cut) findings.push({ seq: rows + 1, finding: 'tail-cut' })

  const withSignature = new Set<number>()
  for (const { head, cms } of options.stored) {
    const { size } = head
    const matches = size <= soundRows && isOfTheseRows(size, head.root)
    if (size <= soundRows && !matches) findings.push({ seq: size, finding: 'rows-resealed' })
    if (cms === undefined) continue
    withSignature.add(size)
    const verdict = options.judge(head, cms)
    const finding = findingOf(verdict)
    if (finding !== undefined) {
      findings.push({ seq: size, ...finding })
      continue
    }
    signed += 1
    if ('signer' in verdict) signers.add(nameOf(verdict.signer))
    if (matches) provenBySignature = Math.max(provenBySignature, size)
  }
  for (const size of options.signedSizes)
    if (!withSignature.has(size)) findings.push({ seq: size, finding: 'head-signature-missing' })
  findings.push(...headsLaterThanRows(options.db, options.after, options.suspicions))

  const outside = options.outside.map((carried): OutsideHeadReport => {
    const { head, cms, source } = carried
    const judged = cms === undefined ? undefined : options.judge(head, cms)
    const about = {
      source,
      size: head.size,
      at: head.at,
      signature: judged?.kind ?? 'unsigned',
      ...(judged !== undefined && 'signer' in judged && { signer: nameOf(judged.signer) }),
    } as const
    const found = (finding: Finding['finding'], detail = source): void =>
      void findings.push({ seq: head.size, finding, detail })
    const doubt = judged === undefined ? undefined : findingOf(judged)
    if (doubt !== undefined) {
      found(doubt.finding, doubt.detail === undefined ? source : `${source}: ${doubt.detail}`)
      return { ...about, verdict: 'forged' }
    }
    if (head.logId !== options.logId) {
      found('other-log')
      return { ...about, verdict: 'other-log' }
    }
    if (head.size > rows) {
      found('older-copy')
      return { ...about, verdict: 'older-copy' }
    }
    if (head.size > soundRows) return { ...about, verdict: 'not-reached' }
    if (!isOfTheseRows(head.size, head.root)) {
      found('second-history')
      return { ...about, verdict: 'second-history' }
    }
    provenFromOutside = Math.max(provenFromOutside, head.size)
    return { ...about, verdict: 'proves' }
  })

  const pending = options.stored.filter(({ cms }) => cms === undefined).length
  const kept = options.stored.length
  const report = { kept, signed, pending, signers: [...signers], provenBySignature, provenFromOutside, outside }
  return { findings, report }
}

function findingOf(verdict: HeadSignatureVerdict): Omit<Finding, 'seq'> | undefined {
  if (verdict.kind === 'forged') return { finding: 'head-forged', detail: verdict.reason }
  if (verdict.kind === 'newer-key') return { finding: 'resealed-with-newer-key', detail: verdict.signer.subject }
  if (verdict.kind === 'untrusted')
    return { finding: 'head-signer-untrusted', detail: `${verdict.signer.subject}: ${verdict.reason}` }
  return undefined
}

function nameOf({ subject, sha256 }: HeadSigner): string {
  return `${subject} ${sha256}`
}

/** Whether anything beside the rows knows of rows after the last one. */
function firstCutRow(db: Database, rows: number, stored: readonly KeptHead[]): boolean {
  const known = db
    .prepare<[], number>(
      `SELECT max(
         coalesce((SELECT max(last_seq) FROM audit_day), 0),
         coalesce((SELECT max(last_seq) FROM audit_open_request), 0),
         coalesce((SELECT (max(position) + 1) * 256 FROM audit_tree_node WHERE level = 8), 0))`,
    )
    .pluck()
    .get()
  return Math.max(known ?? 0, ...stored.slice(0, 1).map(({ head }) => head.size)) > rows
}

/** A head is taken before the row after it is written. One that is later was made anew, after that row. */
function headsLaterThanRows(db: Database, after: number, suspicions: readonly Finding[]): readonly Finding[] {
  const clockWentBack = new Set(suspicions.map(({ seq }) => seq))
  return db
    .prepare<[number], { size: number; taken: string; next: string }>(
      `SELECT head.size AS size, head.at AS taken, audit_row.at AS next
       FROM audit_head AS head JOIN audit_row ON seq = head.size + 1 WHERE head.size > ? AND head.at > audit_row.at`,
    )
    .all(after)
    .filter(
      ({ size, taken, next }) => !clockWentBack.has(size + 1) && Date.parse(taken) - Date.parse(next) > TOLERANCE_MS,
    )
    .map(({ size, taken }) => ({ seq: size, finding: 'rows-resealed', detail: `head of ${taken}` }))
}
