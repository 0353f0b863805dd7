import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createFileOutbox } from '../../../../../src/main/adapters/outbox/create-file-outbox.ts'
import { packKeptRequest } from '../../../../../src/main/adapters/outbox/kept-request-file.ts'
import { createPassphraseVault } from '../../../../../src/main/adapters/vault/create-passphrase-vault.ts'
import type { KeptRequest } from '../../../../../src/main/ports/request-outbox.ts'
import { makeTempDir } from '../../../../support/temp-dir.ts'

const temp = makeTempDir()
afterAll(() => temp.remove())
const vault = createPassphraseVault({ masterKey: randomBytes(32) })
let folders = 0
const setUp = () => {
  const folder = path.join(temp.path, `outbox-${folders++}`)
  return { folder, outbox: createFileOutbox({ folder, vault }) }
}
const ID = 'a6a5bb3c-6f6c-4a53-9a5e-3f4a6e5d7c10'
const OTHER = '0b0a7a5e-51a4-4f5a-8f57-a7f62d9e6f01'
const request = (requestId = ID): KeptRequest => ({
  requestId,
  iin: '910101300019',
  nonceBase64: randomBytes(32).toString('base64'),
  createdAt: new Date('2026-03-01T04:05:06.007Z'),
  signed: '<подписано/>',
  oneTimeSecret: randomBytes(32),
})

test('a request comes back as it was kept, with its key and without', () => {
  const { outbox } = setUp()
  const [sealed, plain] = [request(), request(OTHER)]
  const { oneTimeSecret: _key, ...withoutKey } = plain
  expect(outbox.keep(sealed)).toMatchObject({ ok: true })
  expect(outbox.keep(withoutKey)).toMatchObject({ ok: true })
  expect(outbox.find(ID)).toEqual({ ok: true, value: sealed })
  expect(outbox.find(OTHER)).toEqual({ ok: true, value: withoutKey })
})

test('one file a request, for its owner alone, with nothing readable and no draft beside it', () => {
  const { folder, outbox } = setUp()
  const kept = request()
  outbox.keep(kept)
  expect(readdirSync(folder)).toEqual([`${ID}.request`])
  const bytes = readFileSync(path.join(folder, `${ID}.request`))
  for (const secret of [kept.iin, kept.signed, kept.oneTimeSecret ?? '']) expect(bytes.includes(secret)).toBe(false)
  if (process.platform !== 'win32') expect(statSync(path.join(folder, `${ID}.request`)).mode & 0o777).toBe(0o600)
  outbox.forget(ID)
  outbox.forget(ID)
  expect(readdirSync(folder)).toEqual([])
})

test('a file of another request, of another vault, cut short, altered or none opens nothing', () => {
  const { folder, outbox } = setUp()
  const file = path.join(folder, `${ID}.request`)
  const nothing = { ok: false, failure: { code: 'recovery.nothing-kept' } }
  expect(outbox.find(ID)).toMatchObject(nothing)
  outbox.keep(request(OTHER))
  renameSync(path.join(folder, `${OTHER}.request`), file)
  expect(outbox.find(ID)).toMatchObject(nothing)
  outbox.keep(request())
  const bytes = readFileSync(file)
  for (const length of [0, 12, 40, bytes.length - 1]) {
    writeFileSync(file, bytes.subarray(0, length))
    expect(outbox.find(ID), String(length)).toMatchObject(nothing)
  }
  for (let at = 0; at < bytes.length; at += 11) {
    const altered = Buffer.from(bytes)
    altered.writeUInt8(altered.readUInt8(at) ^ 1, at)
    writeFileSync(file, altered)
    expect(outbox.find(ID), String(at)).toMatchObject(nothing)
  }
  writeFileSync(file, bytes)
  const otherVault = createPassphraseVault({ masterKey: randomBytes(32) })
  expect(createFileOutbox({ folder, vault: otherVault }).find(ID)).toMatchObject(nothing)
  expect(outbox.find(ID)).toMatchObject({ ok: true })
})

test('a request that another living process serves is not taken from it; of a dead one it is', async () => {
  const { folder, outbox } = setUp()
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] })
  await once(child, 'spawn')
  outbox.keep(request())
  const packed = packKeptRequest({ ...request(), pid: child.pid ?? 0 })
  writeFileSync(path.join(folder, `${ID}.request`), vault.wrap(packed, `outbox:${ID}`))
  expect(outbox.find(ID)).toMatchObject({ failure: { code: 'session.busy' } })
  child.kill('SIGKILL')
  await once(child, 'close')
  expect(outbox.find(ID)).toMatchObject({ ok: true })
})

test('a sweep leaves open requests, and what is younger than ten minutes', () => {
  const { folder, outbox } = setUp()
  const ages = { [ID]: 3600, [OTHER]: 3600, '11111111-1111-4111-8111-111111111111': 60 }
  for (const [requestId, seconds] of Object.entries(ages)) {
    outbox.keep(request(requestId))
    const at = new Date(Date.now() - seconds * 1000)
    utimesSync(path.join(folder, `${requestId}.request`), at, at)
  }
  outbox.sweep(new Set([OTHER]))
  expect(readdirSync(folder).sort()).toEqual(
    [`${OTHER}.request`, '11111111-1111-4111-8111-111111111111.request'].sort(),
  )
})
