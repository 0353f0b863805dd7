import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Gost3410KeyPair } from '../../../src/main/adapters/gost/gost-3410-key-pair.ts'
import {
  decodeGost3410PublicKey,
  encodeGost3410PublicKey,
} from '../../../src/main/adapters/gost/gost-3410-public-key.ts'
import type { GostAlgorithm } from '../../../src/main/adapters/gost/gost-algorithms.ts'
import { toPem } from '../../support/pki-certificate.ts'

/** Whether OpenSSL has its gost engine here (Debian: libengine-gost-openssl). */
export const gostEngineIsHere = spawnSync('openssl', ['engine', '-t', 'gost']).status === 0

export interface EngineKeyOptions {
  readonly algorithm: GostAlgorithm
  /** What `openssl genpkey` calls the algorithm and the curve. */
  readonly keyArguments: readonly string[]
  /** The engine's name of the hash; absent where it has only another S-box, and then it signs our digest. */
  readonly digestName?: string
}

/** OpenSSL's gost engine holding one key. Signatures go in and out in Kazakhstan's order. */
export interface EngineKey {
  readonly pair: Gost3410KeyPair
  readonly sign: (message: Uint8Array) => Uint8Array
  readonly accepts: (message: Uint8Array, signature: Uint8Array) => boolean
  /** The same engine with a key of ours. */
  readonly withKey: (pair: Gost3410KeyPair) => EngineKey
  readonly remove: () => void
}

/** Lets the engine make a key. */
export function generateEngineKey({ algorithm, keyArguments, digestName }: EngineKeyOptions): EngineKey {
  const { parameters, createHash } = algorithm
  const { size } = parameters
  const folder = mkdtempSync(path.join(tmpdir(), 'arm-gost-'))
  const file = (name: string, content: string | Uint8Array): string => {
    const place = path.join(folder, name)
    writeFileSync(place, content)
    return place
  }
  const openssl = (command: string, ...args: readonly string[]): Buffer =>
    execFileSync('openssl', [command, '-engine', 'gost', ...args], { stdio: ['ignore', 'pipe', 'ignore'] })
  const digestOf = (message: Uint8Array): Uint8Array => createHash().update(message).digest()

  const generated = file('generated', openssl('genpkey', ...keyArguments))
  const privateDer = openssl('pkey', '-in', generated, '-outform', 'DER')
  const publicDer = openssl('pkey', '-in', generated, '-pubout', '-outform', 'DER')

  const holding = (pair: Gost3410KeyPair, name: string): EngineKey => {
    // Both of the engine's structures end in the key itself, which it writes in the same order as Kazakhstan.
    const privateKey = Buffer.concat([privateDer.subarray(0, -size), pair.privateKey.scalar])
    const publicKey = Buffer.concat([publicDer.subarray(0, -2 * size), encodeGost3410PublicKey(pair.publicKey)])
    const privateFile = file(`${name}-private`, toPem('PRIVATE KEY', privateKey))
    const publicFile = file(`${name}-public`, toPem('PUBLIC KEY', publicKey))
    return {
      pair,
      sign: (message) =>
        reorder(
          digestName === undefined
            ? openssl('pkeyutl', '-sign', '-inkey', privateFile, '-in', file('digest', digestOf(message)))
            : openssl('dgst', `-${digestName}`, '-sign', privateFile, file('message', message)),
        ),
      accepts: (message, signature) => {
        const signed = file('signature', reorder(signature))
        const input = digestName === undefined ? file('digest', digestOf(message)) : file('message', message)
        try {
          if (digestName === undefined) {
            openssl('pkeyutl', '-verify', '-pubin', '-inkey', publicFile, '-in', input, '-sigfile', signed)
          } else {
            openssl('dgst', `-${digestName}`, '-verify', publicFile, '-signature', signed, input)
          }
          return true
        } catch {
          return false
        }
      },
      withKey: (other) => holding(other, 'ours'),
      remove: () => rmSync(folder, { recursive: true }),
    }
  }

  const publicKey = decodeGost3410PublicKey({ parameters, bytes: publicDer.subarray(-2 * size) })
  if (publicKey === undefined) throw new Error("the engine's public key was refused")
  return holding(
    { privateKey: { parameters, scalar: Uint8Array.from(privateDer.subarray(-size)) }, publicKey },
    'theirs',
  )
}

/** RFC 4491 writes s ‖ r big-endian, which is Kazakhstan's r ‖ s little-endian backwards. */
function reorder(signature: Uint8Array): Uint8Array {
  return Uint8Array.from(signature).reverse()
}
