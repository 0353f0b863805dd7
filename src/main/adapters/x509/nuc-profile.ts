import type { Certificate } from './certificate.ts'
import { keyUsageBits } from './certificate-extensions.ts'
import { type Outcome, pass, refuse } from './outcome.ts'

/** НУЦ's policies for those who sign: one since 2022, four by purpose before. */
const SIGNING_POLICY = /^1\.2\.398\.3\.3\.2(\.[1-4])?$/
export const NUC_TIMESTAMP_POLICY = /^1\.2\.398\.3\.3\.2\.6(\.\d+)?$/
const PERSON = '1.2.398.3.3.4.1.1'
/** A legal entity's, and with it an information system's. */
const LEGAL_ENTITY = '1.2.398.3.3.4.1.2'
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4'
const SERIAL_NUMBER = '2.5.4.5'
const UID = '0.9.2342.19200300.100.1.1'
const OBJECT_OF_KAZAKHSTAN = /^1\.2\.398(\.\d+)+$/

/**
 * НУЦ's rules for a certificate with which documents are signed: key usage nonRepudiation, which is asked first
 * because ГОСТ certificates may carry the bits of authentication beside it; the purpose of a person or a legal
 * entity; one of НУЦ's policies; and the UID of an information system. Refusal: CHAIN_CONSTRAINTS_FAILURE.
 */
export function checkNucSigner(certificate: Certificate): Outcome<void> {
  const { keyUsage, extendedKeyUsage = [] } = certificate.extensions
  if (keyUsage?.has(keyUsageBits.nonRepudiation) !== true) {
    return unfit(certificate, 'is not for signing: it lacks key usage nonRepudiation')
  }
  if (!extendedKeyUsage.includes(PERSON) && !extendedKeyUsage.includes(LEGAL_ENTITY)) {
    return unfit(certificate, 'is neither of a person nor of a legal entity by its extended key usage')
  }
  if (!hasPolicy(certificate, SIGNING_POLICY)) return unfit(certificate, "has none of НУЦ's signing policies")
  if (isInformationSystem(certificate) && !hasUid(certificate)) {
    return unfit(certificate, 'is of an information system, yet its subject carries no UID')
  }
  return pass(undefined)
}

/**
 * НУЦ's rules for the key with which a person shows who he is: not nonRepudiation, which is for documents and is asked
 * first; digitalSignature with keyEncipherment, or keyAgreement in ГОСТ; the purpose of a person, or of a legal entity's
 * employee; one of НУЦ's policies. Refusal: CHAIN_CONSTRAINTS_FAILURE.
 */
export function checkNucAuthentication(certificate: Certificate): Outcome<void> {
  const { keyUsage, extendedKeyUsage = [] } = certificate.extensions
  if (keyUsage === undefined || keyUsage.has(keyUsageBits.nonRepudiation)) {
    return unfit(certificate, 'is for signing documents, not for authentication')
  }
  const agrees = keyUsage.has(keyUsageBits.keyEncipherment) || keyUsage.has(keyUsageBits.keyAgreement)
  if (!keyUsage.has(keyUsageBits.digitalSignature) || !agrees) {
    return unfit(certificate, 'is not for authentication by its key usage')
  }
  if (!extendedKeyUsage.includes(PERSON) && !extendedKeyUsage.includes(LEGAL_ENTITY)) {
    return unfit(certificate, 'is neither of a person nor of a legal entity by its extended key usage')
  }
  if (!hasPolicy(certificate, SIGNING_POLICY))
    return unfit(certificate, "has none of НУЦ's policies for holders of keys")
  return iinOf(certificate) === undefined ? unfit(certificate, 'names no person by ИИН') : pass(undefined)
}

/** @returns the ИИН of the person whom the certificate names; undefined where it names none, or several. */
export function iinOf({ subject }: Certificate): string | undefined {
  const numbers = subject.attributes.filter(({ type }) => type === SERIAL_NUMBER)
  const [only, ...others] = numbers
  return only === undefined || others.length > 0 ? undefined : /^IIN([0-9]{12})$/.exec(only.value)?.[1]
}

/** НУЦ's rules for the signer of timestamps; RFC 3161, 2.3 wants that purpose alone. */
export function checkNucTimestampAuthority(certificate: Certificate): Outcome<void> {
  const { extendedKeyUsage = [] } = certificate.extensions
  if (extendedKeyUsage.length !== 1 || extendedKeyUsage[0] !== TIME_STAMPING) {
    return unfit(certificate, 'is not for timestamps alone by its extended key usage')
  }
  return hasPolicy(certificate, NUC_TIMESTAMP_POLICY)
    ? pass(undefined)
    : unfit(certificate, "has none of НУЦ's timestamp policies")
}

/** A legal entity's certificate that names no person: no ИИН, and no e-mail protection. */
function isInformationSystem({ subject, extensions }: Certificate): boolean {
  const { extendedKeyUsage = [] } = extensions
  const namesPerson = subject.attributes.some(({ type, value }) => type === SERIAL_NUMBER && value.startsWith('IIN'))
  return extendedKeyUsage.includes(LEGAL_ENTITY) && !namesPerson && !extendedKeyUsage.includes(EMAIL_PROTECTION)
}

function hasUid({ subject }: Certificate): boolean {
  return subject.attributes.some(({ type, value }) => type === UID && OBJECT_OF_KAZAKHSTAN.test(value))
}

function hasPolicy({ extensions }: Certificate, policies: RegExp): boolean {
  return [...(extensions.certificatePolicies ?? [])].some((oid) => policies.test(oid))
}

function unfit({ subject }: Certificate, what: string): Outcome<never> {
  return refuse('CHAIN_CONSTRAINTS_FAILURE', `"${subject.text}" ${what}`)
}
