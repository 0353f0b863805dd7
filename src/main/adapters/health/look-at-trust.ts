import type { Clock } from '../../ports/clock.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import type { Outcome } from '../x509/outcome.ts'
import { attention, bad, type Finding, good } from './finding.ts'

const DAY_MS = 24 * 60 * 60_000
const EXPIRES_SOON_DAYS = 30

/** Judges a certificate as a signer, revocation included. */
type JudgeSigner = (question: {
  readonly certificate: Uint8Array
  readonly others: readonly Uint8Array[]
  readonly at: Date
}) => Promise<Outcome<unknown>>

/** Dates of what is trusted, and whether one of the portal's certificates counts today. */
export async function lookAtTrust(options: {
  readonly anchors: readonly Uint8Array[]
  readonly portalCertificates: readonly Uint8Array[]
  readonly judgeSigner: JudgeSigner
  readonly clock: Clock
}): Promise<readonly Finding[]> {
  const { judgeSigner, clock } = options
  const portal = options.portalCertificates.flatMap((der) => parseCertificate(der) ?? [])
  const named = [...options.anchors.flatMap((der) => parseCertificate(der) ?? []), ...portal]
  const dated = named.flatMap((certificate) => lookAtValidity(certificate, clock.now()))
  if (dated.some(({ state }) => state === 'bad')) return dated
  const judged = await Promise.all(
    portal.map(async ({ der, subject }): Promise<readonly Finding[]> => {
      const outcome = await judgeSigner({ certificate: der, others: [], at: clock.now() })
      if (outcome.ok) return []
      const { subIndication, reason } = outcome.refusal
      const detail = `${subject.text}: ${subIndication}, ${reason}`
      if (subIndication === 'TRY_LATER') return [bad('reply.certificate-status-unknown', detail)]
      return [bad(subIndication.includes('REVOKED') ? 'reply.certificate-revoked' : 'trust.portal-untrusted', detail)]
    }),
  )
  // Of the portal's certificates one that counts is enough: the others may be for other algorithms.
  const counts = judged.some((findings) => findings.length === 0)
  const findings = [...dated, ...(counts ? [] : judged.flat())]
  return findings.length > 0 ? findings : [good(summary(options.anchors.length, named))]
}

function lookAtValidity({ notBefore, notAfter, subject }: Certificate, now: Date): readonly Finding[] {
  const detail = `${subject.text}: ${notBefore.toISOString()} – ${notAfter.toISOString()}`
  if (now < notBefore || now > notAfter) return [bad('trust.expired', detail)]
  return endsSoon(notAfter, now) ? [attention('trust.expires-soon', detail)] : []
}

/** How many there are, and which ends first. */
function summary(anchors: number, named: readonly Certificate[]): string {
  const first = named.map(({ notAfter }) => notAfter.toISOString().slice(0, 10)).sort()[0] ?? ''
  return `trust.anchors ${anchors}, trust.portalCertificate ${named.length - anchors}, notAfter ${first}`
}

/** Whether a month or less is left. */
export function endsSoon(notAfter: Date, now: Date): boolean {
  return notAfter.getTime() - now.getTime() <= EXPIRES_SOON_DAYS * DAY_MS
}
