import { Aes256Gcm, CipherSuite, HkdfSha256 } from '@hpke/core'
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519'

/**
 * The suite of a sealed password (RFC 9180, section 7): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
 * X25519 is the library's own: the WebCrypto of an older runtime does not have it.
 */
export function passwordSealSuite(): CipherSuite {
  return new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
}
