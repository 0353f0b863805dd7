import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { fail, succeed } from '../../../shared/result.ts'
import type { SecretVault } from '../../ports/secret-vault.ts'

const FORMAT = 1
const IV_BYTES = 12
const TAG_BYTES = 16
const HEADER_BYTES = 1 + IV_BYTES

/**
 * A vault over a master key in memory. Each purpose has its own AES-256 key: HKDF-SHA-256 of the master key with
 * the info `arm-tson:vault:wrap:` + purpose. Wrapped bytes are version (1) ‖ IV (12) ‖ ciphertext ‖ tag (16);
 * the version and the purpose are authenticated as additional data. Keys of `mac` come from the same derivation with
 * `arm-tson:vault:mac:` + purpose.
 * @param options.masterKey 32 bytes; owned by the vault from here on and wiped by `close`.
 */
export function createPassphraseVault(options: { masterKey: Buffer }): SecretVault {
  const { masterKey } = options
  let open = true

  function withKey<T>(purpose: string, use: (key: Buffer, aad: Buffer) => T): T {
    const key = Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), `arm-tson:vault:wrap:${purpose}`, 32))
    try {
      return use(key, Buffer.concat([Buffer.of(FORMAT), Buffer.from(purpose)]))
    } finally {
      key.fill(0)
    }
  }

  return {
    wrap(secret, purpose) {
      if (!open) throw new Error('The vault is closed')
      return withKey(purpose, (key, aad) => {
        const iv = randomBytes(IV_BYTES)
        const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad)
        const ciphertext = Buffer.concat([cipher.update(secret), cipher.final()])
        return Buffer.concat([Buffer.of(FORMAT), iv, ciphertext, cipher.getAuthTag()])
      })
    },

    unwrap(wrapped, purpose) {
      if (!open) return fail({ code: 'vault.unreadable', detail: 'closed' })
      if (wrapped.length < HEADER_BYTES + TAG_BYTES || wrapped[0] !== FORMAT)
        return fail({ code: 'vault.unreadable', detail: 'not wrapped by this vault' })
      return withKey(purpose, (key, aad) => {
        const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(1, HEADER_BYTES), {
          authTagLength: TAG_BYTES,
        })
        decipher.setAAD(aad).setAuthTag(wrapped.subarray(-TAG_BYTES))
        const secret = decipher.update(wrapped.subarray(HEADER_BYTES, -TAG_BYTES))
        try {
          decipher.final()
          return succeed(secret)
        } catch {
          secret.fill(0)
          return fail({ code: 'vault.unreadable', detail: 'wrapped for another purpose or altered' })
        }
      })
    },

    mac(data, purpose) {
      if (!open) throw new Error('The vault is closed')
      const key = Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), `arm-tson:vault:mac:${purpose}`, 32))
      const tag = createHmac('sha256', key).update(data).digest()
      key.fill(0)
      return tag
    },

    close() {
      open = false
      masterKey.fill(0)
    },
  }
}
