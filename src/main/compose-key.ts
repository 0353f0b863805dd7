import { readFile } from 'node:fs/promises'
import { createPkcs12KeyStore } from './adapters/keystore/create-pkcs12-key-store.ts'
import type { KeyStore } from './adapters/keystore/signing-identity.ts'
import { createTokenKeyStore } from './adapters/keystore/token/create-token-key-store.ts'
import { forkTokenProcess } from './adapters/keystore/token/fork-token-process.ts'
import type { SpawnTokenProcess } from './adapters/keystore/token/token-protocol.ts'
import { checkNucAuthentication } from './adapters/x509/nuc-profile.ts'
import type { KeyPlace } from './settings/workstation-settings.ts'

/** The key's place: a file, or a token in a process of its own. */
export function keyStoreFor(key: KeyPlace, spawn: SpawnTokenProcess = forkTokenProcess): KeyStore {
  return 'file' in key
    ? createPkcs12KeyStore({ readKeyFile: () => readIfPresent(key.file) })
    : createTokenKeyStore({ ...key.token, spawn })
}

/** A person's token is read by the driver that is configured for the system's key; where that lies in a file, there is none. */
export function personalToken(key: KeyPlace, spawn: SpawnTokenProcess = forkTokenProcess): { token?: KeyStore } {
  if ('file' in key) return {}
  const { label: _, ...driver } = key.token
  return {
    token: createTokenKeyStore({ ...driver, spawn, isMeant: (certificate) => checkNucAuthentication(certificate).ok }),
  }
}

async function readIfPresent(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file)
  } catch {
    return undefined
  }
}
