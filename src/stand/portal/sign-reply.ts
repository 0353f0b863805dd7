import type { Certificate } from 'pkijs'
import type { Issuer } from '../certification-authority/issue-certificate.ts'
import { cmsOids, writeSignedData } from '../cms/write-signed-data.ts'

/** Signs a document at a moment. @returns attached CAdES-BES, DER. */
export type ReplySigner = (document: Uint8Array, at: Date) => Promise<Buffer>

/** Inside the message are the signer's certificate and its authority's. */
export function createReplySigner(options: { readonly signer: Issuer; readonly issuing: Certificate }): ReplySigner {
  const { signer, issuing } = options
  return (content, signingTime) =>
    writeSignedData({
      signer,
      certificates: [signer.certificate, issuing],
      contentType: cmsOids.data,
      content,
      signingTime,
    })
}
