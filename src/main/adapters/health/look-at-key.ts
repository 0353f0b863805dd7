import type { Clock } from '../../ports/clock.ts'
import type { SigningKeyStatus } from '../../ports/signer.ts'
import { attention, bad, type Finding, good, unknown } from './finding.ts'
import { endsSoon } from './look-at-trust.ts'
import { exists, isOpenToOthers, isReadable } from './place-rights.ts'

/** The key's file, or the library of its token, without opening it. An empty answer means that nothing is wrong. */
export async function lookAtKeyPlace(
  key: { readonly file: string } | { readonly token: { readonly library: string } },
): Promise<readonly Finding[]> {
  if ('token' in key) return (await exists(key.token.library)) ? [] : [bad('sign.driver-failed', key.token.library)]
  if (!(await exists(key.file))) return [bad('sign.key-missing', key.file)]
  if (!(await isReadable(key.file))) return [bad('sign.key-unreadable', key.file)]
  return (await isOpenToOthers(key.file)) ? [attention('key.open-to-others', key.file)] : []
}

/** A key that was opened, or that nobody has opened yet. */
export function lookAtKeyStatus({ state, subject, notAfter }: SigningKeyStatus, clock: Clock): Finding {
  if (state === 'absent') return bad('sign.key-missing')
  if (state === 'locked') return unknown('key.not-opened')
  const now = clock.now()
  const detail = [subject, notAfter?.toISOString()].filter((part) => part !== undefined).join(', ')
  if (notAfter !== undefined && notAfter < now) return bad('sign.certificate-expired', detail)
  if (state === 'refused') return bad('key.refused', detail)
  return notAfter !== undefined && endsSoon(notAfter, now) ? attention('key.expires-soon', detail) : good(detail)
}
