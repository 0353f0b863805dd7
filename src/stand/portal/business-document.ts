import type { Certificate } from 'pkijs'
import type { KeyAlgorithm } from '../crypto/signature-suites.ts'
import { readEnvelopedDocument } from '../xml-signature/enveloped-signature.ts'
import { isSignatureRight, readSignedDocument, suiteOf, timestampTokens } from './signed-document.ts'

/** How a document is signed; a reply is signed as its request was. */
export interface SignatureProfile {
  readonly form: 'cms' | 'xmldsig'
  readonly algorithm: KeyAlgorithm
  /** CAdES-T; a CMS alone can have one. */
  readonly timestamp: boolean
}

/** A signed document of the gateway's `data`. */
export interface BusinessDocument {
  readonly profile: SignatureProfile
  /** With a right signature exactly what it covers; without, what the sender claims. */
  readonly content: Buffer
  /** Absent where the signature is not right. Whose it is and what the timestamps are worth, is not judged yet. */
  readonly signature?: {
    readonly certificate: Certificate
    /** Signature value and the tokens over it. */
    readonly value: Buffer
    readonly timestamps: readonly Buffer[]
  }
}

const MAX_XML_BYTES = 64 * 1024

/** @param bytes a CMS in DER, or an XML document. @returns undefined where they are neither. */
export function readBusinessDocument(bytes: Buffer): BusinessDocument | undefined {
  return isXml(bytes) ? readXml(bytes) : readCms(bytes)
}

/** What the gateway's `data` holds: XML as it is, a CMS in base64. @returns undefined where it is neither. */
export function bytesOfData(data: string): Buffer | undefined {
  if (data.trimStart().startsWith('<')) return Buffer.from(data.trim(), 'utf8')
  const compact = data.replace(/[\r\n]/g, '')
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return undefined
  return Buffer.from(compact, 'base64')
}

export function dataOfBytes(bytes: Buffer): string {
  return isXml(bytes) ? bytes.toString('utf8') : bytes.toString('base64')
}

function isXml(bytes: Buffer): boolean {
  return bytes[0] === 0x3c
}

function readXml(document: Buffer): BusinessDocument | undefined {
  const enveloped = readEnvelopedDocument({ document, maxBytes: MAX_XML_BYTES })
  if (enveloped === undefined) return undefined
  const { raw, signature } = enveloped
  if (signature === undefined) return { profile: { form: 'xmldsig', algorithm: 'rsa', timestamp: false }, content: raw }
  const { suite, certificate, content } = signature
  return {
    profile: { form: 'xmldsig', algorithm: suite.algorithm, timestamp: false },
    content,
    signature: { certificate, value: Buffer.alloc(0), timestamps: [] },
  }
}

function readCms(der: Buffer): BusinessDocument | undefined {
  const document = readSignedDocument(der)
  if (document === undefined) return undefined
  const { content, signer } = document
  const timestamps = timestampTokens(document)
  const algorithm = suiteOf(document)?.algorithm ?? 'rsa'
  const profile: SignatureProfile = { form: 'cms', algorithm, timestamp: timestamps.length > 0 }
  if (signer === undefined || !isSignatureRight(document)) return { profile, content }
  const value = Buffer.from(signer.info.signature.valueBlock.valueHexView)
  return { profile, content, signature: { certificate: signer.certificate, value, timestamps } }
}
