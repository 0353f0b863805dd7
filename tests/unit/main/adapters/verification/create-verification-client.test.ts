import { describe, expect, test } from 'vitest'
import { startThread, type Thread, type ThreadListeners } from '../../../../../src/main/adapters/thread/start-thread.ts'
import { createVerificationClient } from '../../../../../src/main/adapters/verification/create-verification-client.ts'
import { startVerificationWorker } from '../../../../../src/main/adapters/verification/start-verification-worker.ts'
import type {
  VerificationCall,
  VerificationReply,
} from '../../../../../src/main/adapters/verification/verification-protocol.ts'
import { createTestPki, moments } from '../../../../support/pki-certificate.ts'
import { signMessage } from '../../../../support/pki-cms.ts'

const { root, authority, signer } = createTestPki()
const noAnswer = { indication: 'INDETERMINATE', subIndication: 'GENERIC' }
const config = { anchors: [root.der], intermediates: [authority.der], form: 'cms', algorithm: 'rsa' } as const

/** A real thread that does what the code says. */
const thread =
  (code: string) =>
  (listeners: ThreadListeners<VerificationReply>): Thread<VerificationCall> =>
    startThread({
      entry: {
        code: `const { parentPort, workerData } = require('node:worker_threads')
          workerData.control.once('message', () => parentPort.close())
          workerData.control.unref()
          workerData.control.postMessage('loaded')
          ${code}`,
      },
      given: undefined,
      name: 'test',
      maxHeapMb: 32,
      ...listeners,
    })
const passed = `{ indication: 'TOTAL-PASSED', content: new Uint8Array(1) }`
/** Says first that it is there: how long a thread takes to start is no matter of these tests. */
const THERE = 0
const answering = `parentPort.on('message', ({ id }) => parentPort.postMessage({ id, answer: ${passed} }))
  parentPort.postMessage({ id: ${THERE} })`

describe('the real thread', () => {
  test('judges as the engine does, and refuses what is no message', async () => {
    const client = createVerificationClient({
      start: (listeners) => startVerificationWorker(config, listeners),
      deadlineMs: 20_000,
    })
    try {
      expect(await client.verify('not base64!', moments.now)).toMatchObject({ subIndication: 'FORMAT_FAILURE' })
      // The test's signer has no purpose of НУЦ's: the answer shows that its rules are asked.
      expect(
        await client.verify(signMessage({ signer, content: Buffer.from('x') }).toString('base64'), moments.now),
      ).toMatchObject({
        indication: 'TOTAL-FAILED',
        subIndication: 'CHAIN_CONSTRAINTS_FAILURE',
      })
      const question = { certificate: root.der, others: [], at: moments.now }
      expect(await client.judgeSigner({ ...question, certificate: Buffer.from('x') })).toMatchObject({
        refusal: { subIndication: 'FORMAT_FAILURE' },
      })
      expect(await client.judgeSigner({ ...question, certificate: signer.der })).toMatchObject({
        refusal: { subIndication: 'CHAIN_CONSTRAINTS_FAILURE' },
      })
      expect(await client.stamp({ covered: Buffer.from('x'), digestName: 'sha256' })).toMatchObject({
        failure: { code: 'sign.timestamp-unavailable' },
      })
    } finally {
      await client.close()
    }
  })
})

describe('a thread that does not do its part: everybody who waits is refused, and a new one is started', () => {
  test.each([
    ['ends at once', `process.exit(0)`],
    ['ends on a question', `parentPort.on('message', () => process.exit(1))`],
    ['throws', `parentPort.on('message', () => { throw new Error('bug') })`],
    ['has nothing to say', `parentPort.on('message', ({ id }) => parentPort.postMessage({ id }))`],
    ['never answers', `parentPort.on('message', () => undefined)`],
    ['is busy for ever', `parentPort.on('message', () => { for (;;); })`],
    ['eats memory', `parentPort.on('message', () => { const all = []; for (;;) all.push(new Array(1e5).fill({})) })`],
    [
      'answers somebody else',
      `parentPort.on('message', ({ id }) => parentPort.postMessage({ id: id + 100, answer: ${passed} }))`,
    ],
  ])('%s', async (_what, code) => {
    const codes = [code, answering]
    let started = 0
    let tell = (): void => undefined
    const there = new Promise<void>((resolve) => {
      tell = resolve
    })
    const client = createVerificationClient({
      start: (listeners) =>
        thread(codes[started++] ?? '')({
          ...listeners,
          onMessage: (reply) => (reply.id === THERE ? tell() : listeners.onMessage(reply)),
        }),
      deadlineMs: 1_000,
    })
    try {
      const both = await Promise.all([client.verify('a', moments.now), client.verify('b', moments.now)])
      expect(both).toMatchObject([noAnswer, noAnswer])
      if (code.includes('postMessage({ id })')) return
      client.warmUp()
      await there
      expect(await client.verify('c', moments.now)).toMatchObject({ indication: 'TOTAL-PASSED' })
      expect(started).toBe(2)
    } finally {
      await client.close()
    }
  })

  test('a thread that cannot be started', async () => {
    const client = createVerificationClient({
      start() {
        throw new Error('no more threads')
      },
      deadlineMs: 1_000,
    })
    expect(await client.verify('a', moments.now)).toMatchObject(noAnswer)
    expect(await client.judgeSigner({ certificate: root.der, others: [], at: moments.now })).toMatchObject({
      ok: false,
      refusal: noAnswer,
    })
  })
})

test('after the end everything is refused, what is open too', async () => {
  const client = createVerificationClient({
    start: thread(`parentPort.on('message', () => undefined)`),
    deadlineMs: 60_000,
  })
  const open = client.verify('a', moments.now)
  await client.close()
  expect(await open).toMatchObject(noAnswer)
  expect(await client.verify('a', moments.now)).toMatchObject(noAnswer)
})
