import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { startThread, type Thread } from '../../../../../src/main/adapters/thread/start-thread.ts'
import { startVerificationWorker } from '../../../../../src/main/adapters/verification/start-verification-worker.ts'
import { makeTempDir } from '../../../../support/temp-dir.ts'

const temp = makeTempDir()
afterAll(() => temp.remove())

const LONG = process.env['ARM_TEST_LONG'] === '1'
const helper = new URL('../../../../../src/main/adapters/thread/enter-thread.ts', import.meta.url).href
let entries = 0

/** A real thread that enters as every thread does, and then does what the code says. */
function start(
  code: string,
  loadWithinMs?: number,
): { thread: Thread<unknown>; messages: unknown[]; ends: (string | undefined)[] } {
  const messages: unknown[] = []
  const ends: (string | undefined)[] = []
  const file = path.join(temp.path, `entry-${++entries}.mjs`)
  writeFileSync(file, `import { enterThread } from '${helper}'\n${code}`)
  const thread = startThread({
    entry: pathToFileURL(file),
    given: { answer: 42 },
    name: 'test',
    onMessage: (message) => void messages.push(message),
    onEnd: (error) => void ends.push(error?.message),
    ...(loadWithinMs !== undefined && { loadWithinMs }),
  })
  return { thread, messages, ends }
}

const serving = `const { given, port, ending } = enterThread()
port.on('message', (question) => port.postMessage([question, given.answer]))
ending.addEventListener('abort', () => port.postMessage('closed'))`

test('a thread answers, and ends by itself when it is asked to, after closing what it has open', async () => {
  const { thread, messages, ends } = start(serving)
  thread.ref()
  thread.post('x')
  await expect.poll(() => messages, { timeout: 20_000 }).toEqual([['x', 42]])
  expect(await thread.end()).toBe('by-itself')
  expect(messages).toEqual([['x', 42], 'closed'])
  expect(ends).toEqual([undefined])
  expect(await thread.end()).toBe('by-itself')
})

test('a thread that still loads is waited for and never terminated', async () => {
  const { thread, ends } = start(`await new Promise((resolve) => setTimeout(resolve, 2_500))\n${serving}`)
  expect(await thread.end()).toBe('by-itself')
  expect(ends).toEqual([undefined])
})

test('a thread that does not come to load is given up, and whoever waits for it is told once', async () => {
  const { thread, ends } = start(`await new Promise((resolve) => setTimeout(resolve, 1_000))\n${serving}`, 50)
  thread.post('x')
  await expect.poll(() => ends).toEqual(['the thread has not loaded'])
  expect(await thread.end()).toBe('by-itself')
  expect(ends).toHaveLength(1)
})

test('a thread that hangs in its code is terminated', async () => {
  const { thread, ends } = start(`enterThread(); for (;;);`)
  expect(await thread.end()).toBe('terminated')
  expect(ends).toEqual([undefined])
})

test('what a thread throws, while it loads or later, is told once', async () => {
  const loading = start(`throw new Error('while loading')`)
  loading.thread.ref()
  await expect.poll(() => loading.ends, { timeout: 20_000 }).toEqual(['while loading'])
  const later = start(`const { port } = enterThread(); port.on('message', () => { throw new Error('later') })`)
  later.thread.ref()
  later.thread.post('x')
  await expect.poll(() => later.ends, { timeout: 20_000 }).toEqual(['later'])
  expect(await later.thread.end()).toBe('by-itself')
})

/** Terminated threads brought one process of fifteen down here, each after thirteen threads. */
test('the thread of signatures is started and ended at any moment of its loading', async () => {
  const config = { anchors: [], intermediates: [], form: 'cms', algorithm: 'rsa' } as const
  const listeners = { onMessage: () => undefined, onEnd: () => undefined }
  const ends: string[] = []
  for (let round = 0; round < (LONG ? 300 : 3); round++) {
    const thread = startVerificationWorker(config, listeners)
    thread.ref()
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 400))
    ends.push(await thread.end())
  }
  expect(new Set(ends)).toEqual(new Set(['by-itself']))
}, 600_000)
