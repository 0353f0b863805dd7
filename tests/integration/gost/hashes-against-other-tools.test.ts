import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createGost34311 } from '../../../src/main/adapters/gost/gost-34311.ts'
import type { GostHash } from '../../../src/main/adapters/gost/gost-hash.ts'
import { createStreebog } from '../../../src/main/adapters/gost/streebog.ts'
import { gostEngineIsHere } from './gost-engine.ts'

/** The one tool that knows ГОСТ 34.311 with Kazakhstan's S-box. */
const rhashIsHere = spawnSync('rhash', ['--version']).status === 0

/** Every length about which block boundaries could go wrong, and some far beyond. */
const LENGTHS = [...Array.from({ length: 301 }, (_, length) => length), 4096, 65_537, 1_000_000]

/** Octets that look random and are the same in every run. */
function content(length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    createHash('sha256').update(`${length}/${index}`).digest(),
  )
  return Buffer.concat(blocks, length)
}

/** Feeds the message in pieces of 1, 2, 3 … octets, so that every way of filling a block occurs. */
function hashInPieces(hash: GostHash, message: Uint8Array): string {
  for (let offset = 0, size = 1; offset < message.length; offset += size, size++) {
    hash.update(message.subarray(offset, offset + size))
  }
  return Buffer.from(hash.digest()).toString('hex')
}

describe('hashes against other implementations', () => {
  let folder = ''
  let files: string[] = []

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'arm-gost-hash-'))
    files = LENGTHS.map((length) => {
      const place = path.join(folder, `${length}`)
      writeFileSync(place, content(length))
      return place
    })
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const ours = (create: () => GostHash): string[] => LENGTHS.map((length) => hashInPieces(create(), content(length)))
  const theirs = (command: string, ...args: readonly string[]): string[] => {
    const output = execFileSync(command, [...args, ...files], { stdio: ['ignore', 'pipe', 'ignore'] })
    return Array.from(output.toString().matchAll(/\b(?:[0-9a-f]{128}|[0-9a-f]{64})\b/g), ([digest]) => digest)
  }

  test.skipIf(!gostEngineIsHere)('Streebog-512 as OpenSSL with its gost engine (skipped where it is absent)', () => {
    const expected = theirs('openssl', 'dgst', '-engine', 'gost', '-r', '-md_gost12_512')
    expect(ours(() => createStreebog({ bits: 512 }))).toEqual(expected)
  })

  test.skipIf(!gostEngineIsHere)('Streebog-256 as OpenSSL with its gost engine (skipped where it is absent)', () => {
    const expected = theirs('openssl', 'dgst', '-engine', 'gost', '-r', '-md_gost12_256')
    expect(ours(() => createStreebog({ bits: 256 }))).toEqual(expected)
  })

  test.skipIf(!rhashIsHere)('Streebog-512 as RHash (skipped where it is absent)', () => {
    expect(ours(() => createStreebog({ bits: 512 }))).toEqual(theirs('rhash', '--simple', '--gost12-512'))
  })

  test.skipIf(!rhashIsHere)('ГОСТ 34.311-95 as RHash (skipped where it is absent)', () => {
    expect(ours(createGost34311)).toEqual(theirs('rhash', '--simple', '--gost94'))
  })
})
