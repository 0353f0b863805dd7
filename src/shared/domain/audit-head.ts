/**
 * What a whole log is at one moment: the root of the RFC 6962 tree over its rows. Kept elsewhere it proves every row
 * up to `size`.
 */
export interface TreeHead {
  /** Identity of the log, 16 bytes, hex. */
  readonly logId: string
  readonly workstation: string
  /** Counts the starts of the application; each is bound to the rows before it. */
  readonly epoch: number
  /** How many rows the tree has. */
  readonly size: number
  /** SHA-256, hex. */
  readonly root: string
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string
}

/** What a kept head is taken for: why at this moment. */
export const headReasons = ['rows', 'time', 'shift', 'exit'] as const
export type HeadReason = (typeof headReasons)[number]

const FIRST_LINE = 'arm-tson/audit-head/v1'
const HEAD =
  /^arm-tson\/audit-head\/v1\nlog ([0-9a-f]{32})\nworkstation ([\p{L}\p{N}._@-]{1,64})\nepoch ([1-9][0-9]{0,9})\nsize ([1-9][0-9]{0,14})\nroot ([0-9a-f]{64})\ntime (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\n$/u

/**
 * The text that is signed, printed and drawn as a QR code: seven lines, each ended by a line feed, in UTF-8.
 *
 *     arm-tson/audit-head/v1
 *     log 6f0c…         identity of the log, 32 hex digits
 *     workstation …     identifier of the counter
 *     epoch 3
 *     size 1200
 *     root 5c39…        64 hex digits
 *     time 2026-03-01T08:00:00.000Z
 */
export function formatTreeHead(head: TreeHead): string {
  const { logId, workstation, epoch, size, root, at } = head
  return `${FIRST_LINE}\nlog ${logId}\nworkstation ${workstation}\nepoch ${epoch}\nsize ${size}\nroot ${root}\ntime ${at}\n`
}

/** @returns undefined for anything that `formatTreeHead` does not write. */
export function parseTreeHead(text: string): TreeHead | undefined {
  const [, logId, workstation, epoch, size, root, at] = HEAD.exec(text) ?? []
  if (logId === undefined || workstation === undefined || root === undefined || at === undefined) return undefined
  return { logId, workstation, epoch: Number(epoch), size: Number(size), root, at }
}
