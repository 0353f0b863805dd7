import { webcrypto } from 'node:crypto'
import { CryptoEngine } from 'pkijs'

/** pkijs over this runtime's WebCrypto. Passed explicitly to every call: pkijs's global engine is shared state. */
export function createCryptoEngine(): CryptoEngine {
  return new CryptoEngine({ name: 'stand', crypto: webcrypto })
}
