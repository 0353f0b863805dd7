import { judgeSignedMessage } from '../../../src/main/adapters/cms/judge-signed-message.ts'
import { readSignedMessage } from '../../../src/main/adapters/cms/read-signed-message.ts'
import { parseCertificateList } from '../../../src/main/adapters/revocation/certificate-list.ts'
import { createRevocationJudge } from '../../../src/main/adapters/revocation/create-revocation-judge.ts'
import { type OcspResponse, parseOcspResponse } from '../../../src/main/adapters/revocation/ocsp-response.ts'
import { judgeCertificate, type TrustPolicy } from '../../../src/main/adapters/trust/judge-certificate.ts'
import { trustProfiles } from '../../../src/main/adapters/trust/trust-profile.ts'
import { type Certificate, parseCertificate } from '../../../src/main/adapters/x509/certificate.ts'
import { type Outcome, refusalOf } from '../../../src/main/adapters/x509/outcome.ts'
import { ANY_POLICY_WILL_DO } from '../../../src/main/adapters/x509/policy-graph.ts'
import {
  authorityExtensions,
  extension,
  issueCertificate,
  moments,
  signerExtensions,
  type TestCertificate,
} from '../../support/pki-certificate.ts'
import { rsaKeys, type TestKeys } from '../../support/pki-keys.ts'
import type { JudgedCase } from './hostile-case.ts'

export interface HostilePki {
  readonly root: TestCertificate
  readonly authority: TestCertificate
  readonly signer: TestCertificate
}

/** What НУЦ asks of a person's certificate. */
export const nucExtensions = () => [
  ...signerExtensions(),
  extension.extendedKeyUsage('1.2.398.3.3.4.1.1'),
  extension.policies('1.2.398.3.3.2'),
]

/** A root, an issuing authority and a signer by НУЦ's rules, with keys of one kind. */
export function nucPki(name: string, keysOf: (name: string) => TestKeys = rsaKeys): HostilePki {
  const root = issueCertificate({
    subject: `${name} root`,
    keys: keysOf(`${name} root`),
    extensions: authorityExtensions(),
  })
  const authority = issueCertificate({
    subject: `${name} authority`,
    keys: keysOf(`${name} authority`),
    issuer: root,
    extensions: [...authorityExtensions(), extension.policies('2.5.29.32.0')],
  })
  const signer = issueCertificate({
    subject: `${name} signer`,
    keys: keysOf(`${name} signer`),
    issuer: authority,
    extensions: nucExtensions(),
  })
  return { root, authority, signer }
}

export interface Evidence {
  readonly crls?: readonly Uint8Array[]
  readonly ocsp?: readonly Uint8Array[]
  /** Already fetched ones. */
  readonly responses?: readonly OcspResponse[]
}

export interface Circumstances {
  readonly at?: Date
  readonly with?: readonly TestCertificate[]
  /** Absent: revocation is not asked. */
  readonly evidence?: Evidence
}

export const parsed = ({ der }: TestCertificate): Certificate => {
  const certificate = parseCertificate(der)
  if (certificate === undefined) throw new Error('the test made a malformed certificate')
  return certificate
}

export function trustOf({ root, authority }: HostilePki, { with: more = [], evidence }: Circumstances): TrustPolicy {
  const intermediates = [authority, ...more].map(parsed)
  const revocation =
    evidence &&
    createRevocationJudge({
      evidence: {
        crls: (evidence.crls ?? []).flatMap((der) => parseCertificateList(der) ?? []),
        ocspResponses: [
          ...(evidence.responses ?? []),
          ...(evidence.ocsp ?? []).flatMap((der) => parseOcspResponse(der) ?? []),
        ],
      },
      intermediates,
      ocspMaxAgeMs: 24 * 60 * 60 * 1000,
      authoritiesRequired: false,
    })
  return { anchors: [parsed(root)], intermediates, policy: ANY_POLICY_WILL_DO, ...(revocation && { revocation }) }
}

/** A certificate by НУЦ's rules. */
export function judgeOne(certificate: TestCertificate, pki: HostilePki, circumstances: Circumstances = {}): JudgedCase {
  const read = parseCertificate(certificate.der)
  if (read === undefined) return refusalOf('FORMAT_FAILURE', 'malformed')
  return verdictOf(
    judgeCertificate({
      certificate: read,
      trust: trustOf(pki, circumstances),
      at: circumstances.at ?? moments.now,
      checkUse: trustProfiles.nuc.checkSigner,
    }),
  )
}

/** A message by НУЦ's rules; the moment is that of a verified timestamp, where there is one. */
export function judgeMessage(message: Uint8Array, pki: HostilePki, circumstances: Circumstances = {}): JudgedCase {
  const read = readSignedMessage(message)
  if (read === undefined) return refusalOf('FORMAT_FAILURE', 'malformed')
  const { checkSigner, checkTimestampAuthority } = trustProfiles.nuc
  const judged = judgeSignedMessage(read, {
    trust: trustOf(pki, circumstances),
    checkSigner,
    checkTimestampAuthority,
    now: moments.now,
    ...(circumstances.at && { at: circumstances.at }),
  })
  if (judged.length !== 1) throw new Error('one signer expected')
  return judged[0]?.refusal ?? { indication: 'TOTAL-PASSED' }
}

function verdictOf(outcome: Outcome<unknown>): JudgedCase {
  return outcome.ok ? { indication: 'TOTAL-PASSED' } : outcome.refusal
}
