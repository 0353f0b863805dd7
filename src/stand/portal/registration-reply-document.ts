import {
  type DeliveredPassword,
  type KeptReplyState,
  type PersonStatus,
  type PortalRefusal,
  type RegistrationResult,
  registrationNamespace,
} from '../../shared/domain/registration.ts'
import { textElement, xmlText } from '../xml/xml-text.ts'
import type { RequestIdentity } from './registration-request-document.ts'

export interface Reply extends RequestIdentity {
  readonly repliedAt: Date
  readonly result: RegistrationResult
}

/** @returns `registrationReply` of registration-v1.xsd in UTF-8, ready to be signed. */
export function writeRegistrationReply(reply: Reply): Buffer {
  const document = [
    `<?xml version="1.0" encoding="UTF-8"?>\n<registrationReply xmlns="${xmlText(registrationNamespace)}">`,
    textElement('requestId', reply.requestId),
    textElement('nonce', reply.nonceBase64),
    textElement('repliedAt', reply.repliedAt.toISOString()),
    textElement('iin', reply.iin),
    resultElement(reply.result),
    '</registrationReply>',
  ]
  return Buffer.from(document.join(''), 'utf8')
}

function resultElement(result: RegistrationResult): string {
  switch (result.kind) {
    case 'RegistrationStatus': {
      const person = result.person === undefined ? '' : personElement(result.person)
      const refusal = result.refusal === undefined ? '' : refusalElement('refusal', result.refusal)
      const registered = textElement('registered', String(result.registered))
      return `<registrationStatus>${registered}${person}${refusal}</registrationStatus>`
    }
    case 'AccountIssued': {
      const account = textElement('action', result.action) + textElement('login', result.login)
      const message = textElement('message', result.message)
      return `<accountIssued>${account}${passwordElement(result.password)}${message}</accountIssued>`
    }
    case 'AlreadyRegistered':
      return '<alreadyRegistered/>'
    case 'CodeSent': {
      const { attempts, validSeconds, message } = result
      const told = textElement('attempts', String(attempts)) + textElement('validSeconds', String(validSeconds))
      return `<codeSent>${told}${textElement('message', message)}</codeSent>`
    }
    case 'MobileConnected': {
      const told = textElement('number', result.number) + textElement('message', result.message)
      return `<mobileConnected>${told}</mobileConnected>`
    }
    case 'MobileRefused': {
      const { reason, attemptsLeft, message } = result
      const left = attemptsLeft === undefined ? '' : textElement('attemptsLeft', String(attemptsLeft))
      return `<mobileRefused>${textElement('reason', reason)}${left}${textElement('message', message)}</mobileRefused>`
    }
    case 'RequestStatus':
      return `<requestStatus>${textElement('of', result.of)}${keptReplyElement(result.state)}</requestStatus>`
    case 'Refused':
      return refusalElement('refused', result.refusal)
  }
}

function keptReplyElement(state: KeptReplyState): string {
  if (state.name === 'served') return textElement('served', Buffer.from(state.reply).toString('base64'))
  return state.name === 'unknown' ? '<unknown/>' : '<notKept/>'
}

function personElement(person: PersonStatus): string {
  const exclusionSign = person.exclusionSign === undefined ? '' : textElement('exclusionSign', person.exclusionSign)
  const parts = [
    textElement('name', person.name),
    textElement('lifeStatus', person.lifeStatus),
    exclusionSign,
    textElement('legalCapacity', person.legalCapacity),
    textElement('prosecutorRecord', String(person.prosecutorRecord)),
  ]
  return `<person>${parts.join('')}</person>`
}

/** In the clear the password becomes text that cannot be wiped: that is what the profile «plain» costs. */
function passwordElement(password: DeliveredPassword): string {
  if (password.profile === 'plain')
    return textElement('plainPassword', Buffer.from(password.password).toString('ascii'))
  const encapsulatedKey = textElement('encapsulatedKey', Buffer.from(password.encapsulatedKey).toString('base64'))
  const ciphertext = textElement('ciphertext', Buffer.from(password.ciphertext).toString('base64'))
  return `<sealedPassword>${encapsulatedKey}${ciphertext}</sealedPassword>`
}

function refusalElement(name: string, refusal: PortalRefusal): string {
  return `<${name}>${textElement('reason', refusal.reason)}${textElement('message', refusal.message)}</${name}>`
}
