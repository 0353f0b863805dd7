import { sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { generateGost3410KeyPair } from '../../../../../src/main/adapters/gost/gost-3410-key-pair.ts'
import { gost3410Sign } from '../../../../../src/main/adapters/gost/gost-3410-sign.ts'
import { gost2015With512 } from '../../../../../src/main/adapters/gost/gost-algorithms.ts'
import { encodeGostPublicKey } from '../../../../../src/main/adapters/gost/subject-public-key-info.ts'
import { digest } from '../../../../../src/main/adapters/x509/digest-algorithms.ts'
import { rememberVerified } from '../../../../../src/main/adapters/x509/remember-verified.ts'
import type { SignatureQuestion } from '../../../../../src/main/adapters/x509/signature-algorithms.ts'
import { rsaKeys } from '../../../../support/pki-keys.ts'

const altered = (bytes: Uint8Array) =>
  Uint8Array.from(bytes, (octet, i) => (i === bytes.length >> 1 ? octet ^ 1 : octet))

function rsaQuestion(): SignatureQuestion {
  const { privateKey, publicKeyInfo } = rsaKeys('remembered')
  const data = Buffer.from('data')
  const algorithm = { kind: 'rsa', digest: 'sha256' } as const
  return { algorithm, publicKeyInfo, data, signature: sign('sha256', data, privateKey) }
}

const gost = generateGost3410KeyPair(gost2015With512.parameters)
function gostQuestion(text: string): SignatureQuestion {
  const data = Buffer.from(text)
  return {
    algorithm: { kind: 'gost', digest: 'gost2015-512' },
    publicKeyInfo: encodeGostPublicKey({ algorithm: gost2015With512, publicKey: gost.publicKey }),
    data,
    signature: gost3410Sign({ privateKey: gost.privateKey, digest: digest('gost2015-512', data) }),
  }
}

describe.each([
  ['RSA', rsaQuestion],
  ['ГОСТ', () => gostQuestion('data')],
])('what was found right (%s) vouches for nothing else', (_kind, ask) => {
  test.each(['data', 'signature', 'publicKeyInfo'] as const)('another %s', (field) => {
    const verify = rememberVerified({ maxEntries: 8, maxKeys: 2 })
    const question = ask()
    expect([verify(question), verify(question)]).toEqual(
      [{ ok: true }, { ok: true }].map((one) => ({ ...one, value: undefined })),
    )
    expect(verify({ ...question, [field]: altered(question[field]) })).toMatchObject({ ok: false })
    expect(verify(question)).toMatchObject({ ok: true })
  })

  test('another algorithm', () => {
    const verify = rememberVerified({ maxEntries: 8, maxKeys: 2 })
    const question = ask()
    verify(question)
    expect(verify({ ...question, algorithm: { kind: 'rsa', digest: 'sha384' } })).toMatchObject({ ok: false })
    expect(verify({ ...question, algorithm: { kind: 'gost', digest: 'gost2015-256' } })).toMatchObject({ ok: false })
  })
})

test('octets moved from one part to the next are another question', () => {
  const verify = rememberVerified({ maxEntries: 8, maxKeys: 2 })
  const question = rsaQuestion()
  verify(question)
  const [first = 0, ...rest] = question.signature
  const moved = { ...question, data: Buffer.from([...question.data, first]), signature: Uint8Array.from(rest) }
  expect(verify(moved)).toMatchObject({ ok: false })
})

test('a ГОСТ key with a table judges as one without', () => {
  const verify = rememberVerified({ maxEntries: 1, maxKeys: 2 })
  for (const text of ['1', '2', '3', '4', '5']) {
    const question = gostQuestion(text)
    expect(verify(question)).toMatchObject({ ok: true })
    expect(verify({ ...question, data: Buffer.from('other') })).toMatchObject({ ok: false })
  }
})
