import * as HPKE from 'hpke'

/** A request's one-time key, by an HPKE implementation that neither the product nor the stand uses. */
export interface OneTimeKey {
  readonly publicKeyBase64: string
  open(sealed: { encapsulatedKey: string; ciphertext: string; aad: string }): Promise<string>
}

export async function createOneTimeKey(): Promise<OneTimeKey> {
  const suite = new HPKE.CipherSuite(HPKE.KEM_DHKEM_X25519_HKDF_SHA256, HPKE.KDF_HKDF_SHA256, HPKE.AEAD_AES_256_GCM)
  const pair = await suite.GenerateKeyPair(true)
  const publicKey = await suite.SerializePublicKey(pair.publicKey)
  return {
    publicKeyBase64: Buffer.from(publicKey).toString('base64'),
    async open({ encapsulatedKey, ciphertext, aad }) {
      const plain = await suite.Open(
        pair.privateKey,
        Buffer.from(encapsulatedKey, 'base64'),
        Buffer.from(ciphertext, 'base64'),
        { info: Buffer.from('urn:arm-tson:registration:v1#password'), aad: Buffer.from(aad) },
      )
      return Buffer.from(plain).toString('utf8')
    },
  }
}
