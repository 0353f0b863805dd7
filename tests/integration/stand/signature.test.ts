import { execFileSync } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { portalMessages } from '../../../src/shared/domain/reference-data.ts'
import { trainingKeyPin } from '../../../src/shared/domain/training.ts'
import { makeUpPeople } from '../../../src/stand/population-register/make-up-people.ts'
import { type Stand, startStand } from '../../../src/stand/start-stand.ts'
import {
  elementText,
  keyFileBeside,
  openKeyFile,
  openssl,
  replyOf,
  requestDocument,
  type SigningKey,
  sendSoap,
  signCades,
  soapMessage,
  verifyReply,
} from '../../support/stand-workstation.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

const temp = makeTempDir()
const dataDir = join(temp.path, 'stand')
const iin = makeUpPeople().at(-1)?.iin ?? ''
const registerPlain = '<registerUser><plainPassword/></registerUser>'

let stand: Stand
let key: SigningKey
const keyNamed = (name: string): SigningKey => openKeyFile(keyFileBeside(stand, name), temp.path)

beforeAll(async () => {
  stand = await startStand({ dataDir })
  key = openKeyFile(stand.workstationKeyFile, temp.path)
})
afterAll(async () => {
  await stand.close()
  temp.remove()
})

async function send(message: Buffer): Promise<string> {
  return verifyReply(replyOf(await sendSoap(stand, soapMessage(message.toString('base64')))), stand)
}

/** The message must be refused for this reason, in a reply bound to the request, and must change nothing. */
async function expectRejected(sign: (document: string) => Buffer, reason: string): Promise<void> {
  const [requestId, nonce] = [randomUUID(), randomBytes(32).toString('base64')]
  const reply = await send(sign(requestDocument({ requestId, nonce, iin, operation: registerPlain })))
  expect(elementText(reply, 'message')).toBe(portalMessages.signatureRejected(reason))
  expect(elementText(reply, 'reason')).toBe('signature-rejected')
  expect([elementText(reply, 'requestId'), elementText(reply, 'nonce'), elementText(reply, 'iin')]).toEqual([
    requestId,
    nonce,
    iin,
  ])
  const check = await send(signCades(requestDocument({ iin }), key))
  expect(elementText(check, 'registered')).toBe('false')
}

describe('a request whose signature fails a check gets a signed refusal that says why', () => {
  test.each([
    ['workstation-expired', 'сертификат просрочен'],
    ['workstation-revoked', 'сертификат отозван'],
    ['workstation-not-for-signing', 'ключ не для подписи'],
    ['foreign', 'чужой удостоверяющий центр'],
  ])('signed with the key %s', async (name, reason) => {
    await expectRejected((document) => signCades(document, keyNamed(name)), reason)
  })

  test('a foreign signature that brings its own authorities along', async () => {
    const foreign = keyNamed('foreign')
    await expectRejected(
      (document) => signCades(document, foreign, '-certfile', foreign.chain),
      'чужой удостоверяющий центр',
    )
  })

  test('one bit of the content changed', async () => {
    await expectRejected((document) => {
      const signed = signCades(document, key)
      const position = signed.indexOf('<operator>') + '<operator>'.length
      signed.writeUInt8(signed.readUInt8(position) ^ 1, position)
      return signed
    }, 'подпись неверна')
  })

  test('one bit of the signature value changed', async () => {
    await expectRejected((document) => {
      const signed = signCades(document, key)
      const last = signed.length - 1
      signed.writeUInt8(signed.readUInt8(last) ^ 1, last)
      return signed
    }, 'подпись неверна')
  })

  test('without signingCertificateV2', async () => {
    await expectRejected((document) => signCms(document, []), 'подпись неверна')
  })

  test('without signed attributes at all', async () => {
    await expectRejected((document) => signCms(document, ['-noattr']), 'подпись неверна')
  })

  test('with SHA-1', async () => {
    await expectRejected((document) => signCms(document, ['-cades'], 'sha1'), 'подпись неверна')
  })

  test('without the certificate of the signer', async () => {
    await expectRejected((document) => signCms(document, ['-cades', '-nocerts']), 'подпись неверна')
  })

  test('with two signers', async () => {
    const other = keyNamed('workstation-revoked')
    const second = ['-signer', other.certificate, '-inkey', other.privateKey]
    await expectRejected((document) => signCades(document, key, ...second), 'подпись неверна')
  })

  test('by the TLS server’s key, which belongs to no information system', async () => {
    const tls = join(dirname(stand.trustDir), 'tls')
    const server: SigningKey = {
      certificate: join(tls, 'server.pem'),
      privateKey: pemOf(join(tls, 'server.key')),
      chain: '',
    }
    await expectRejected((document) => signCades(document, server), 'ключ не для подписи')
  })
})

describe('a request whose signature is right', () => {
  test.each([
    ['with the issuing authority’s certificate inside', () => ['-certfile', key.chain]],
    ['with the signer’s certificate alone', () => []],
  ])('is served %s', async (_, more) => {
    const reply = await send(signCades(requestDocument({ iin }), key, ...more()))
    expect(reply).toContain('<registrationStatus>')
  })

  test('is refused once the portal’s clock is past the certificate', async () => {
    const now = new Date(Date.now() + 4 * 365 * 86_400_000)
    const later = await startStand({ dataDir, now: () => now })
    try {
      const signed = signCades(requestDocument({ iin, createdAt: now }), key).toString('base64')
      const reply = readUnverified(replyOf(await sendSoap(later, soapMessage(signed))))
      expect(elementText(reply, 'message')).toBe(portalMessages.signatureRejected('сертификат просрочен'))
    } finally {
      await later.close()
    }
  })
})

describe('the reply', () => {
  test('is DER, and every reading of it by OpenSSL agrees', async () => {
    const signed = signCades(requestDocument({ iin }), key).toString('base64')
    const reply = replyOf(await sendSoap(stand, soapMessage(signed)))
    const printed = openssl(['cms', '-cmsout', '-print', '-noout', '-inform', 'DER'], reply).toString()
    for (const attribute of ['contentType', 'messageDigest', 'signingTime', 'signingCertificateV2']) {
      expect(printed).toContain(attribute)
    }
    expect(printed).toMatch(/digestAlgorithm: \s+algorithm: sha256/)
    expect(printed).toMatch(/signatureAlgorithm: \s+algorithm: sha256WithRSAEncryption/)
    const again = openssl(['cms', '-cmsout', '-inform', 'DER', '-outform', 'DER'], reply)
    expect(again.equals(reply)).toBe(true)
    expect(certificatesIn(reply)).toHaveLength(2)
  })
})

function signCms(document: string, more: readonly string[], digest = 'sha256'): Buffer {
  const args = ['cms', '-sign', '-binary', '-nodetach', '-outform', 'DER', '-md', digest]
  return openssl([...args, '-signer', key.certificate, '-inkey', key.privateKey, ...more], Buffer.from(document))
}

function pemOf(pkcs8: string): string {
  const file = join(temp.path, `${randomUUID()}.pem`)
  writeFileSync(file, openssl(['pkey', '-inform', 'DER', '-in', pkcs8]), { mode: 0o600 })
  return file
}

/** For a reply whose own certificate has ended too. */
function readUnverified(reply: Buffer): string {
  return openssl(['cms', '-verify', '-noverify', '-binary', '-inform', 'DER'], reply).toString('utf8')
}

function certificatesIn(cms: Buffer): readonly string[] {
  const pem = execFileSync('openssl', ['pkcs7', '-inform', 'DER', '-print_certs'], { input: cms }).toString()
  return pem.match(/BEGIN CERTIFICATE/g) ?? []
}

test('the PIN of the key files is the public one', () => {
  expect(() =>
    openssl(['pkcs12', '-in', stand.workstationKeyFile, '-passin', `pass:${trainingKeyPin}`, '-noout']),
  ).not.toThrow()
  expect(() => openssl(['pkcs12', '-in', stand.workstationKeyFile, '-passin', 'pass:other', '-noout'])).toThrow()
})
