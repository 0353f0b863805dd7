import { createHash } from 'node:crypto'
import { type AsnType, Enumerated } from 'asn1js'
import {
  decoded,
  encode,
  generalizedTime,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  tagged,
  taggedOctets,
} from '../asn1/der.ts'
import { extension, publicKeyBits } from '../certification-authority/certificate-extensions.ts'
import {
  certificateDer,
  type Issuer,
  publicKeyInfoOf,
  serialNumberOf,
  signed,
  subjectOf,
} from '../certification-authority/issue-certificate.ts'
import { crlReasons } from '../certification-authority/issue-revocation-list.ts'
import type { AuthorityBranch } from '../certification-authority/read-authority.ts'
import type { Revocation } from '../certification-authority/revocation-book.ts'
import { OCSP_NONCE, type OcspQuestion, readOcspRequest } from './read-ocsp-request.ts'

/** Whatever the responder is told to do wrongly. */
export type OcspFault = 'ocsp-stale' | 'ocsp-other-certificate' | 'ocsp-unauthorised'

/** @returns an OCSPResponse, DER, for any bytes whatever. */
export type OcspResponder = (request: Uint8Array, fault?: OcspFault) => Promise<Buffer>

const OCSP_BASIC = '1.3.6.1.5.5.7.48.1.1'
const STATUS = { malformedRequest: 1, unauthorized: 6 } as const
const STALE_MS = 3 * 24 * 60 * 60 * 1000
const CERT_ID_HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
}

/**
 * Answers as НУЦ's responder does: the nonce repeated, the responder's certificate inside, no nextUpdate, signed with
 * the algorithm of the authority that the first question names. A certificate that this authority never issued is
 * `unknown`; a question about other authorities alone is `unauthorized`.
 */
export function createOcspResponder(options: {
  readonly branches: readonly AuthorityBranch[]
  readonly revocations: () => Promise<readonly Revocation[]>
  readonly now: () => Date
}): OcspResponder {
  const { branches, now } = options

  async function answer(request: Uint8Array, fault: OcspFault | undefined): Promise<Buffer> {
    const { questions, nonce } = readOcspRequest(request)
    const branch = branches.find((candidate) => questions.some((question) => isAbout(candidate, question)))
    if (branch === undefined) return failure(STATUS.unauthorized)
    const revocations = await options.revocations()
    const at = fault === 'ocsp-stale' ? new Date(now().getTime() - STALE_MS) : now()
    const responses = questions.map((question) =>
      singleResponse({ branch, question, revocations, at, swapped: fault === 'ocsp-other-certificate' }),
    )
    const responder = fault === 'ocsp-unauthorised' ? branch.signers['other-signer'] : branch.signers.ocsp
    return success(basicResponse({ responder, responses, at, ...(nonce === undefined ? {} : { nonce }) }))
  }

  return async (request, fault) => {
    try {
      return await answer(request, fault)
    } catch {
      return failure(STATUS.malformedRequest)
    }
  }
}

function isAbout({ issuing }: AuthorityBranch, question: OcspQuestion): boolean {
  const hash = Object.hasOwn(CERT_ID_HASHES, question.hashOid) ? CERT_ID_HASHES[question.hashOid] : undefined
  if (hash === undefined) return false
  const digest = (data: Uint8Array): Buffer => createHash(hash).update(data).digest()
  return (
    digest(encode(subjectOf(issuing.certificate))).equals(question.issuerNameHash) &&
    digest(publicKeyBits(publicKeyInfoOf(issuing.certificate))).equals(question.issuerKeyHash)
  )
}

function singleResponse(options: {
  readonly branch: AuthorityBranch
  readonly question: OcspQuestion
  readonly revocations: readonly Revocation[]
  readonly at: Date
  readonly swapped: boolean
}): AsnType {
  const { branch, question, revocations, at } = options
  const revocation = revocations.find(({ serialNumber }) => question.serialNumber.equals(serialNumber))
  const known = isAbout(branch, question) && branch.isIssued(question.serialNumber)
  const status = known ? certStatus(revocation) : taggedOctets(2, Buffer.alloc(0))
  const certId = options.swapped ? otherCertId(branch, question) : decoded(question.certId)
  return sequence(certId, status, generalizedTime(at))
}

function certStatus(revocation: Revocation | undefined): AsnType {
  if (revocation === undefined || revocation.reinstatedAt !== undefined) return taggedOctets(0, Buffer.alloc(0))
  const reason = new Enumerated({ value: crlReasons[revocation.reason] })
  return tagged(1, generalizedTime(revocation.revokedAt), tagged(0, reason))
}

/** The same issuer and somebody else's serial number: the OCSP responder's own. */
function otherCertId(branch: AuthorityBranch, question: OcspQuestion): AsnType {
  return sequence(
    sequence(objectIdentifier(question.hashOid), nullValue()),
    octetString(question.issuerNameHash),
    octetString(question.issuerKeyHash),
    integer(serialNumberOf(branch.signers.ocsp.certificate)),
  )
}

function basicResponse(options: {
  readonly responder: Issuer
  readonly responses: readonly AsnType[]
  readonly at: Date
  readonly nonce?: Buffer
}): Buffer {
  const { responder, responses, at, nonce } = options
  const extensions = nonce === undefined ? [] : [tagged(1, sequence(extension({ oid: OCSP_NONCE, value: nonce })))]
  const data = sequence(
    tagged(1, subjectOf(responder.certificate)),
    generalizedTime(at),
    sequence(...responses),
    ...extensions,
  )
  const certificates = tagged(0, sequence(decoded(certificateDer(responder.certificate))))
  return signed(data, responder.key, certificates)
}

/** OCSPResponse of status `successful`. */
function success(basic: Buffer): Buffer {
  const bytes = sequence(objectIdentifier(OCSP_BASIC), octetString(basic))
  return encode(sequence(new Enumerated({ value: 0 }), tagged(0, bytes)))
}

function failure(status: number): Buffer {
  return encode(sequence(new Enumerated({ value: status })))
}
