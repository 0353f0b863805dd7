import { formatTreeHead, type TreeHead } from '../../../../shared/domain/audit-head.ts'
import { checkMessageSignature } from '../../cms/check-message-signature.ts'
import { configuredCertificates } from '../../cms/configured-certificates.ts'
import { decodeBase64 } from '../../cms/decode-base64.ts'
import { readSignedMessage } from '../../cms/read-signed-message.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { checkTrust } from '../../x509/check-trust.ts'
import { ANY_POLICY_WILL_DO } from '../../x509/policy-graph.ts'
import { checkSigningUsage } from '../../x509/signing-usage.ts'
import { checkValidity } from '../../x509/validity.ts'

const MAX_SIGNATURE_OCTETS = 64 * 1024

export interface HeadSigner {
  readonly subject: string
  /** SHA-256 of the certificate, lower-case hex. */
  readonly sha256: string
}

/** `unjudged`: the signature is one over this head, and no trusted certificates were given to judge the signer by. */
export type HeadSignatureVerdict =
  | { readonly kind: 'valid' | 'unjudged'; readonly signer: HeadSigner }
  | { readonly kind: 'untrusted'; readonly signer: HeadSigner; readonly reason: string }
  | { readonly kind: 'newer-key'; readonly signer: HeadSigner }
  | { readonly kind: 'forged'; readonly reason: string }

/** Whom to believe. DER. */
export interface HeadTrust {
  readonly anchors: readonly Uint8Array[]
  readonly intermediates: readonly Uint8Array[]
  /** SHA-256, lower-case hex, of the certificates that may sign heads; any trusted one where empty. */
  readonly signers: readonly string[]
}

/**
 * Judges the signature of a head: an attached CMS whose content is the head's text to the letter. The signer's
 * certificate is judged at the time of the head, path, usage and validity; it must have been valid then, since what is
 * signed with a key that came later was sealed later.
 */
export function createHeadSignatureJudge(
  trust: HeadTrust | undefined,
): (head: TreeHead, cms: string) => HeadSignatureVerdict {
  const anchors = configuredCertificates(trust?.anchors ?? [])
  const intermediates = configuredCertificates(trust?.intermediates ?? [])
  const expected = new Set(trust?.signers)

  return (head, cms) => {
    try {
      return judge(head, cms)
    } catch {
      return { kind: 'forged', reason: 'the signature could not be judged' }
    }
  }

  function judge(head: TreeHead, cms: string): HeadSignatureVerdict {
    const octets = decodeBase64(cms, MAX_SIGNATURE_OCTETS)
    const message = octets === undefined ? undefined : readSignedMessage(octets)
    const [signerInfo, ...others] = message?.signers ?? []
    if (message === undefined || signerInfo === undefined || others.length > 0)
      return { kind: 'forged', reason: 'not a CMS of one signer' }
    const intact = checkMessageSignature(message, signerInfo)
    if (!intact.ok) return { kind: 'forged', reason: intact.refusal.reason }
    const { certificate, content } = intact.value
    if (!Buffer.from(content).equals(Buffer.from(formatTreeHead(head))))
      return { kind: 'forged', reason: 'the signature is over another text' }
    const signer = { subject: certificate.subject.text, sha256: certificate.sha256 }
    const at = new Date(head.at)
    if (certificate.notBefore > at) return { kind: 'newer-key', signer }
    if (trust === undefined) return { kind: 'unjudged', signer }
    const reason = distrust(certificate, [...message.certificates, ...intermediates], at)
    return reason === undefined ? { kind: 'valid', signer } : { kind: 'untrusted', signer, reason }
  }

  function distrust(certificate: Certificate, pool: readonly Certificate[], at: Date): string | undefined {
    if (expected.size > 0 && !expected.has(certificate.sha256)) return 'not one of the expected signers'
    for (const check of [checkValidity(certificate, at), checkSigningUsage(certificate)])
      if (!check.ok) return check.refusal.reason
    const trusted = checkTrust({ certificate, anchors, intermediates: pool, at, policy: ANY_POLICY_WILL_DO })
    return trusted.ok ? undefined : trusted.refusal.reason
  }
}
