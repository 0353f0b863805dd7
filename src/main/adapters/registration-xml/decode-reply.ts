import {
  type ExclusionSign,
  exclusionSignCodes,
  type LegalCapacity,
  legalCapacityCodes,
} from '../../../shared/domain/reference-data.ts'
import {
  type DeliveredPassword,
  type KeptReplyState,
  type MobileRefusalReason,
  mobileRefusalReasons,
  type PersonStatus,
  type PortalRefusal,
  type RefusalReason,
  type RegistrationReply,
  type RegistrationResult,
  refusalReasons,
  registrationLimits,
  registrationNamespace,
} from '../../../shared/domain/registration.ts'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import { parseXml, type XmlLimits } from '../xml/parse-xml.ts'
import { SequenceReader, UnexpectedXml } from '../xml/sequence-reader.ts'
import type { XmlElement } from '../xml/xml-tree.ts'
import {
  attempts,
  boolean,
  bytes32,
  iin,
  message,
  mobileNumber,
  password,
  personName,
  sealedBytes,
  seconds,
  signedReply,
  utcTime,
  uuid,
} from './value-formats.ts'

/** More than the longest valid reply, which carries another one. */
const LIMITS: XmlLimits = { bytes: 64 * 1024, depth: 8, elements: 64, attributesPerElement: 8, text: 48 * 1024 }

/**
 * Reads a verified `registrationReply`: every element in its place and nothing else, so that what was signed is
 * what is read. Stricter than the XSD in four ways: no comments, no attributes, no white space around a value,
 * base64 only in its canonical spelling.
 * @returns failure `reply.payload-invalid`; `detail` names an element of the schema or a rule, never content.
 */
export function decodeReply(document: Uint8Array): Result<RegistrationReply> {
  const reading = parseXml({ bytes: document, limits: LIMITS })
  if (!reading.ok) return fail({ code: 'reply.payload-invalid', detail: reading.refusal })
  const outsideRoot = reading.document.children.length > 1
  try {
    if (outsideRoot) throw new UnexpectedXml('registrationReply')
    return succeed(readReply(reading.document.root))
  } catch (error) {
    if (error instanceof UnexpectedXml) return fail({ code: 'reply.payload-invalid', detail: error.element })
    throw error
  }
}

function readReply(root: XmlElement): RegistrationReply {
  if (root.local !== 'registrationReply' || root.namespace !== registrationNamespace) {
    throw new UnexpectedXml('registrationReply')
  }
  const reply = new SequenceReader({ element: root, namespace: registrationNamespace })
  const read = {
    requestId: reply.text('requestId', uuid),
    nonce: bytes(reply, 'nonce', bytes32),
    repliedAt: time(reply, 'repliedAt'),
    iin: reply.text('iin', iin),
    result: readResult(reply),
  }
  reply.end()
  return read
}

function readResult(reply: SequenceReader): RegistrationResult {
  switch (reply.peek()) {
    case 'registrationStatus':
      return readStatus(reply.sequence('registrationStatus'))
    case 'accountIssued':
      return readIssued(reply.sequence('accountIssued'))
    case 'alreadyRegistered':
      reply.empty('alreadyRegistered')
      return { kind: 'AlreadyRegistered' }
    case 'codeSent':
      return readCodeSent(reply.sequence('codeSent'))
    case 'mobileConnected':
      return readConnected(reply.sequence('mobileConnected'))
    case 'mobileRefused':
      return readMobileRefusal(reply.sequence('mobileRefused'))
    case 'requestStatus':
      return readRequestStatus(reply.sequence('requestStatus'))
    default:
      return { kind: 'Refused', refusal: readRefusal(reply.sequence('refused')) }
  }
}

/** A registered person may be refused too: the account exists, and the register's statuses speak against a new password. */
function readStatus(status: SequenceReader): RegistrationResult {
  const registered = flag(status, 'registered')
  const person = status.optionalSequence('person')
  const facts = person === undefined ? undefined : readPerson(person)
  const refused = status.optionalSequence('refusal')
  const refusal = refused === undefined ? undefined : readRefusal(refused)
  status.end()
  return {
    kind: 'RegistrationStatus',
    registered,
    ...(facts === undefined ? {} : { person: facts }),
    ...(refusal === undefined ? {} : { refusal }),
  }
}

function readCodeSent(sent: SequenceReader): RegistrationResult {
  const read = {
    kind: 'CodeSent',
    attempts: Number(sent.text('attempts', attempts)),
    validSeconds: Number(sent.text('validSeconds', seconds)),
    message: sent.text('message', message),
  } as const
  sent.end()
  return read
}

function readConnected(connected: SequenceReader): RegistrationResult {
  const number = connected.text('number', mobileNumber)
  const text = connected.text('message', message)
  connected.end()
  return { kind: 'MobileConnected', number, message: text }
}

function readMobileRefusal(refused: SequenceReader): RegistrationResult {
  const reason: MobileRefusalReason = oneOf(refused, 'reason', mobileRefusalReasons)
  const left = refused.peek() === 'attemptsLeft' ? Number(refused.text('attemptsLeft', attempts)) : undefined
  const text = refused.text('message', message)
  refused.end()
  return { kind: 'MobileRefused', reason, ...(left === undefined ? {} : { attemptsLeft: left }), message: text }
}

function readRequestStatus(status: SequenceReader): RegistrationResult {
  const of = status.text('of', uuid)
  const state = readKeptReply(status)
  status.end()
  return { kind: 'RequestStatus', of, state }
}

function readKeptReply(status: SequenceReader): KeptReplyState {
  switch (status.peek()) {
    case 'unknown':
      status.empty('unknown')
      return { name: 'unknown' }
    case 'notKept':
      status.empty('notKept')
      return { name: 'not-kept' }
    default: {
      const reply = bytes(status, 'served', signedReply)
      if (reply.length > registrationLimits.keptReply) throw new UnexpectedXml('served')
      return { name: 'served', reply }
    }
  }
}

function readPerson(person: SequenceReader): PersonStatus {
  const name = person.text('name', personName)
  const lifeStatus = person.text('lifeStatus', /^[0-9]$/)
  const exclusionSign =
    person.peek() === 'exclusionSign' ? oneOf(person, 'exclusionSign', exclusionSignCodes) : undefined
  const legalCapacity: LegalCapacity = oneOf(person, 'legalCapacity', legalCapacityCodes)
  const prosecutorRecord = flag(person, 'prosecutorRecord')
  person.end()
  const sign: { exclusionSign?: ExclusionSign } = exclusionSign === undefined ? {} : { exclusionSign }
  return { name, lifeStatus, ...sign, legalCapacity, prosecutorRecord }
}

function readRefusal(refusal: SequenceReader): PortalRefusal {
  const reason: RefusalReason = oneOf(refusal, 'reason', refusalReasons)
  const text = refusal.text('message', message)
  refusal.end()
  return { reason, message: text }
}

function readIssued(issued: SequenceReader): RegistrationResult {
  const read = {
    kind: 'AccountIssued',
    action: oneOf(issued, 'action', ['created', 'regenerated'] as const),
    login: issued.text('login', iin),
    password: readPassword(issued),
    message: issued.text('message', message),
  } as const
  issued.end()
  return read
}

function readPassword(issued: SequenceReader): DeliveredPassword {
  if (issued.peek() === 'plainPassword') {
    return { profile: 'plain', password: Buffer.from(issued.text('plainPassword', password), 'latin1') }
  }
  const sealed = issued.sequence('sealedPassword')
  const encapsulatedKey = bytes(sealed, 'encapsulatedKey', bytes32)
  const ciphertext = bytes(sealed, 'ciphertext', sealedBytes)
  const { min, max } = registrationLimits.password
  if (ciphertext.length < min + GCM_TAG || ciphertext.length > max + GCM_TAG) throw new UnexpectedXml('ciphertext')
  sealed.end()
  return { profile: 'hpke', encapsulatedKey, ciphertext }
}

/** Bytes that AES-GCM adds to a message. */
const GCM_TAG = 16

/** Base64 that is its own canonical spelling: a second spelling of the same bytes would not bind as written. */
function bytes(reader: SequenceReader, name: string, format: RegExp): Uint8Array {
  const text = reader.text(name, format)
  const decoded = Buffer.from(text, 'base64')
  if (decoded.toString('base64') !== text) throw new UnexpectedXml(name)
  return decoded
}

/** A day that exists, in the years that XML Schema knows. */
function time(reader: SequenceReader, name: string): Date {
  const text = reader.text(name, utcTime)
  const date = new Date(text)
  const exists = !Number.isNaN(date.getTime()) && date.toISOString() === text && !text.startsWith('0000')
  if (!exists) throw new UnexpectedXml(name)
  return date
}

function flag(reader: SequenceReader, name: string): boolean {
  const text = reader.text(name, boolean)
  return text === 'true' || text === '1'
}

function oneOf<Value extends string>(reader: SequenceReader, name: string, values: readonly Value[]): Value {
  const text = reader.text(name)
  const found = values.find((value) => value === text)
  if (found === undefined) throw new UnexpectedXml(name)
  return found
}
