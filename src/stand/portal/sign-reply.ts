import type { AuthorityBranch } from '../certification-authority/read-authority.ts'
import { cmsOids, writeSignedData } from '../cms/write-signed-data.ts'
import type { KeyAlgorithm } from '../crypto/signature-suites.ts'
import type { TimestampAuthority } from '../trust-services/timestamp-authority.ts'
import { writeEnvelopedSignature } from '../xml-signature/enveloped-signature.ts'
import type { SignatureProfile } from './business-document.ts'

/** Signs a document at a moment, in a profile. @returns an attached CAdES-BES or CAdES-T in DER, or a signed XML document. */
export type ReplySigner = (document: Uint8Array, at: Date, profile: SignatureProfile) => Promise<Buffer>

/** @param options.as which of the stand's signers signs. */
export function createReplySigner(options: {
  readonly as: 'portal' | 'other-signer'
  readonly branches: Readonly<Record<KeyAlgorithm, AuthorityBranch>>
  readonly timestampAuthorities: Readonly<Record<KeyAlgorithm, TimestampAuthority>>
}): ReplySigner {
  return async (content, signingTime, profile) => {
    const branch = options.branches[profile.algorithm]
    const signer = branch.signers[options.as]
    if (profile.form === 'xmldsig') {
      return Buffer.from(writeEnvelopedSignature({ document: Buffer.from(content).toString('utf8'), signer }), 'utf8')
    }
    const authority = options.timestampAuthorities[profile.algorithm]
    return writeSignedData({
      signer,
      certificates: [signer.certificate, branch.issuing.certificate],
      contentType: cmsOids.data,
      content,
      signingTime,
      ...(profile.timestamp ? { timestamp: (signature) => authority.tokenOver(signature) } : {}),
    })
  }
}
