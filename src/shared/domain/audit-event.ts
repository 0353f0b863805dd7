import type { Role } from './session.ts'

/** What the audit log records. An intent is written before its effect, an outcome after. */
export const auditEvents = [
  'app.started',
  'app.stopped',
  'session.signed-in',
  'session.sign-in-failed',
  'session.sign-in-refused',
  'session.locked-out',
  'session.locked',
  'session.unlocked',
  'session.expired',
  'session.signed-out',
  'shift.opened',
  'shift.closed',
  'settings.changing',
  'settings.changed',
  'settings.tried',
  'settings.exported',
  'diagnostics.saved',
  'key.unlocked',
  'key.refused',
  'key.locked',
  'account.changing',
  'account.changed',
  'access.refused',
  'iin.checked',
  'document.checked',
  'agreement.printing',
  'agreement.print-failed',
  'agreement.print-unknown',
  'agreement.printed',
  'agreement.signed',
  'service.step-skipped',
  'service.resumed',
  'service.left',
  'refusal-note.printed',
  'request.prepared',
  'request.sending',
  'request.repeating',
  'request.not-received',
  'request.failed',
  'request.outcome-unknown',
  'request.acknowledged',
  'reply.not-registered',
  'reply.registered',
  'reply.refused-by-portal',
  'reply.issued',
  'reply.recovered',
  'reply.status',
  'reply.mobile-code-sent',
  'reply.mobile-connected',
  'reply.mobile-refused',
  'envelope.printing',
  'envelope.print-failed',
  'envelope.print-unknown',
  'envelope.printed',
  'envelope.handed',
  'envelope.not-handed',
  'envelope.discarded',
  'envelope.reprint-asked',
  'envelope.reprint-approved',
  'envelope.reprint-refused',
  'envelope.reprint-failed',
  'envelope.wiped',
  'printer.test-page',
  'audit.viewed',
  'audit.searched',
  'audit.exported',
  'audit.revealed',
  'audit.epoch',
  'audit.head-signed',
  'audit.found-broken',
  'audit.break-acknowledged',
  'audit.backup-made',
  'audit.backup-failed',
  'audit.restored',
  'audit.reindexed',
  'audit.personal-data-destroyed',
  'update.checked',
  'update.offered',
  'update.refused',
  'update.fetched',
  'update.installing',
  'update.installed',
  'update.install-failed',
] as const
export type AuditEvent = (typeof auditEvents)[number]

/** One action to record. Personal data go only into `iin`, `personName` and `document`, which are stored encrypted. */
export interface AuditEntry {
  readonly event: AuditEvent
  readonly actor: string
  readonly role?: Role | 'system'
  readonly requestId?: string
  /** The operation of the protocol, `RegisterUser` and others, on events about a request. */
  readonly operation?: string
  /** A failure code or a short outcome word. */
  readonly outcome?: string
  /** SHA-256 of the signed document as it left, and as it came back. */
  readonly sentSha256?: Uint8Array
  readonly receivedSha256?: Uint8Array
  readonly iin?: string
  readonly personName?: string
  /** Number and dates of an identity document. It takes the name's place in a row, so a row has one of the two. */
  readonly document?: string
  /** The operator's own words (a reason). Searchable later, so never a name. */
  readonly note?: string
  /** Short technical facts: a sub-indication, a file name, a count. */
  readonly details?: Readonly<Record<string, string>>
}

/** A row as a reviewer sees it: personal data masked. */
export interface AuditRow {
  readonly seq: number
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string
  readonly workstation: string
  readonly actor: string
  readonly role?: string
  readonly event: AuditEvent
  readonly requestId?: string
  readonly operation?: string
  readonly outcome?: string
  readonly iinMasked?: string
  /** The row holds a name, or a document's data, that can still be read; only the review tells it. */
  readonly named?: true
  readonly note?: string
  readonly details?: Readonly<Record<string, string>>
}

/** Where a request of the service stands, derived from its rows and nothing else. */
export const requestStates = [
  'prepared',
  'sending',
  'failed',
  'unknown',
  'not-received',
  'not-registered',
  'document-checked',
  'agreement-printing',
  'agreement-print-failed',
  'agreement-print-unknown',
  'agreement-printed',
  'agreement-signed',
  'registered',
  'refused',
  'code-sent',
  'mobile-connected',
  'mobile-refused',
  'issued',
  'printing',
  'print-failed',
  'print-unknown',
  'printed',
  'handed',
  'not-handed',
  'discarded',
  'acknowledged',
] as const
export type RequestState = (typeof requestStates)[number]

const STATE_AFTER: Partial<Record<AuditEvent, RequestState>> = {
  'request.prepared': 'prepared',
  'request.sending': 'sending',
  'request.repeating': 'sending',
  'request.not-received': 'not-received',
  'request.failed': 'failed',
  'request.outcome-unknown': 'unknown',
  'request.acknowledged': 'acknowledged',
  'reply.not-registered': 'not-registered',
  'reply.registered': 'registered',
  'reply.refused-by-portal': 'refused',
  // Of the check that began the service: how far the citizen has come before the request.
  'document.checked': 'document-checked',
  'agreement.printing': 'agreement-printing',
  'agreement.print-failed': 'agreement-print-failed',
  'agreement.print-unknown': 'agreement-print-unknown',
  'agreement.printed': 'agreement-printed',
  'agreement.signed': 'agreement-signed',
  'reply.mobile-code-sent': 'code-sent',
  'reply.mobile-connected': 'mobile-connected',
  'reply.mobile-refused': 'mobile-refused',
  'reply.issued': 'issued',
  'envelope.printing': 'printing',
  'envelope.print-failed': 'print-failed',
  'envelope.print-unknown': 'print-unknown',
  // The earlier sheet is somewhere, though the later one is not.
  'envelope.reprint-failed': 'print-unknown',
  'envelope.printed': 'printed',
  'envelope.handed': 'handed',
  'envelope.not-handed': 'not-handed',
  'envelope.discarded': 'discarded',
}

/** @returns the state after an event; undefined for events that are not about a request. */
export function requestStateAfter(event: AuditEvent): RequestState | undefined {
  return STATE_AFTER[event]
}

/**
 * States of a RegisterUser request that must not be forgotten when the process ends there: the citizen may have
 * a new password that nobody has seen. A check changes nothing at the portal, so it never stays open.
 */
const OPEN_STATES: ReadonlySet<RequestState> = new Set([
  'sending',
  'unknown',
  'not-received',
  'issued',
  'printing',
  'print-failed',
  'print-unknown',
  'printed',
])

const BEFORE_REPLY: ReadonlySet<RequestState> = new Set(['prepared', 'sending', 'unknown', 'not-received'])

/** Whether nobody has seen a reply that counts: later states know of a password, and perhaps of paper. */
export function isBeforeReply(state: RequestState): boolean {
  return BEFORE_REPLY.has(state)
}

export function isOpenState(state: RequestState): boolean {
  return OPEN_STATES.has(state)
}

/** A RegisterUser request whose end nobody has seen, as the next start tells the operator. */
export interface OpenRequest {
  readonly requestId: string
  readonly state: RequestState
  /** When its last row was written, UTC ISO 8601. */
  readonly at: string
  readonly actor: string
  readonly iinMasked?: string
}
