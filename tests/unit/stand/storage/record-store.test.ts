import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { createRecordStore, type RecordStore } from '../../../../src/stand/storage/record-store.ts'
import { makeTempDir } from '../../../support/temp-dir.ts'

const schema = z.object({ count: z.int() })
let folder: string
let store: RecordStore<z.infer<typeof schema>>
beforeEach(() => {
  const temp = makeTempDir()
  folder = join(temp.path, 'records')
  store = createRecordStore({ folder, schema })
  return () => temp.remove()
})

const increment = (other: typeof store, key: string): Promise<number> =>
  other.update(key, async (current) => {
    const count = (current?.count ?? 0) + 1
    return { next: { count }, result: count }
  })

test('a record is absent, then written, changed, left alone and removed', async () => {
  expect(await store.read('1')).toBeUndefined()
  expect(await store.keys()).toEqual([])
  await increment(store, '1')
  await increment(store, '1')
  expect(await store.update('1', async (current) => ({ result: current?.count }))).toBe(2)
  expect(await store.read('1')).toEqual({ count: 2 })
  expect(await store.keys()).toEqual(['1'])
  expect(readdirSync(join(folder, '1'))).toEqual(['1.json', '2.json'])
  await store.remove('1')
  expect(await store.read('1')).toBeUndefined()
})

test('changes of one record inside a process wait for each other', async () => {
  const counts = await Promise.all(Array.from({ length: 20 }, () => increment(store, '1')))
  expect(counts).toEqual(Array.from({ length: 20 }, (_, position) => position + 1))
})

test('a change that fails changes nothing, and the next one runs', async () => {
  await expect(store.update('1', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await increment(store, '1')).toBe(1)
})

test('no change is lost between stores that know nothing of each other', async () => {
  const stores = Array.from({ length: 4 }, () => createRecordStore({ folder, schema }))
  await Promise.all(stores.flatMap((other) => Array.from({ length: 15 }, () => increment(other, '1'))))
  expect(await store.read('1')).toEqual({ count: 60 })
})

test('old versions are cleared away in time', async () => {
  for (let count = 0; count < 60; count++) await increment(store, '1')
  expect(await store.read('1')).toEqual({ count: 60 })
  expect(readdirSync(join(folder, '1')).length).toBeLessThan(40)
})

test('no change is lost between processes', async () => {
  const script = fileURLToPath(new URL('../../../support/stand-count.ts', import.meta.url))
  const run = () => promisify(execFile)(process.execPath, [script, folder, '50'])
  await Promise.all([run(), run(), run()])
  expect(await store.read('1')).toEqual({ count: 150 })
}, 60_000)

test('of creations at once by several stores only one sees nothing there', async () => {
  const stores = Array.from({ length: 8 }, () => createRecordStore({ folder, schema }))
  const seen = await Promise.all(
    stores.map((other) =>
      other.update('1', async (current) =>
        current === undefined ? { next: { count: 1 }, result: 'created' } : { result: 'found' },
      ),
    ),
  )
  expect(seen.filter((outcome) => outcome === 'created')).toHaveLength(1)
})

test('a slow writer whose number was taken and cleared away does not win', async () => {
  await increment(store, '1')
  const slow = createRecordStore({ folder, schema })
  let runs = 0
  await slow.update('1', async (current) => {
    runs += 1
    if (runs === 1) {
      await increment(store, '1')
      await increment(store, '1')
    }
    return { next: { count: (current?.count ?? 0) + 100 }, result: undefined }
  })
  expect(await store.read('1')).toEqual({ count: 103 })
  expect(runs).toBe(2)
})

test('what a dying writer leaves behind is not read', async () => {
  await increment(store, '1')
  writeFileSync(join(folder, '1', 'e5f0.draft'), '{"count":')
  expect(await store.read('1')).toEqual({ count: 1 })
  expect(await increment(store, '1')).toBe(2)
})

test('a damaged record is an error, not an empty one', async () => {
  mkdirSync(join(folder, '1'), { recursive: true })
  writeFileSync(join(folder, '1', '1.json'), '{"count":"many"}')
  await expect(store.read('1')).rejects.toThrow()
})

test.each(['', '../x', 'a/b', 'A', '1'.repeat(65)])('the key %j is a bug', async (key) => {
  await expect(store.read(key)).rejects.toThrow('record key')
})
