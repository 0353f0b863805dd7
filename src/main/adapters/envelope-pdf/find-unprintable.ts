import type { EnvelopeContent } from '../../../shared/domain/envelope.ts'
import { registrationLimits } from '../../../shared/domain/registration.ts'

/**
 * Looks for what cannot be read off paper without a mistake. Widths are judged while drawing.
 * @returns the name of the first field that must not be printed, never its value.
 */
export function findUnprintable(content: EnvelopeContent): string | undefined {
  if (!/^[0-9]{12}$/.test(content.login)) return 'login'
  if (!isReadablePassword(content.password)) return 'password'
  if (!/^https?:\/\/[!-~]+$/.test(content.portalUrl)) return 'portal-url'
  if (!/^[!-~]+$/.test(content.reference)) return 'reference'
  if (Number.isNaN(content.issuedAt.getTime())) return 'issued-at'
  return undefined
}

/** A space is printable ASCII, but nobody sees it at the end of a line: the payload's schema excludes it too. */
function isReadablePassword(password: Uint8Array): boolean {
  const { min, max } = registrationLimits.password
  return password.length >= min && password.length <= max && password.every((byte) => byte >= 0x21 && byte <= 0x7e)
}
