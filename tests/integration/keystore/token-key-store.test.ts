import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { generateGost3410KeyPair } from '../../../src/main/adapters/gost/gost-3410-key-pair.ts'
import { gost3410Sign } from '../../../src/main/adapters/gost/gost-3410-sign.ts'
import { gost2015With256, gost2015With512 } from '../../../src/main/adapters/gost/gost-algorithms.ts'
import { encodeGostPublicKey } from '../../../src/main/adapters/gost/subject-public-key-info.ts'
import type { SigningIdentity } from '../../../src/main/adapters/keystore/signing-identity.ts'
import { createTokenKeyStore } from '../../../src/main/adapters/keystore/token/create-token-key-store.ts'
import { forkTokenProcess } from '../../../src/main/adapters/keystore/token/fork-token-process.ts'
import type {
  SpawnTokenProcess,
  TokenProcess,
  TokenReply,
  TokenRequest,
} from '../../../src/main/adapters/keystore/token/token-protocol.ts'
import { createSigner } from '../../../src/main/adapters/signing/create-signer.ts'
import { cmsForm } from '../../../src/main/adapters/signing/signature-forms.ts'
import { verifySignature } from '../../../src/main/adapters/x509/signature-algorithms.ts'
import { createPathVerifier, judgeOwnByPath } from '../../support/path-verifier.ts'
import {
  createTestPki,
  extension,
  issueCertificate,
  moments,
  signerExtensions,
  type TestCertificate,
} from '../../support/pki-certificate.ts'
import { rsaKeys } from '../../support/pki-keys.ts'
import { createSoftToken, softhsmLibrary, tokenToolsAreHere } from './softhsm-token.ts'

const { root, authority, signer } = createTestPki()
const content = Buffer.from('<request/>')

/** The real process, and a way to reach into it. */
function spying(): { readonly spawn: SpawnTokenProcess; readonly processes: TokenProcess[] } {
  const processes: TokenProcess[] = []
  const spawn = () => {
    const child = forkTokenProcess()
    processes.push(child)
    return child
  }
  return { spawn, processes }
}

async function elapsed<T>(act: () => Promise<T>): Promise<{ readonly result: T; readonly ms: number }> {
  const start = performance.now()
  const result = await act()
  return { result, ms: performance.now() - start }
}

describe.skipIf(!tokenToolsAreHere)(
  'a key on a PKCS#11 token: SoftHSM, RSA (it has no ГОСТ; skipped where SoftHSM, OpenSC or gcc is absent)',
  () => {
    const token = createSoftToken()
    token.put('a1', signer)
    token.put(
      'b2',
      issueCertificate({
        subject: 'For authentication',
        issuer: authority,
        extensions: [extension.keyUsage('digitalSignature')],
      }),
    )
    token.putCertificate('c3', authority)
    const opened: SigningIdentity[] = []
    afterEach(() => {
      for (const identity of opened.splice(0)) identity.close()
      token.forgetWrongPins()
    })
    afterAll(() => token.remove())

    const open = async (
      { pin = token.pin, driver = '', label = token.label, library = token.driver, ...timeouts } = {},
      spawn: SpawnTokenProcess = forkTokenProcess,
    ) => {
      token.use(driver)
      const store = createTokenKeyStore({ library, label, spawn, ...timeouts })
      const result = await store.open(Buffer.from(pin))
      if (result.ok) opened.push(result.value)
      return result
    }
    const ready = async (...args: Parameters<typeof open>): Promise<SigningIdentity> => {
      const result = await open(...args)
      if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.detail}`)
      return result.value
    }

    test('The PIN opens the one key for signing; its signature verifies; the authority lies beside it.', async () => {
      const identity = await ready({ library: softhsmLibrary })
      expect(Buffer.from(identity.certificate.der)).toEqual(signer.der)
      expect(identity.others.map(({ der }) => Buffer.from(der))).toEqual([authority.der])
      const signed = await identity.sign(content)
      if (!signed.ok) throw new Error(signed.failure.code)
      const { publicKeyInfo } = identity.certificate
      const { algorithm } = identity
      expect(verifySignature({ algorithm, publicKeyInfo, data: content, signature: signed.value })).toEqual({
        ok: true,
        value: undefined,
      })
    })

    test('The workstation signs CMS with it, one after another, and locks it.', async () => {
      token.use()
      const clock = { now: () => moments.now, monotonicMs: () => 0, after: () => () => undefined }
      const cmsSigner = createSigner({
        keyStore: createTokenKeyStore({ library: token.driver, spawn: forkTokenProcess }),
        anchors: [root.der],
        intermediates: [],
        clock,
        judgeOwn: judgeOwnByPath({ anchors: [root.der], intermediates: [] }),
        writeDocument: cmsForm(),
      })
      expect(await cmsSigner.unlock(Buffer.from(token.pin))).toEqual({ ok: true, value: undefined })
      const verifier = createPathVerifier({ anchors: [root.der], intermediates: [] })
      for (const signed of await Promise.all([1, 2, 3].map(() => cmsSigner.sign(content)))) {
        if (!signed.ok) throw new Error(signed.failure.code)
        expect(await verifier.verify(signed.value, moments.now)).toMatchObject({ indication: 'TOTAL-PASSED' })
      }
      cmsSigner.lock()
      expect(await cmsSigner.sign(content)).toEqual({ ok: false, failure: { code: 'sign.locked' } })
    })

    test('A wrong PIN is told, then that one try is left, and that one is never spent.', async () => {
      const count = { driver: 'count-pins', pin: '0000' }
      expect(await open(count)).toMatchObject({ failure: { code: 'sign.wrong-pin' } })
      expect(await open(count)).toMatchObject({ failure: { code: 'sign.pin-last-try' } })
      for (const pin of ['0000', token.pin]) {
        expect(await open({ ...count, pin })).toMatchObject({ failure: { code: 'sign.pin-last-try' } })
      }
    })

    test('A right PIN takes wrong ones back.', async () => {
      expect(await open({ driver: 'count-pins', pin: '0000' })).toMatchObject({ failure: { code: 'sign.wrong-pin' } })
      await ready({ driver: 'count-pins' })
      expect(await open({ driver: 'count-pins', pin: '0000' })).toMatchObject({ failure: { code: 'sign.wrong-pin' } })
    })

    test("SoftHSM's own answer to a wrong PIN is told the same way.", async () => {
      expect(await open({ library: softhsmLibrary, pin: '0000' })).toMatchObject({
        failure: { code: 'sign.wrong-pin' },
      })
      expect(await open({ library: softhsmLibrary, pin: '' })).toMatchObject({ ok: false })
    })

    test('A locked PIN is told without trying it.', async () => {
      const { writeFileSync } = await import('node:fs')
      token.use('count-pins')
      writeFileSync(process.env['ARM_TEST_DRIVER_TRIES'] ?? '', '3')
      expect(await open({ driver: 'count-pins' })).toMatchObject({ failure: { code: 'sign.pin-locked' } })
    })

    test.each([
      ['no token of that label', { label: 'another' }, 'sign.token-absent'],
      ['no such library', { library: '/nonexistent/driver.so' }, 'sign.driver-failed'],
      ['a file that is no library', { library: import.meta.filename }, 'sign.driver-failed'],
      ['a library that is no driver', { library: '/lib/x86_64-linux-gnu/libm.so.6' }, 'sign.driver-failed'],
      ['a driver that crashes when it loads', { driver: 'crash-on-load' }, 'sign.driver-failed'],
      ['a driver that hangs when it loads', { driver: 'hang-on-load', openTimeoutMs: 1000 }, 'sign.driver-failed'],
    ])('%s', async (_what, options, code) => {
      expect(await open(options)).toMatchObject({ ok: false, failure: { code } })
    })

    test.each([
      ['crashes', 'crash-on-sign', 'sign.driver-failed'],
      ['hangs', 'hang-on-sign', 'sign.driver-failed'],
      ['finds its token removed', 'removed-on-sign', 'sign.token-gone'],
    ])(
      'A driver that %s while it signs is told within three seconds, and the workstation lives on.',
      async (_what, driver, code) => {
        const identity = await ready({ driver })
        const { result, ms } = await elapsed(() => identity.sign(content))
        expect(result).toMatchObject({ ok: false, failure: { code } })
        expect(ms).toBeLessThan(3_000)
        expect((await ready()).certificate.sha256).toBe(identity.certificate.sha256)
      },
    )

    test('A process killed in the middle of a signing is told, and so is every signing after it.', async () => {
      const { spawn, processes } = spying()
      const identity = await ready({ driver: 'hang-on-sign' }, spawn)
      const { result, ms } = await elapsed(() => {
        const signing = identity.sign(content)
        setTimeout(() => processes[0]?.kill(), 100)
        return signing
      })
      expect(result).toMatchObject({ failure: { code: 'sign.driver-failed' } })
      expect(ms).toBeLessThan(2_000)
      expect(await identity.sign(content)).toMatchObject({ failure: { code: 'sign.driver-failed' } })
    })

    test('After a lost token the signer is locked, and opens anew with the PIN.', async () => {
      token.use('removed-on-sign')
      const cmsSigner = createSigner({
        keyStore: createTokenKeyStore({ library: token.driver, spawn: forkTokenProcess }),
        anchors: [root.der],
        intermediates: [],
        clock: { now: () => moments.now, monotonicMs: () => 0, after: () => () => undefined },
        judgeOwn: judgeOwnByPath({ anchors: [root.der], intermediates: [] }),
        writeDocument: cmsForm(),
      })
      await cmsSigner.unlock(Buffer.from(token.pin))
      expect(await cmsSigner.sign(content)).toMatchObject({ failure: { code: 'sign.token-gone' } })
      expect(cmsSigner.status()).toEqual({ state: 'locked' })
      token.use()
      expect(await cmsSigner.unlock(Buffer.from(token.pin))).toEqual({ ok: true, value: undefined })
      expect(await cmsSigner.sign(content)).toMatchObject({ ok: true })
      cmsSigner.lock()
    })

    test('Closing ends the process.', async () => {
      const { spawn, processes } = spying()
      const identity = await ready({}, spawn)
      const ended = new Promise<void>((resolve) => processes[0]?.onExit(resolve))
      identity.close()
      await ended
      expect(await identity.sign(content)).toMatchObject({ ok: false })
    })

    test('A token whose files vanish while its key is open signs nothing more.', async () => {
      const own = createSoftToken()
      own.put('a1', signer)
      own.use()
      const opening = await createTokenKeyStore({ library: softhsmLibrary, spawn: forkTokenProcess }).open(
        Buffer.from(own.pin),
      )
      if (!opening.ok) throw new Error(opening.failure.code)
      own.vanish()
      const { result, ms } = await elapsed(() => opening.value.sign(content))
      expect(result).toMatchObject({ ok: false })
      expect(ms).toBeLessThan(3_000)
      opening.value.close()
      own.remove()
    })
  },
)

/** A process that does what a test says, where no token of the kind can be had. */
function scripted(answer: (request: TokenRequest) => unknown): SpawnTokenProcess {
  return () => {
    let listener: (reply: unknown) => void = () => undefined
    return {
      post: (request) => void setImmediate(() => listener(answer(structuredClone(request)))),
      onReply: (given) => {
        listener = given
      },
      onExit: () => undefined,
      kill: () => undefined,
    }
  }
}

describe('a ГОСТ key on a token: the same port with another mechanism (the token is a stand-in: none can be had here)', () => {
  const gostToken = (algorithm: typeof gost2015With512, change: (signature: Uint8Array) => Uint8Array) => {
    const pair = generateGost3410KeyPair(algorithm.parameters)
    const publicKeyInfo = Buffer.from(encodeGostPublicKey({ algorithm, publicKey: pair.publicKey }))
    const certificate: TestCertificate = issueCertificate({
      subject: 'ГОСТ',
      issuer: authority,
      extensions: signerExtensions(),
      keys: { ...rsaKeys('unused'), publicKeyInfo },
    })
    const asked: TokenRequest[] = []
    const spawn = scripted((request): TokenReply => {
      asked.push(request)
      if (request.op === 'sign') {
        const signature = gost3410Sign({ privateKey: pair.privateKey, digest: request.data })
        return { ok: true, value: change(signature) }
      }
      return { ok: true, value: { keys: [{ certificate: Uint8Array.from(certificate.der) }], otherCertificates: [] } }
    })
    return { asked, spawn }
  }
  const reverse = (octets: Uint8Array) => octets.slice().reverse()

  test.each([
    ['512', gost2015With512, 0xd432_1006, 64],
    ['256', gost2015With256, 0x1201, 32],
  ] as const)(
    'with %s bits the token is given the digest, and its octets are turned round',
    async (_bits, algorithm, mechanism, size) => {
      const { asked, spawn } = gostToken(algorithm, reverse)
      const opened = await createTokenKeyStore({ library: 'token.so', spawn }).open(Buffer.from('1234'))
      expect(opened).toMatchObject({ ok: true, value: { algorithm: { kind: 'gost', digest: algorithm.name } } })
      expect(asked[1]).toMatchObject({ op: 'sign', mechanism, data: { length: size } })
    },
  )

  test("a vendor's number and order come from the settings", async () => {
    const { asked, spawn } = gostToken(gost2015With512, (signature) => signature)
    const mechanisms = { 'gost2015-512': { mechanism: 0x8000_0042, input: 'digest', octets: 'as-is' } } as const
    const opened = await createTokenKeyStore({ library: 'token.so', spawn, mechanisms }).open(Buffer.from('1234'))
    expect(opened.ok).toBe(true)
    expect(asked[1]).toMatchObject({ op: 'sign', mechanism: 0x8000_0042 })
  })

  test('an order that is not the one of the settings is found out before anything is signed', async () => {
    const { spawn } = gostToken(gost2015With512, (signature) => signature)
    expect(await createTokenKeyStore({ library: 'token.so', spawn }).open(Buffer.from('1234'))).toMatchObject({
      failure: { code: 'sign.key-unreadable' },
    })
  })
})

describe('a process that answers nonsense', () => {
  test.each([
    ['nothing', undefined],
    ['no contents', { ok: true, value: 'keys' }],
    ['contents of the wrong kind', { ok: true, value: { keys: [{ certificate: 'x' }], otherCertificates: [] } }],
    ['an unknown fault', { ok: false, fault: 'tired', detail: '' }],
    ['a fault without words', { ok: false, fault: 'gone' }],
  ])('%s', async (_what, reply) => {
    const store = createTokenKeyStore({ library: 'token.so', spawn: scripted(() => reply) })
    expect(await store.open(Buffer.from('1234'))).toMatchObject({ failure: { code: 'sign.driver-failed' } })
  })

  test('no key, or two that are for signing', async () => {
    const contents = (certificates: readonly TestCertificate[]) =>
      scripted(() => ({
        ok: true,
        value: { keys: certificates.map(({ der }) => ({ certificate: Uint8Array.from(der) })), otherCertificates: [] },
      }))
    const open = (certificates: readonly TestCertificate[]) =>
      createTokenKeyStore({ library: 'token.so', spawn: contents(certificates) }).open(Buffer.from('1234'))
    expect(await open([])).toMatchObject({ failure: { code: 'sign.key-missing' } })
    expect(await open([signer, signer])).toMatchObject({ failure: { code: 'sign.key-unreadable' } })
  })
})
