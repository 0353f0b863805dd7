import { Aes256Gcm, CipherSuite, HkdfSha256 } from '@hpke/core'
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519'
import { passwordSealAad, passwordSealInfo } from '../../shared/domain/registration.ts'

export interface SealedPassword {
  readonly encapsulatedKey: Uint8Array
  readonly ciphertext: Uint8Array
}

/**
 * Seals a password to a request's one-time key: HPKE (RFC 9180), base mode.
 * @param options.publicKey X25519, 32 bytes, from the signed request.
 * @param options.nonceBase64 as the request wrote it.
 * @returns undefined where no secret can be agreed with that key (a point of small order).
 */
export async function sealPassword(options: {
  readonly password: Uint8Array
  readonly publicKey: Uint8Array
  readonly requestId: string
  readonly nonceBase64: string
  readonly iin: string
}): Promise<SealedPassword | undefined> {
  const suite = new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  })
  try {
    const recipientPublicKey = await suite.kem.deserializePublicKey(new Uint8Array(options.publicKey))
    const info = new TextEncoder().encode(passwordSealInfo)
    const sender = await suite.createSenderContext({ recipientPublicKey, info })
    // In a buffer of its own: the engine keeps small arrays on its heap, moves them about, and leaves copies behind. The
    // buffer itself is given, since of an array the library makes two copies that nobody wipes.
    const plain = new Uint8Array(new ArrayBuffer(options.password.length))
    plain.set(options.password)
    const ciphertext = await sender.seal(plain.buffer, passwordSealAad(options)).finally(() => plain.fill(0))
    return { encapsulatedKey: new Uint8Array(sender.enc), ciphertext: new Uint8Array(ciphertext) }
  } catch {
    return undefined
  }
}
