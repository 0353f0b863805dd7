import type { TreeHead } from '../../shared/domain/audit-head.ts'
import {
  type RegistrationRequest,
  registrationLimits,
  registrationNamespace,
} from '../../shared/domain/registration.ts'
import { parseXml, type XmlElement } from '../xml/parse-xml.ts'

const MAX_BYTES = 16 * 1024

const PATTERNS = {
  requestId: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  bytes32: /^[A-Za-z0-9+/]{43}=$/,
  utcTime: /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/,
  identifier: /^[\p{L}\p{N}._@-]{1,64}$/u,
  iin: /^[0-9]{12}$/,
  mobile: /^\+77[0-9]{9}$/,
  code: /^[0-9]{6}$/,
} as const

/** What a reply repeats of its request, as the request wrote it. */
export interface RequestIdentity {
  readonly requestId: string
  readonly nonceBase64: string
  readonly iin: string
}

export type ReceivedRequest = RegistrationRequest & RequestIdentity

/**
 * Reads `registrationRequest` exactly as registration-v1.xsd has it: order, types, lengths, nothing besides.
 * @returns undefined where the document is anything else.
 */
export function readRegistrationRequest(document: Uint8Array): ReceivedRequest | undefined {
  const root = parseXml({ document, maxBytes: MAX_BYTES })
  if (root?.name !== 'registrationRequest' || !isPlain(root)) return undefined
  if (root.children.length < 7 || root.children.length > 8) return undefined
  const [requestId, nonce, createdAt, workstation, operator, iin, operation, witnessed] = root.children
  const request = {
    requestId: textOf(requestId, 'requestId', PATTERNS.requestId),
    nonceBase64: textOf(nonce, 'nonce', PATTERNS.bytes32),
    createdAt: timeOf(createdAt, 'createdAt'),
    workstation: textOf(workstation, 'workstation', PATTERNS.identifier),
    operator: textOf(operator, 'operator', PATTERNS.identifier),
    iin: textOf(iin, 'iin', PATTERNS.iin),
    operation: operationOf(operation),
  }
  if (!isComplete(request)) return undefined
  const complete = { ...request, nonce: Buffer.from(request.nonceBase64, 'base64') }
  if (witnessed === undefined) return complete
  const auditHead = auditHeadOf(witnessed, request.workstation)
  return auditHead === undefined ? undefined : { ...complete, auditHead }
}

/**
 * What an untrusted or invalid document claims to be, so that even a refusal can be bound to it.
 * @returns undefined where no such claim can be read.
 */
export function readClaimedIdentity(document: Uint8Array): RequestIdentity | undefined {
  const root = parseXml({ document, maxBytes: MAX_BYTES })
  const claim = (name: string, pattern: RegExp): string | undefined =>
    textOf(
      root?.children.find((child) => child.name === name),
      name,
      pattern,
    )
  const identity = {
    requestId: claim('requestId', PATTERNS.requestId),
    nonceBase64: claim('nonce', PATTERNS.bytes32),
    iin: claim('iin', PATTERNS.iin),
  }
  return isComplete(identity) ? identity : undefined
}

function operationOf(element: XmlElement | undefined): RegistrationRequest['operation'] | undefined {
  if (element === undefined || !isPlain(element)) return undefined
  if (element.name === 'checkRegistration') return isEmpty(element) ? { kind: 'CheckRegistration' } : undefined
  if (element.name === 'requestStatus') return requestStatusOf(element)
  if (element.name === 'connectMobile') return connectMobileOf(element)
  if (element.name === 'confirmMobile') return confirmMobileOf(element)
  if (element.name !== 'registerUser' || element.children.length === 0 || element.children.length > 2) return undefined
  const delivery = deliveryOf(element.children.at(-1))
  if (delivery === undefined) return undefined
  if (element.children.length === 1) return { kind: 'RegisterUser', delivery }
  const reissueReason = textOf(element.children[0], 'reissueReason', /^/)
  const { min, max } = registrationLimits.reissueReason
  const length = Array.from(reissueReason ?? '').length
  if (reissueReason === undefined || length < min || length > max) return undefined
  return { kind: 'RegisterUser', reissueReason, delivery }
}

function requestStatusOf(element: XmlElement): RegistrationRequest['operation'] | undefined {
  const [of] = element.children
  const requestId = element.children.length === 1 ? textOf(of, 'of', PATTERNS.requestId) : undefined
  return requestId === undefined ? undefined : { kind: 'RequestStatus', of: requestId }
}

function connectMobileOf(element: XmlElement): RegistrationRequest['operation'] | undefined {
  const number = element.children.length === 1 ? textOf(element.children[0], 'number', PATTERNS.mobile) : undefined
  return number === undefined ? undefined : { kind: 'ConnectMobile', number }
}

function confirmMobileOf(element: XmlElement): RegistrationRequest['operation'] | undefined {
  if (element.children.length !== 3) return undefined
  const told = {
    of: textOf(element.children[0], 'of', PATTERNS.requestId),
    number: textOf(element.children[1], 'number', PATTERNS.mobile),
    code: textOf(element.children[2], 'code', PATTERNS.code),
  }
  return isComplete(told) ? { kind: 'ConfirmMobile', ...told } : undefined
}

function auditHeadOf(element: XmlElement, workstation: string): TreeHead | undefined {
  if (element.name !== 'auditHead' || !isPlain(element) || element.children.length !== 5) return undefined
  const [log, epoch, size, root, time] = element.children
  const head = {
    logId: textOf(log, 'log', /^[0-9a-f]{32}$/),
    workstation,
    epoch: countOf(epoch, 'epoch'),
    size: countOf(size, 'size'),
    root: textOf(root, 'root', /^[0-9a-f]{64}$/),
    at: timeOf(time, 'time')?.toISOString(),
  }
  return isComplete(head) ? head : undefined
}

function countOf(element: XmlElement | undefined, name: string): number | undefined {
  const text = textOf(element, name, /^[1-9][0-9]{0,14}$/)
  return text === undefined ? undefined : Number(text)
}

type Delivery = Extract<RegistrationRequest['operation'], { kind: 'RegisterUser' }>['delivery']

function deliveryOf(element: XmlElement | undefined): Delivery | undefined {
  if (element?.name === 'plainPassword') return isPlain(element) && isEmpty(element) ? { profile: 'plain' } : undefined
  const publicKey = textOf(element, 'sealTo', PATTERNS.bytes32)
  return publicKey === undefined ? undefined : { profile: 'hpke', publicKey: Buffer.from(publicKey, 'base64') }
}

function timeOf(element: XmlElement | undefined, name: string): Date | undefined {
  const text = textOf(element, name, PATTERNS.utcTime)
  const time = new Date(text ?? Number.NaN)
  // A 31st of February would have been moved to March.
  return !Number.isNaN(time.getTime()) && time.toISOString() === text ? time : undefined
}

function textOf(element: XmlElement | undefined, name: string, pattern: RegExp): string | undefined {
  if (element?.name !== name || !isPlain(element) || element.children.length > 0) return undefined
  return pattern.test(element.text) ? element.text : undefined
}

function isPlain(element: XmlElement): boolean {
  return element.namespace === registrationNamespace && element.attributes.size === 0
}

function isEmpty(element: XmlElement): boolean {
  return element.children.length === 0 && element.text === ''
}

type Complete<T> = { [K in keyof T]: Exclude<T[K], undefined> }

function isComplete<T extends object>(values: T): values is T & Complete<T> {
  return Object.values(values).every((value) => value !== undefined)
}
