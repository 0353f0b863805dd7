import { z } from 'zod'

/**
 * Every way in which a step can fail, prefixed by the step. Each code has an operator's text in three
 * languages (failure-texts.ts) and a row in docs/failure-codes.md; a test holds the three together.
 */
export const failureCodes = [
  'iin.format',
  'iin.check-digit',
  'iin.warning-unconfirmed',
  'session.required',
  'session.forbidden',
  'session.wrong-credentials',
  'session.invalid-input',
  'session.untrusted-sender',
  'session.busy',
  'settings.invalid',
  'sign.key-missing',
  'sign.key-unreadable',
  'sign.wrong-pin',
  'sign.pin-last-try',
  'sign.pin-locked',
  'sign.token-absent',
  'sign.token-gone',
  'sign.driver-failed',
  'sign.locked',
  'sign.certificate-expired',
  'sign.certificate-not-yet-valid',
  'sign.certificate-usage',
  'sign.certificate-untrusted',
  'sign.certificate-revoked',
  'sign.certificate-status-unknown',
  'sign.check-failed',
  'sign.timestamp-unavailable',
  'sign.timestamp-wrong',
  'sign.failed',
  'gateway.unreachable',
  'gateway.tls-untrusted',
  'gateway.timeout',
  'gateway.interrupted',
  'gateway.http-status',
  'gateway.too-large',
  'gateway.malformed',
  'gateway.fault',
  'gateway.status',
  'gateway.signature-wrong',
  'gateway.signature-untrusted',
  'reply.malformed',
  'reply.signature-missing',
  'reply.signature-wrong',
  'reply.signed-attributes',
  'reply.algorithm-weak',
  'reply.certificate-untrusted',
  'reply.certificate-validity',
  'reply.certificate-usage',
  'reply.certificate-revoked',
  'reply.certificate-status-unknown',
  'reply.check-failed',
  'reply.signer-unexpected',
  'reply.payload-invalid',
  'reply.request-id-mismatch',
  'reply.nonce-mismatch',
  'reply.iin-mismatch',
  'reply.stale',
  'reply.unexpected-result',
  'reply.password-unsealable',
  'portal.life-status',
  'portal.exclusion-sign',
  'portal.prosecutor-record',
  'portal.signature-rejected',
  'portal.person-unknown',
  'portal.failed',
  'print.no-printer',
  'print.nothing-pending',
  'print.already-printed',
  'print.layout',
  'print.printer-failed',
  'print.unreachable',
  'print.tls-untrusted',
  'print.malformed-answer',
  'print.not-accepting',
  'print.out-of-paper',
  'print.needs-attention',
  'print.wrong-paper',
  'print.format-unsupported',
  'print.aborted',
  'print.cancelled',
  'print.outcome-unknown',
  'print.reprint-unneeded',
  'print.approval-refused',
  'print.approval-self',
  'print.unencrypted',
  'print.spool-kept',
  'print.spool-unreadable',
  'audit.unavailable',
  'audit.write-failed',
  'audit.broken',
  'audit.newer-version',
  'audit.cancelled',
  'audit.search-ended',
  'audit.no-such-row',
  'audit.personal-data-gone',
  'audit.export-failed',
  'vault.wrong-passphrase',
  'vault.unreadable',
] as const

export type FailureCode = (typeof failureCodes)[number]

/**
 * One failure as it crosses layers and IPC. It never carries a secret, an exception or a stack.
 * `portalMessage` is the portal's own text from a verified reply, shown letter for letter.
 * `detail` is a short technical hint for the log and the administrator (a host, an HTTP status, a sub-indication).
 */
export interface Failure {
  readonly code: FailureCode
  readonly portalMessage?: string
  readonly detail?: string
  /** The request that failed, where the answer names it nowhere else. */
  readonly requestId?: string
}

export const failureSchema = z.object({
  code: z.enum(failureCodes),
  portalMessage: z.string().max(1000).exactOptional(),
  detail: z.string().max(500).exactOptional(),
  requestId: z.uuid().exactOptional(),
})
