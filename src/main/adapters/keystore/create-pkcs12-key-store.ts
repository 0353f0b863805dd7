import { fail, type Result, succeed } from '../../../shared/result.ts'
import { importSigningIdentity } from './import-signing-identity.ts'
import { openPkcs12 } from './open-pkcs12.ts'
import type { KeyStore } from './signing-identity.ts'

/**
 * The signing key in a PKCS#12 file, which is read anew at each opening.
 * @param options.readKeyFile undefined where there is no file.
 */
export function createPkcs12KeyStore(options: {
  readonly readKeyFile: () => Promise<Uint8Array | undefined>
}): KeyStore {
  return {
    async open(pin) {
      const file = await readFile(options.readKeyFile)
      if (!file.ok) return file
      const opened = await openPkcs12({ file: file.value, pin })
      return opened.ok ? importSigningIdentity(opened.value) : opened
    },
  }
}

async function readFile(read: () => Promise<Uint8Array | undefined>): Promise<Result<Uint8Array>> {
  try {
    const file = await read()
    return file === undefined ? fail({ code: 'sign.key-missing' }) : succeed(file)
  } catch {
    return fail({ code: 'sign.key-unreadable', detail: 'the key file cannot be read' })
  }
}
