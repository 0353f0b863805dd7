import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { fail, succeed } from '../../../shared/result.ts'
import type { SecretVault } from '../../ports/secret-vault.ts'
import type { VaultEntries } from './vault-entries.ts'

/** Without and with a secret of the purpose in the key. */
const PLAIN = 1
const WITH_ENTRY = 2
const IV_BYTES = 12
const TAG_BYTES = 16
const HEADER_BYTES = 1 + IV_BYTES

/**
 * A vault over a master key in memory. Each purpose has its own AES-256 key: HKDF-SHA-256 of the master key with
 * the info `arm-tson:vault:wrap:` + purpose, and the purpose's entry as salt (version 2; none in version 1). Wrapped bytes
 * are version (1) ‖ IV (12) ‖ ciphertext ‖ tag (16); the version and the purpose are authenticated as additional data.
 * Keys of `mac` come from the same derivation with `arm-tson:vault:mac:` + purpose.
 * @param options.masterKey 32 bytes; owned by the vault from here on and wiped by `close`.
 * @param options.entries what can be destroyed; without them everything is wrapped by version 1.
 */
export function createPassphraseVault(options: { masterKey: Buffer; entries?: VaultEntries }): SecretVault {
  const { masterKey, entries } = options
  let open = true

  function withKey<T>(purpose: string, entry: Buffer | undefined, use: (key: Buffer, aad: Buffer) => T): T {
    const salt = entry ?? Buffer.alloc(0)
    const key = Buffer.from(hkdfSync('sha256', masterKey, salt, `arm-tson:vault:wrap:${purpose}`, 32))
    try {
      return use(key, Buffer.concat([Buffer.of(entry === undefined ? PLAIN : WITH_ENTRY), Buffer.from(purpose)]))
    } finally {
      key.fill(0)
      entry?.fill(0)
    }
  }

  return {
    wrap(secret, purpose) {
      if (!open) throw new Error('The vault is closed')
      const entry = entries?.obtain(purpose)
      return withKey(purpose, entry, (key, aad) => {
        const iv = randomBytes(IV_BYTES)
        const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad)
        const ciphertext = Buffer.concat([cipher.update(secret), cipher.final()])
        return Buffer.concat([aad.subarray(0, 1), iv, ciphertext, cipher.getAuthTag()])
      })
    },

    unwrap(wrapped, purpose) {
      if (!open) return fail({ code: 'vault.unreadable', detail: 'closed' })
      const known = wrapped[0] === PLAIN || (wrapped[0] === WITH_ENTRY && entries !== undefined)
      if (wrapped.length < HEADER_BYTES + TAG_BYTES || !known)
        return fail({ code: 'vault.unreadable', detail: 'not wrapped by this vault' })
      const entry = wrapped[0] === PLAIN ? undefined : entries?.find(purpose)
      if (wrapped[0] === WITH_ENTRY && entry === undefined)
        return fail({ code: 'vault.unreadable', detail: 'destroyed' })
      return withKey(purpose, entry, (key, aad) => {
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

    destroy(purpose) {
      try {
        entries?.destroy(purpose)
        return succeed(undefined)
      } catch (error) {
        const detail = error instanceof Error && 'code' in error ? String(error.code) : 'unexpected'
        return fail({ code: 'vault.unreadable', detail })
      }
    },

    close() {
      open = false
      masterKey.fill(0)
    },
  }
}
