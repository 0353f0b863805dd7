import { describe, expect, onTestFinished, test } from 'vitest'
import { generateGost3410KeyPair } from '../../../src/main/adapters/gost/gost-3410-key-pair.ts'
import { deriveGost3410PublicKey } from '../../../src/main/adapters/gost/gost-3410-private-key.ts'
import { encodeGost3410PublicKey } from '../../../src/main/adapters/gost/gost-3410-public-key.ts'
import { gost3410Sign } from '../../../src/main/adapters/gost/gost-3410-sign.ts'
import { gost3410Verify } from '../../../src/main/adapters/gost/gost-3410-verify.ts'
import { gost2004, gost2015With256, gost2015With512 } from '../../../src/main/adapters/gost/gost-algorithms.ts'
import { type EngineKey, type EngineKeyOptions, generateEngineKey, gostEngineIsHere } from './gost-engine.ts'

const kinds: readonly (readonly [string, EngineKeyOptions])[] = [
  [
    'ГОСТ 34.10-2015 with 512 bits, tc26 512-A',
    {
      algorithm: gost2015With512,
      keyArguments: ['-algorithm', 'gost2012_512', '-pkeyopt', 'paramset:A'],
      digestName: 'md_gost12_512',
    },
  ],
  [
    'ГОСТ 34.10-2015 with 256 bits, tc26 256-A',
    {
      algorithm: gost2015With256,
      keyArguments: ['-algorithm', 'gost2012_256', '-pkeyopt', 'paramset:TCA'],
      digestName: 'md_gost12_256',
    },
  ],
  [
    'ГОСТ 34.310-2004, CryptoPro-A',
    { algorithm: gost2004, keyArguments: ['-algorithm', 'gost2001', '-pkeyopt', 'paramset:A'] },
  ],
]

const messages = Array.from({ length: 5 }, (_, round) => Buffer.from('документ '.repeat(round)))
const changed = (message: Buffer): Buffer => Buffer.concat([message, Buffer.from('.')])

describe.skipIf(!gostEngineIsHere)("OpenSSL's gost engine on the other side (skipped where it is absent)", () => {
  describe.each(kinds)('%s', (_, options) => {
    const { parameters, createHash } = options.algorithm
    const digestOf = (message: Buffer): Uint8Array => createHash().update(message).digest()
    const engineKey = (): EngineKey => {
      const key = generateEngineKey(options)
      onTestFinished(() => key.remove())
      return key
    }

    test('both sides derive the same public key from a private key', () => {
      const { pair } = engineKey()
      const derived = deriveGost3410PublicKey(pair.privateKey)
      expect(encodeGost3410PublicKey(derived)).toEqual(encodeGost3410PublicKey(pair.publicKey))
    })

    test('we accept what it signs, and for no other message', () => {
      const their = engineKey()
      const { publicKey } = their.pair
      for (const message of messages) {
        const signature = their.sign(message)
        expect(gost3410Verify({ publicKey, digest: digestOf(message), signature })).toBe(true)
        expect(gost3410Verify({ publicKey, digest: digestOf(changed(message)), signature })).toBe(false)
      }
    })

    test('it accepts what we sign, and for no other message', () => {
      const their = engineKey()
      const { privateKey } = their.pair
      for (const message of messages) {
        const signature = gost3410Sign({ privateKey, digest: digestOf(message) })
        expect(their.accepts(message, signature)).toBe(true)
        expect(their.accepts(changed(message), signature)).toBe(false)
      }
    })

    test('it signs and verifies with keys that we make', () => {
      const their = engineKey()
      for (const message of messages) {
        const our = their.withKey(generateGost3410KeyPair(parameters))
        const { privateKey, publicKey } = our.pair
        const digest = digestOf(message)
        expect(gost3410Verify({ publicKey, digest, signature: our.sign(message) })).toBe(true)
        const signature = gost3410Sign({ privateKey, digest })
        expect(our.accepts(message, signature)).toBe(true)
        expect(their.accepts(message, signature)).toBe(false)
      }
    })
  })
})
