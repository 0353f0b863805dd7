import type { CipherSuite } from '@hpke/core'
import { passwordSealInfo, registrationLimits } from '../../../shared/domain/registration.ts'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { OneTimeKey, PasswordSeal } from '../../ports/password-seal.ts'
import { passwordSealSuite } from './password-seal-suite.ts'

type PrivateKey = Awaited<ReturnType<CipherSuite['kem']['deserializePrivateKey']>>
type SealedPassword = Parameters<OneTimeKey['open']>[0]

/** Bytes of an X25519 key, and of what AES-GCM adds to a message. */
const KEY_BYTES = 32
const TAG_BYTES = 16

/** Opens passwords that the portal sealed to a key of this request alone. */
export function createHpkePasswordSeal(): PasswordSeal {
  const suite = passwordSealSuite()
  return {
    newOneTimeKey: () => newOneTimeKey(suite),
    async openerOf(secret) {
      try {
        const { open, wipe } = await opener(suite, await suite.kem.deserializePrivateKey(Uint8Array.from(secret)))
        return succeed({ open, wipe })
      } catch {
        return unsealable()
      } finally {
        secret.fill(0)
      }
    },
  }
}

async function newOneTimeKey(suite: CipherSuite): Promise<OneTimeKey> {
  const pair = await suite.kem.generateKeyPair()
  const publicKey = new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey))
  return { publicKey, ...(await opener(suite, pair.privateKey)) }
}

async function opener(suite: CipherSuite, recipientKey: PrivateKey): Promise<Omit<OneTimeKey, 'publicKey'>> {
  // The library serialises without copying, so these are the very bytes of its key, and wiping them wipes it. The
  // numbers it computes with are JavaScript's, and are left to the garbage collector.
  const secret = new Uint8Array(await suite.kem.serializePrivateKey(recipientKey))
  let wiped = false

  const open = async (sealed: SealedPassword): Promise<Result<Buffer>> => {
    if (!hasSealedSize(sealed)) return unsealable()
    const { encapsulatedKey, ciphertext, aad } = sealed
    const info = new TextEncoder().encode(passwordSealInfo)
    const recipient = { recipientKey, enc: encapsulatedKey, info }
    const opened = await suite.open(recipient, ciphertext, aad).catch(() => undefined)
    if (opened === undefined) return unsealable()
    const password = Buffer.from(opened)
    // The key may have been wiped while this was under way.
    if (wiped || !isPrintableAscii(password)) {
      password.fill(0)
      return unsealable()
    }
    return succeed(password)
  }

  const wipe = () => {
    wiped = true
    secret.fill(0)
  }

  return { open, secret: () => Buffer.from(secret), wipe }
}

function unsealable(): Result<never> {
  return fail({ code: 'reply.password-unsealable' })
}

/** AES-GCM keeps the length, so a password outside its limits is refused before it is opened. */
function hasSealedSize({ encapsulatedKey, ciphertext }: SealedPassword): boolean {
  const { min, max } = registrationLimits.password
  const length = ciphertext.length - TAG_BYTES
  return encapsulatedKey.length === KEY_BYTES && length >= min && length <= max
}

/** `!` to `~`: what the envelope can print and a citizen can type. */
function isPrintableAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x21 && byte <= 0x7e)
}
