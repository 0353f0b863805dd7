import { describe, expect, test } from 'vitest'
import { createRegistrationXmlCodec } from '../../../../../src/main/adapters/registration-xml/create-registration-xml-codec.ts'
import type { RegistrationResult } from '../../../../../src/shared/domain/registration.ts'
import {
  ciphertext,
  encapsulatedKey,
  replyNonce,
  replyRequestId,
  replyXml,
  resultXml,
} from '../../../../support/registration-reply-xml.ts'

const codec = createRegistrationXmlCodec()
const decode = (document: string) => codec.decodeReply(new TextEncoder().encode(document))

function resultOf(document: string): RegistrationResult {
  const reply = decode(document)
  if (!reply.ok) throw new Error(reply.failure.detail)
  return reply.value.result
}

function detailOf(document: string): string | undefined {
  const reply = decode(document)
  if (reply.ok) return 'accepted'
  expect(reply.failure.code).toBe('reply.payload-invalid')
  return reply.failure.detail
}

describe('a reply is read', () => {
  test('with what binds it to its request', () => {
    expect(decode(replyXml(resultXml.alreadyRegistered))).toEqual({
      ok: true,
      value: {
        requestId: replyRequestId,
        nonce: Buffer.from(replyNonce, 'base64'),
        repliedAt: new Date('2026-02-28T23:59:59.999Z'),
        iin: '000101500012',
        result: { kind: 'AlreadyRegistered' },
      },
    })
  })

  test('a status without an exclusion sign', () => {
    expect(resultOf(replyXml(resultXml.notRegistered))).toEqual({
      kind: 'RegistrationStatus',
      registered: false,
      person: { name: 'Иванов Иван', lifeStatus: '0', legalCapacity: '1', prosecutorRecord: false },
    })
  })

  test('a status that is registered and refused at once', () => {
    expect(resultOf(replyXml(resultXml.refusedStatus))).toEqual({
      kind: 'RegistrationStatus',
      registered: true,
      person: { name: 'Ә & Б', lifeStatus: '9', exclusionSign: '9', legalCapacity: '5', prosecutorRecord: true },
      refusal: { reason: 'life-status', message: 'Невозможно создать учетную запись (код:9).' },
    })
  })

  test('a status alone, with the short spelling of true', () => {
    expect(resultOf(replyXml(resultXml.bareStatus))).toEqual({ kind: 'RegistrationStatus', registered: true })
  })

  test('what came of a mobile number', () => {
    expect(
      [resultXml.codeSent, resultXml.mobileConnected, resultXml.wrongCode, resultXml.numberTaken].map((result) =>
        resultOf(replyXml(result)),
      ),
    ).toEqual([
      { kind: 'CodeSent', attempts: 3, validSeconds: 180, message: 'Проверочный код отправлен' },
      { kind: 'MobileConnected', number: '+77011234567', message: 'Номер подключен' },
      { kind: 'MobileRefused', reason: 'wrong-code', attemptsLeft: 2, message: 'Код неверен' },
      { kind: 'MobileRefused', reason: 'number-taken', message: 'Номер занят' },
    ])
    for (const [right, wrong, element] of [
      ['+77011234567', '+78011234567', 'number'],
      ['+77011234567', '87011234567', 'number'],
      ['<attemptsLeft>2', '<attemptsLeft>10', 'attemptsLeft'],
      ['wrong-code', 'wrong-number', 'reason'],
      ['<validSeconds>180', '<validSeconds>0', 'validSeconds'],
    ] as const) {
      const told = [resultXml.codeSent, resultXml.mobileConnected, resultXml.wrongCode].find((xml) =>
        xml.includes(right),
      )
      expect(detailOf(replyXml((told ?? '').replace(right, wrong))), wrong).toBe(element)
    }
  })

  test('a sealed password', () => {
    expect(resultOf(replyXml(resultXml.issuedSealed))).toEqual({
      kind: 'AccountIssued',
      action: 'created',
      login: '000101500012',
      password: {
        profile: 'hpke',
        encapsulatedKey: Buffer.from(encapsulatedKey, 'base64'),
        ciphertext: Buffer.from(ciphertext, 'base64'),
      },
      message: 'Поздравляем, "Вы" зарегистрировались.',
    })
  })

  test('a plain password, as the bytes that were written and never as a number', () => {
    const result = resultOf(replyXml(resultXml.issuedPlain))
    expect(result).toMatchObject({ action: 'regenerated', login: '000101500012', password: { profile: 'plain' } })
    if (result.kind !== 'AccountIssued' || result.password.profile !== 'plain') throw new Error('not a plain password')
    expect(result.password.password).toEqual(Buffer.from('0x1F<&"~!'))
  })

  test('a refusal', () => {
    expect(resultOf(replyXml(resultXml.refused))).toEqual({
      kind: 'Refused',
      refusal: { reason: 'signature-rejected', message: 'Запрос отклонен порталом' },
    })
  })

  test('with a prefix, indented, and with its text in CDATA', () => {
    const prefixed = replyXml(resultXml.refused)
      .replace('xmlns=', 'xmlns:r=')
      .replace(/<(\/?)([a-z])/gi, '<$1r:$2')
      .replaceAll('><', '>\n  <')
      .replace('Запрос отклонен', '<![CDATA[Запрос <]]>отклонен')
    expect(resultOf(prefixed)).toMatchObject({ refusal: { message: 'Запрос <отклонен порталом' } })
  })
})

describe('a reply is refused where it departs from the schema', () => {
  const issued = replyXml(resultXml.issuedSealed)
  const plain = replyXml(resultXml.issuedPlain)
  const status = replyXml(resultXml.refusedStatus)

  test.each<[string, string, string | RegExp, string, string]>([
    ['another root', issued, /registrationReply/g, 'registrationRequest', 'registrationReply'],
    ['another namespace', issued, 'registration:v1', 'registration:v2', 'registrationReply'],
    ['a comment before the root', issued, '<registrationReply', '<!-- --><registrationReply', 'registrationReply'],
    ['an attribute on the root', issued, ':v1"', ':v1" x="1"', 'registrationReply'],
    ['an attribute on a value', issued, '<iin>', '<iin x="1">', 'iin'],
    [
      'a type given by an attribute',
      issued,
      '<iin>',
      '<iin xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="false">',
      'iin',
    ],
    ['an unknown element', issued, '<iin>', '<note/><iin>', 'iin'],
    ['an element twice', issued, /<iin>.*?<\/iin>/, '$&$&', 'refused'],
    ['an element out of order', issued, /(<nonce>.*?<\/nonce>)(<repliedAt>.*?<\/repliedAt>)/, '$2$1', 'nonce'],
    ['an element missing', issued, /<nonce>.*?<\/nonce>/, '', 'nonce'],
    ['no result', issued, /<accountIssued>.*<\/accountIssued>/, '', 'refused'],
    ['two results', issued, '</registrationReply>', '<alreadyRegistered/></registrationReply>', 'registrationReply'],
    ['an unknown result', issued, /accountIssued/g, 'accountOpened', 'refused'],
    ['text between elements', issued, '<nonce>', 'x<nonce>', 'registrationReply'],
    ['a comment between elements', issued, '<nonce>', '<!--x--><nonce>', 'registrationReply'],
    ['a comment inside the ИИН', issued, '<iin>000101', '<iin>000101<!--x-->', 'iin'],
    ['a comment inside a message', issued, 'Поздравляем', 'Поздрав<!--x-->ляем', 'message'],
    ['an element inside a message', issued, 'Поздравляем', 'Поздрав<b/>ляем', 'message'],
    ['an upper-case request id', issued, replyRequestId, replyRequestId.toUpperCase(), 'requestId'],
    ['a short nonce', issued, replyNonce, 'AAEC', 'nonce'],
    ['a nonce with loose bits in its last letter', issued, replyNonce, replyNonce.replace('8=', '9='), 'nonce'],
    ['a nonce with a line end in it', issued, replyNonce, `${replyNonce}\n`, 'nonce'],
    ['a time without milliseconds', issued, '59.999Z', '59Z', 'repliedAt'],
    ['a time with an offset', issued, '59.999Z', '59.999+05:00', 'repliedAt'],
    ['a day that does not exist', issued, '2026-02-28', '2026-02-29', 'repliedAt'],
    ['a thirteenth month', issued, '2026-02-28', '2026-13-01', 'repliedAt'],
    ['the twenty-fifth hour', issued, 'T23:', 'T24:', 'repliedAt'],
    ['a leap second', issued, ':59.999Z', ':60.000Z', 'repliedAt'],
    ['the year nought', issued, '2026-02', '0000-02', 'repliedAt'],
    ['an ИИН of eleven digits', issued, '<iin>0', '<iin>', 'iin'],
    ['an ИИН in other digits', issued, '<iin>0', '<iin>٠', 'iin'],
    ['spaces around the ИИН', issued, '<iin>000101500012', '<iin> 000101500012', 'iin'],
    ['an unknown action', issued, 'created', 'Created', 'action'],
    ['a login that is no ИИН', issued, '<login>0', '<login>a', 'login'],
    ['no password', issued, /<sealedPassword>.*<\/sealedPassword>/, '', 'sealedPassword'],
    ['both kinds of password', plain, '<message>', `<sealedPassword/><message>`, 'message'],
    ['a short encapsulated key', issued, encapsulatedKey, encapsulatedKey.slice(4), 'encapsulatedKey'],
    ['a ciphertext shorter than any password', issued, ciphertext, `${'A'.repeat(31)}=`, 'ciphertext'],
    ['a ciphertext longer than any password', issued, ciphertext, 'A'.repeat(108), 'ciphertext'],
    ['a ciphertext with too little padding', issued, ciphertext, `${'A'.repeat(33)}=`, 'ciphertext'],
    ['a ciphertext with loose bits', issued, ciphertext, `${'A'.repeat(34)}B=`, 'ciphertext'],
    ['a ciphertext in the URL alphabet', issued, ciphertext, `_${ciphertext.slice(1)}`, 'ciphertext'],
    ['a plain password that is too short', plain, '0x1F&lt;&amp;"~!', 'Ab3$xyz', 'plainPassword'],
    ['a plain password that is too long', plain, '0x1F&lt;&amp;"~!', 'a'.repeat(65), 'plainPassword'],
    ['a plain password with a space', plain, '0x1F', '0x F', 'plainPassword'],
    ['a plain password with a Cyrillic letter', plain, '0x1F', '0х1F', 'plainPassword'],
    ['an empty message', plain, 'Новый пароль', '', 'message'],
    ['a message that is too long', plain, 'Новый пароль', 'a'.repeat(1001), 'message'],
    ['a boolean in words', status, '<registered>true', '<registered>yes', 'registered'],
    ['a boolean in capitals', status, '<registered>true', '<registered>True', 'registered'],
    ['an empty name', status, 'Ә &amp; Б', '', 'name'],
    ['a name that is too long', status, 'Ә &amp; Б', 'Б'.repeat(201), 'name'],
    ['a life status of two digits', status, '<lifeStatus>9', '<lifeStatus>09', 'lifeStatus'],
    ['the exclusion sign nought', status, '<exclusionSign>9', '<exclusionSign>0', 'exclusionSign'],
    ['a legal capacity outside the directory', status, '<legalCapacity>5', '<legalCapacity>6', 'legalCapacity'],
    ['an unknown reason', status, 'life-status', 'toString', 'reason'],
    [
      'a refusal before the person',
      status,
      /(<person>.*<\/person>)(<refusal>.*<\/refusal>)/,
      '$2$1',
      'registrationStatus',
    ],
    [
      'content in an empty element',
      replyXml(resultXml.alreadyRegistered),
      '<alreadyRegistered/>',
      '<alreadyRegistered> </alreadyRegistered>',
      'alreadyRegistered',
    ],
    ['a DOCTYPE', issued, '<registrationReply', '<!DOCTYPE registrationReply><registrationReply', 'doctype'],
    ['a processing instruction', issued, '<nonce>', '<?x?><nonce>', 'processing-instruction'],
    ['an unknown entity', issued, 'Поздравляем', '&hello;', 'not-well-formed'],
    ['a second document behind it', issued, /$/, '<registrationReply/>', 'not-well-formed'],
    ['nothing at all', issued, /[\s\S]*/, '', 'not-well-formed'],
  ])('%s', (_name, document, from, to, detail) => {
    const changed = document.replace(from, to)
    expect(changed).not.toBe(document)
    expect(detailOf(changed)).toBe(detail)
  })

  test('at its bounds it is still read', () => {
    for (const [from, to] of [
      ['Новый пароль', '😀'.repeat(1000)],
      ['0x1F&lt;&amp;"~!', '!'.repeat(64)],
    ] as const) {
      expect(detailOf(plain.replace(from, to))).toBe('accepted')
    }
    expect(detailOf(status.replace('Ә &amp; Б', '😀'.repeat(200)))).toBe('accepted')
    for (const sealed of [ciphertext, `${'A'.repeat(107)}=`]) {
      expect(detailOf(issued.replace(ciphertext, sealed))).toBe('accepted')
    }
  })

  test('cut at any byte it is refused', () => {
    const whole = new TextEncoder().encode(issued)
    for (let length = 0; length < whole.length; length += 1) {
      expect(codec.decodeReply(whole.subarray(0, length)).ok).toBe(false)
    }
  })

  test('too long it is not even parsed', () => {
    expect(detailOf(issued + ' '.repeat(70_000))).toBe('too-large')
  })
})
