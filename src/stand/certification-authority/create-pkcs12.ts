import { createHash } from 'node:crypto'
import { BmpString, OctetString } from 'asn1js'
import {
  Attribute,
  AuthenticatedSafe,
  CertBag,
  type Certificate,
  type CryptoEngine,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  SafeBag,
  SafeContents,
} from 'pkijs'
import { certificateDer } from './issue-certificate.ts'

/** OpenSSL's customary count. The PIN is public, so more rounds would only delay the first start. */
const KEY_DERIVATION_ROUNDS = 2048
/** Fewer still: pkijs derives the MAC's key by a call of WebCrypto a round. */
const MAC_ROUNDS = 64

const BAG_TYPES = { shroudedKey: '1.2.840.113549.1.12.10.1.2', certificate: '1.2.840.113549.1.12.10.1.3' } as const
const DATA = '1.2.840.113549.1.7.1'

/**
 * A key file as OpenSSL 3 and НУЦ's newer tools make it: PBES2 (PBKDF2 with HMAC-SHA-256, AES-256-CBC) and a
 * MAC by HMAC-SHA-256.
 * @param options.pkcs8 the private key; the caller wipes it.
 * @param options.chain the owner's certificate first.
 * @returns PFX, DER.
 */
export async function createPkcs12(options: {
  readonly engine: CryptoEngine
  readonly pkcs8: Uint8Array
  readonly chain: readonly [Certificate, ...Certificate[]]
  readonly friendlyName: string
  readonly pin: string
}): Promise<Buffer> {
  const { engine } = options
  const password = new Uint8Array(Buffer.from(options.pin, 'utf8')).buffer
  const encryption = {
    password,
    contentEncryptionAlgorithm: { name: 'AES-CBC', length: 256, iv: new Uint8Array() },
    hmacHashAlgorithm: 'SHA-256',
    iterationCount: KEY_DERIVATION_ROUNDS,
    contentType: DATA,
  }
  const ownerAttributes = bagAttributes({ certificate: options.chain[0], friendlyName: options.friendlyName })

  const keyBag = new PKCS8ShroudedKeyBag({ parsedValue: PrivateKeyInfo.fromBER(options.pkcs8) })
  await keyBag.makeInternalValues(encryption, engine)

  const safe = new AuthenticatedSafe({
    parsedValue: {
      safeContents: [
        {
          privacyMode: 0,
          value: new SafeContents({
            safeBags: [new SafeBag({ bagId: BAG_TYPES.shroudedKey, bagValue: keyBag, bagAttributes: ownerAttributes })],
          }),
        },
        {
          privacyMode: 1,
          value: new SafeContents({
            safeBags: options.chain.map(
              (certificate, position) =>
                new SafeBag({
                  bagId: BAG_TYPES.certificate,
                  bagValue: new CertBag({ parsedValue: certificate }),
                  ...(position === 0 ? { bagAttributes: ownerAttributes } : {}),
                }),
            ),
          }),
        },
      ],
    },
  })
  await safe.makeInternalValues({ safeContents: [{}, { ...encryption }] }, engine)

  const pfx = new PFX({ parsedValue: { integrityMode: 0, authenticatedSafe: safe } })
  await pfx.makeInternalValues(
    { password, iterations: MAC_ROUNDS, pbkdf2HashAlgorithm: 'SHA-256', hmacHashAlgorithm: 'SHA-256' },
    engine,
  )
  return Buffer.from(pfx.toSchema().toBER(false))
}

/** friendlyName and localKeyId (PKCS#9), by which readers pair the key with its certificate. */
function bagAttributes(options: { readonly certificate: Certificate; readonly friendlyName: string }): Attribute[] {
  const keyId = new Uint8Array(
    createHash('sha256').update(certificateDer(options.certificate)).digest().subarray(0, 20),
  )
  return [
    new Attribute({ type: '1.2.840.113549.1.9.20', values: [new BmpString({ value: options.friendlyName })] }),
    new Attribute({ type: '1.2.840.113549.1.9.21', values: [new OctetString({ valueHex: keyId.buffer })] }),
  ]
}
