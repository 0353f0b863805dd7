import { createHash } from 'node:crypto'
import type { FailureCode } from '../../../shared/contract/failure.ts'
import { fail } from '../../../shared/result.ts'
import type { Clock } from '../../ports/clock.ts'
import type { PersonalKey, PersonalKeys } from '../../ports/personal-key.ts'
import { buildSignedMessage } from '../cms/build-signed-message.ts'
import { createPkcs12KeyStore } from './create-pkcs12-key-store.ts'
import type { KeyStore } from './signing-identity.ts'

const CODES: Partial<Record<FailureCode, FailureCode>> = {
  'sign.wrong-pin': 'session.key-wrong-pin',
  'sign.pin-last-try': 'session.key-wrong-pin',
  'sign.pin-locked': 'session.key-absent',
  'sign.key-missing': 'session.key-absent',
  'sign.token-absent': 'session.key-absent',
  'sign.token-gone': 'session.key-absent',
  'sign.driver-failed': 'session.key-absent',
}

/**
 * The keys of people who sign in, opened for one signature each.
 * @param options.token the driver of people's tokens, where one is configured.
 * @param options.tagOf names a key in the log without telling it.
 */
export function createPersonalKeys(options: {
  readonly clock: Clock
  readonly tagOf: (key: string) => string
  readonly token?: KeyStore
}): PersonalKeys {
  function keyIn(keyStore: KeyStore, name: string): PersonalKey {
    return {
      tag: options.tagOf(name),
      async sign(challenge, pin) {
        const opened = await keyStore.open(pin)
        if (!opened.ok) {
          const { code, detail } = opened.failure
          // How many tries are left is the token's own affair, and worth saying.
          return fail({ code: CODES[code] ?? 'session.key-unreadable', detail: detail ?? code })
        }
        const identity = opened.value
        try {
          const signed = await buildSignedMessage({
            content: challenge,
            identity,
            chain: [],
            signingTime: options.clock.now(),
          })
          if (!signed.ok) return fail({ code: CODES[signed.failure.code] ?? 'session.key-unreadable' })
          return { ok: true, value: Buffer.from(signed.value).toString('base64') }
        } finally {
          identity.close()
        }
      },
    }
  }

  return {
    ofFile: (file) =>
      keyIn(
        createPkcs12KeyStore({ readKeyFile: async () => file }),
        `key-file:${createHash('sha256').update(file).digest('hex')}`,
      ),
    ofToken: () => options.token && keyIn(options.token, 'key-token'),
  }
}
