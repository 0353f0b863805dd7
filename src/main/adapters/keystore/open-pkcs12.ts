import { fail, type Result, succeed } from '../../../shared/result.ts'
import { MalformedAsn1 } from '../asn1/read-asn1.ts'
import { matchCertificate } from './match-certificate.ts'
import { toBmpPassword } from './pkcs12-key-derivation.ts'
import { macIsRight } from './pkcs12-mac.ts'
import { openSafes, readPfx } from './read-pfx.ts'

export interface OpenedKey {
  /** DER. */
  readonly certificate: Uint8Array
  /** The other certificates of the file, DER, in no order. */
  readonly chain: readonly Uint8Array[]
  /** PrivateKeyInfo, DER. The caller wipes it. */
  readonly privateKeyPkcs8: Buffer
}

const MAX_FILE_OCTETS = 1024 * 1024

/**
 * Opens a PKCS#12 file with one private key, as OpenSSL 3 and as НУЦ write it. The MAC is verified before anything
 * is decrypted.
 * @param options.pin UTF-8; left as it is, the caller wipes it.
 * @returns failures `sign.wrong-pin` (the MAC does not fit) and `sign.key-unreadable`.
 */
export async function openPkcs12(options: { file: Uint8Array; pin: Buffer }): Promise<Result<OpenedKey>> {
  const { file, pin } = options
  if (file.length > MAX_FILE_OCTETS) return unreadable('file too large')
  const bmp = toBmpPassword(pin)
  if (bmp === undefined) return fail({ code: 'sign.wrong-pin' })
  try {
    const pfx = readPfx(file)
    if (!macIsRight(pfx, bmp)) return fail({ code: 'sign.wrong-pin' })
    const contents = await openSafes(pfx.authenticatedSafe, { utf8: pin, bmp })
    const [key, ...others] = contents.keys
    const matched = key && others.length === 0 ? matchCertificate(key, contents.certificates) : undefined
    if (key !== undefined && matched !== undefined) return succeed({ ...matched, privateKeyPkcs8: key.pkcs8 })
    for (const { pkcs8 } of contents.keys) pkcs8.fill(0)
    return unreadable(
      contents.keys.length === 1 ? 'no certificate fits the key' : `${contents.keys.length} private keys`,
    )
  } catch (error) {
    if (error instanceof MalformedAsn1) return unreadable(error.message)
    throw error
  } finally {
    bmp.fill(0)
  }
}

function unreadable(detail: string): Result<OpenedKey> {
  return fail({ code: 'sign.key-unreadable', detail })
}
