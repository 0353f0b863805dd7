import type { TreeHead } from '../../../shared/domain/audit-head.ts'
import {
  type RegistrationOperation,
  type RegistrationRequest,
  registrationNamespace,
} from '../../../shared/domain/registration.ts'
import { escapeXmlText } from '../xml/escape-xml-text.ts'
import {
  bytes32,
  count,
  hex16,
  hex32,
  identifier,
  iin,
  mobileNumber,
  reason,
  smsCode,
  utcTime,
  uuid,
} from './value-formats.ts'

/**
 * Writes `registrationRequest`.
 * @throws RangeError naming the element whose value is outside the schema: the caller validated badly. The value
 * itself is not in the message.
 */
export function encodeRequest(request: RegistrationRequest): Uint8Array {
  const document = [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<registrationRequest xmlns="${registrationNamespace}">`,
    element('requestId', request.requestId, uuid),
    element('nonce', base64(request.nonce), bytes32),
    element('createdAt', request.createdAt.toISOString(), utcTime),
    element('workstation', request.workstation, identifier),
    element('operator', request.operator, identifier),
    element('iin', request.iin, iin),
    operation(request.operation),
    request.auditHead === undefined ? '' : auditHead(request.auditHead),
    '</registrationRequest>\n',
  ]
  return new TextEncoder().encode(document.join(''))
}

function operation(asked: RegistrationOperation): string {
  if (asked.kind === 'CheckRegistration') return '<checkRegistration/>'
  if (asked.kind === 'RequestStatus') return `<requestStatus>${element('of', asked.of, uuid)}</requestStatus>`
  if (asked.kind === 'ConnectMobile') {
    return `<connectMobile>${element('number', asked.number, mobileNumber)}</connectMobile>`
  }
  if (asked.kind === 'ConfirmMobile') {
    const { of, number, code } = asked
    const parts = [element('of', of, uuid), element('number', number, mobileNumber), element('code', code, smsCode)]
    return `<confirmMobile>${parts.join('')}</confirmMobile>`
  }
  const { reissueReason, delivery } = asked
  const why = reissueReason === undefined ? '' : element('reissueReason', reissueReason, reason)
  const password =
    delivery.profile === 'hpke' ? element('sealTo', base64(delivery.publicKey), bytes32) : '<plainPassword/>'
  return `<registerUser>${why}${password}</registerUser>`
}

function auditHead({ logId, epoch, size, root, at }: TreeHead): string {
  return [
    '<auditHead>',
    element('log', logId, hex16),
    element('epoch', String(epoch), count),
    element('size', String(size), count),
    element('root', root, hex32),
    element('time', at, utcTime),
    '</auditHead>',
  ].join('')
}

function element(name: string, value: string, format: RegExp): string {
  if (!format.test(value)) throw new RangeError(`registrationRequest: ${name} is outside the schema`)
  return `<${name}>${escapeXmlText(value)}</${name}>`
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}
