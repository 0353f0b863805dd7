import { judgeSignedMessage, withContent } from '../cms/judge-signed-message.ts'
import { readSignedMessage } from '../cms/read-signed-message.ts'
import { checkTimestampToken } from '../cms/timestamp-token.ts'
import { gost3410Sign } from '../gost/gost-3410-sign.ts'
import { parseGostPrivateKey } from '../gost/private-key-info.ts'
import { parseCertificateList } from '../revocation/certificate-list.ts'
import { createRevocationJudge } from '../revocation/create-revocation-judge.ts'
import { parseOcspResponse } from '../revocation/ocsp-response.ts'
import { judgeCertificate, type TrustPolicy } from '../trust/judge-certificate.ts'
import { trustProfiles } from '../trust/trust-profile.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { digest } from '../x509/digest-algorithms.ts'
import { ANY_POLICY_WILL_DO } from '../x509/policy-graph.ts'
import { verifySignature } from '../x509/signature-algorithms.ts'
import { judgeSignedXml } from '../xml-signature/judge-signed-xml.ts'
import type { Check } from './check.ts'
import { platformChecks } from './platform-checks.ts'
import { type PublishedVectors, readPublishedVectors } from './published-vectors.ts'

export interface SelfTestCheck {
  readonly name: string
  readonly passed: boolean
}

export interface SelfTestReport {
  readonly passed: boolean
  readonly checks: readonly SelfTestCheck[]
}

const DAY_MS = 24 * 60 * 60 * 1000
const decoded = (base64: string) => Buffer.from(base64, 'base64')
const octets = (hex: string) => Buffer.from(hex, 'hex')

/**
 * The cryptographic self-test: what the platform's library must give (BoringSSL inside Electron, OpenSSL outside), and
 * the published ГОСТ vectors through the very code that judges the portal. It must pass wherever the product runs.
 * @param options.vectors the file of the published vectors.
 */
export async function runSelfTest(options: { readonly vectors: Uint8Array }): Promise<SelfTestReport> {
  const vectors = readPublishedVectors(options.vectors)
  const all: readonly Check[] = [
    ...platformChecks,
    ['published vectors are readable', () => vectors !== undefined],
    ...(vectors === undefined ? [] : vectorChecks(vectors)),
  ]
  const checks: SelfTestCheck[] = []
  for (const [name, run] of all) checks.push({ name, passed: await holds(run) })
  return { passed: checks.every(({ passed }) => passed), checks }
}

async function holds(run: Check[1]): Promise<boolean> {
  try {
    return (await run()) === true
  } catch {
    return false
  }
}

function vectorChecks({ digests, sets, judgedAt }: PublishedVectors): readonly Check[] {
  const at = new Date(judgedAt)
  return [
    ['Streebog-512, Streebog-256, ГОСТ 34.311-95', () => digests.every(digestsMatch)],
    ...sets.flatMap((set) => setChecks(set, at)),
  ]
}

function digestsMatch(vector: PublishedVectors['digests'][number]): boolean {
  const message = octets(vector.message)
  return (
    digest('gost2015-512', message).equals(octets(vector['streebog-512'])) &&
    digest('gost2015-256', message).equals(octets(vector['streebog-256'])) &&
    digest('gost2004', message).equals(octets(vector['34.311-95']))
  )
}

function setChecks(set: PublishedVectors['sets'][number], at: Date): readonly Check[] {
  const key = (name: string) => named(set.keys, name)
  const certificate = (name: string): Certificate => {
    const parsed = parseCertificate(decoded(named(set.certificates, name).certificate))
    if (parsed === undefined) throw new Error('malformed certificate')
    return parsed
  }
  const verifies = (data: Uint8Array, signature: Uint8Array) =>
    verifySignature({
      algorithm: { kind: 'gost', digest: set.algorithm },
      publicKeyInfo: decoded(key('signer').subjectPublicKeyInfo),
      data,
      signature,
    }).ok
  const { checkSigner, checkTimestampAuthority } = trustProfiles.nuc
  const trust = (evidence: 'crl' | 'ocsp' | 'none'): TrustPolicy => {
    const intermediates = [certificate('authority')]
    const crl = parseCertificateList(decoded(set.crl.crl))
    const ocsp = parseOcspResponse(decoded(set.ocsp.response))
    const revocation = createRevocationJudge({
      evidence: {
        crls: evidence === 'crl' && crl ? [crl] : [],
        ocspResponses: evidence === 'ocsp' && ocsp ? [ocsp] : [],
      },
      intermediates,
      ocspMaxAgeMs: DAY_MS,
      authoritiesRequired: false,
    })
    return {
      anchors: [certificate('root')],
      intermediates,
      policy: ANY_POLICY_WILL_DO,
      ...(evidence !== 'none' && { revocation }),
    }
  }
  const subIndication = (name: string, evidence: 'crl' | 'ocsp', checkUse = checkSigner) => {
    const judged = judgeCertificate({ certificate: certificate(name), trust: trust(evidence), at, checkUse })
    return judged.ok ? 'passed' : judged.refusal.subIndication
  }
  const messagePolicy = { trust: trust('none'), checkSigner, checkTimestampAuthority, at, now: at }
  const judgeCms = (name: string, content: Uint8Array): string => {
    const read = readSignedMessage(decoded(named(set.cms, name).message))
    const message = read && withContent(read, content)
    if (!message?.ok) return 'HASH_FAILURE'
    const [judged] = judgeSignedMessage(message.value, messagePolicy)
    return judged === undefined ? 'none' : (judged.refusal?.subIndication ?? 'passed')
  }
  const xmlPasses = (signed: string) => {
    const judged = judgeSignedXml(decoded(signed), messagePolicy)
    return judged.ok && judged.value.length === 1 && judged.value.every(({ refusal }) => refusal === undefined)
  }
  const checks: readonly Check[] = [
    [
      'signature verifies, and not over anything else',
      () => {
        const [data, value] = [decoded(set.signature.signedOctets), octets(set.signature.signature)]
        return verifies(data, value) && !verifies(Buffer.concat([data, Buffer.from([0])]), value)
      },
    ],
    [
      'a new signature verifies, and another differs from it',
      () => {
        const parsed = parseGostPrivateKey(decoded(key('signer').privateKeyInfo))
        if (parsed === undefined) return false
        const data = Buffer.from('self-test')
        const sign = () => gost3410Sign({ privateKey: parsed.privateKey, digest: digest(set.algorithm, data) })
        const [first, second] = [sign(), sign()]
        return verifies(data, first) && verifies(data, second) && !Buffer.from(first).equals(second)
      },
    ],
    ['path with a CRL', () => subIndication('signer', 'crl') === 'passed'],
    ['path with an OCSP response', () => subIndication('signer', 'ocsp') === 'passed'],
    ['a revoked certificate is refused', () => subIndication('revoked', 'crl') === 'REVOKED'],
    ['a response for another certificate says nothing', () => subIndication('revoked', 'ocsp') === 'TRY_LATER'],
    [
      'an OCSP responder may not sign documents',
      () => subIndication('responder', 'crl') === 'CHAIN_CONSTRAINTS_FAILURE',
    ],
    ...set.cms.map(
      ({ name, content }): Check => [
        `CMS ${name}, and not with other content`,
        () => judgeCms(name, decoded(content)) === 'passed' && judgeCms(name, Buffer.from('other')) === 'HASH_FAILURE',
      ],
    ),
    ['XMLDSig', () => xmlPasses(set.xmldsig.signed)],
    ['wsse', () => xmlPasses(set.wsse.signed)],
    [
      'timestamp, and not over anything else',
      () => {
        const covers = (covered: Uint8Array) => checkTimestampToken(decoded(set.timestamp.token), covered).ok
        return covers(octets(set.timestamp.covered)) && !covers(Buffer.from('other'))
      },
    ],
  ]
  return checks.map(([name, run]) => [`${set.algorithm}: ${name}`, run])
}

function named<T extends { readonly name: string }>(items: readonly T[], name: string): T {
  const found = items.find((item) => item.name === name)
  if (found === undefined) throw new Error(`no ${name}`)
  return found
}
