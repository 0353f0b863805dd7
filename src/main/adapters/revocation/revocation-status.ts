/** What the evidence at hand says about one certificate at one moment. */
export type RevocationStatus =
  | { readonly status: 'good' }
  | { readonly status: 'revoked'; readonly reason: string; readonly time: Date }
  /** No evidence that may be relied on; `why` names what came nearest. */
  | { readonly status: 'undetermined'; readonly why: string }

/** CRLReason, RFC 5280, 5.3.1, by number. */
const REASONS: readonly (string | undefined)[] = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  undefined,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
]

export const REMOVE_FROM_CRL = 8

export function reasonName(reason: number): string {
  return REASONS[reason] ?? `reason ${reason}`
}
