import type { Failure, FailureCode } from '../../shared/contract/failure.ts'
import type { PortalRefusal, RefusalReason } from '../../shared/domain/registration.ts'

const CODE_OF_REASON: Record<RefusalReason, FailureCode> = {
  'life-status': 'portal.life-status',
  'exclusion-sign': 'portal.exclusion-sign',
  'prosecutor-record': 'portal.prosecutor-record',
  'signature-rejected': 'portal.signature-rejected',
  'person-unknown': 'portal.person-unknown',
  failed: 'portal.failed',
}

/** A refusal of a verified reply; the portal's words travel unchanged. */
export function portalRefusalFailure(refusal: PortalRefusal): Failure {
  return { code: CODE_OF_REASON[refusal.reason], portalMessage: refusal.message }
}
