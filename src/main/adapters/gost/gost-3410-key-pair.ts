import { randomBytes } from 'node:crypto'
import { getMinHashLength, mapHashToField } from '@noble/curves/abstract/modular.js'
import type { Gost3410Parameters } from './gost-3410-parameters.ts'
import { deriveGost3410PublicKey, type Gost3410PrivateKey } from './gost-3410-private-key.ts'
import type { Gost3410PublicKey } from './gost-3410-public-key.ts'

export interface Gost3410KeyPair {
  readonly privateKey: Gost3410PrivateKey
  readonly publicKey: Gost3410PublicKey
}

/** A new key from the system's generator; half as many random bits again as q has make the reduction unbiased. */
export function generateGost3410KeyPair(parameters: Gost3410Parameters): Gost3410KeyPair {
  const seed = randomBytes(getMinHashLength(parameters.q))
  const privateKey = { parameters, scalar: mapHashToField(seed, parameters.q, true) }
  seed.fill(0)
  return { privateKey, publicKey: deriveGost3410PublicKey(privateKey) }
}
