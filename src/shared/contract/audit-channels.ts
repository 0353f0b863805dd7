import { z } from 'zod'
import { auditEvents, requestStates } from '../domain/audit-event.ts'
import { exportFormats, revealedFields, revealReasonLimits } from '../domain/audit-review.ts'
import { languages } from '../domain/language.ts'

/** The supervisor's verbs about the log. Each of them is his alone. */

const seq = z.int().positive()
const moment = z.iso.datetime({ precision: 3 })
const word = z.string().min(1).max(64)
/** Names a long work, so that it can be cancelled and its progress be told. */
const work = z.uuid()

export const auditRow = z.object({
  seq: z.int(),
  at: z.string(),
  workstation: z.string(),
  actor: z.string(),
  role: z.string().exactOptional(),
  event: z.enum(auditEvents),
  requestId: z.string().exactOptional(),
  operation: z.string().exactOptional(),
  outcome: z.string().exactOptional(),
  iinMasked: z.string().exactOptional(),
  named: z.literal(true).exactOptional(),
  note: z.string().exactOptional(),
  details: z.record(z.string(), z.string()).exactOptional(),
})

/** A text with an ИИН in it would be written down where it is not encrypted. */
const searchText = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !/\d{12}/.test(text))

const filter = z.strictObject({
  from: moment.exactOptional(),
  to: moment.exactOptional(),
  actor: word.exactOptional(),
  event: word.exactOptional(),
  outcome: word.exactOptional(),
  workstation: word.exactOptional(),
  requestId: z.uuid().exactOptional(),
  iin: z
    .string()
    .regex(/^[0-9]{12}$/)
    .exactOptional(),
  text: searchText.exactOptional(),
})

const searchId = z.uuid()
const counted = z.object({ code: z.string(), count: z.int() })
const story = z.object({
  requests: z.array(
    z.object({
      requestId: z.string(),
      operation: z.string().exactOptional(),
      state: z.enum(requestStates).exactOptional(),
      rows: z.array(auditRow),
    }),
  ),
  iinMasked: z.string().exactOptional(),
  cut: z.boolean(),
})
const proof = z.object({
  seq: z.int(),
  prevHash: z.string(),
  hash: z.string(),
  computedHash: z.string(),
  sentSha256: z.string().exactOptional(),
  receivedSha256: z.string().exactOptional(),
  inclusion: z
    .object({
      leafHash: z.string(),
      leafIndex: z.int(),
      treeSize: z.int(),
      rootHash: z.string(),
      path: z.array(z.string()),
      holds: z.boolean(),
      head: z.enum(['signed', 'pending']),
      headAt: z.string().exactOptional(),
    })
    .exactOptional(),
})
const anomaly = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('many-reissues'), actor: z.string(), count: z.int(), share: z.number() }),
  z.object({ kind: z.literal('outside-hours'), actor: z.string(), count: z.int(), firstSeq: z.int() }),
  z.object({
    kind: z.literal('repeated-refusals'),
    seq: z.int(),
    count: z.int(),
    iinMasked: z.string().exactOptional(),
    code: z.string(),
  }),
  z.object({ kind: z.literal('open-unknown'), requestId: z.string(), at: z.string(), actor: z.string() }),
  z.object({ kind: z.literal('sign-in-failures'), actor: z.string(), count: z.int() }),
])
const statistics = z.object({
  buckets: z.array(z.object({ from: z.string(), issued: z.int(), refused: z.int(), failed: z.int() })),
  totals: z.object({
    checks: z.int(),
    created: z.int(),
    reissued: z.int(),
    refused: z.int(),
    failed: z.int(),
    unknown: z.int(),
    handed: z.int(),
    notHanded: z.int(),
  }),
  refusals: z.array(counted),
  failures: z.array(counted),
  operators: z.array(
    z.object({
      login: z.string(),
      issued: z.int(),
      reissued: z.int(),
      refused: z.int(),
      failed: z.int(),
      served: z.int(),
      medianServiceMs: z.int().exactOptional(),
    }),
  ),
  anomalies: z.array(anomaly),
})
/** `saved` is false where no file was chosen; `place` is the file's name without its folder. */
const saved = z.object({ saved: z.boolean(), place: z.string().exactOptional(), rows: z.int().exactOptional() })

const supervisor = ['supervisor'] as const

export const auditChannels = {
  'audit.open': {
    access: supervisor,
    input: z.undefined(),
    output: z.object({
      actors: z.array(z.string()),
      events: z.array(z.string()),
      outcomes: z.array(z.string()),
      workstations: z.array(z.string()),
    }),
  },
  'audit.search': {
    access: supervisor,
    input: z.object({ filter }),
    output: z.object({ searchId, upTo: z.int() }),
  },
  'audit.rows': {
    access: supervisor,
    input: z.object({
      searchId,
      window: z.discriminatedUnion('at', [
        z.object({ at: z.literal('newest') }),
        z.object({ at: z.literal('oldest') }),
        z.object({ at: z.literal('through'), seq }),
        z.object({ at: z.literal('before'), seq }),
        z.object({ at: z.literal('after'), seq }),
      ]),
      limit: z.int().min(1).max(200),
    }),
    output: z.object({ rows: z.array(auditRow) }),
  },
  'audit.positions': {
    access: supervisor,
    input: z.object({ searchId, work }),
    output: z.object({ total: z.int(), newestSeq: z.int(), marks: z.array(z.int()).exactOptional() }),
  },
  'audit.row': {
    access: supervisor,
    input: z.object({ seq }),
    output: z.object({ row: auditRow, proof }),
  },
  'audit.story': {
    access: supervisor,
    input: z.union([z.strictObject({ requestId: z.uuid() }), z.strictObject({ citizenOf: seq })]),
    output: story,
  },
  'audit.statistics': {
    access: supervisor,
    input: z.object({ from: moment, to: moment, bucket: z.enum(['hour', 'day']), work }),
    output: statistics,
  },
  'audit.reveal': {
    access: supervisor,
    input: z.object({
      seq,
      field: z.enum(revealedFields),
      reason: z.string().trim().min(revealReasonLimits.min).max(revealReasonLimits.max),
    }),
    output: z.object({ value: z.string(), seconds: z.int() }),
  },
  'audit.export': {
    access: supervisor,
    input: z.object({ searchId, format: z.enum(exportFormats), language: z.enum(languages), work }),
    output: saved,
  },
  /** The report of a shift as PDF. */
  'audit.shift-report': {
    access: supervisor,
    input: z.object({ from: moment, to: moment, language: z.enum(languages), work }),
    output: saved,
  },
  /** Lets the service go on over a log that was found broken; the reason is a row. */
  'audit.acknowledge-break': {
    access: ['supervisor', 'administrator'],
    input: z.object({ reason: z.string().trim().min(revealReasonLimits.min).max(revealReasonLimits.max) }),
    output: z.undefined(),
  },
  'audit.cancel': { access: supervisor, input: z.object({ work }), output: z.undefined() },
} as const

/** How far a long work is; `total` is 0 where nobody knows. */
export const auditNotices = {
  'audit.progress': z.object({ work, done: z.int(), total: z.int() }),
} as const
