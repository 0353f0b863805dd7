import { webcrypto } from 'node:crypto'
import { Null } from 'asn1js'
import { CryptoEngine, type CryptoEngineSignatureParams } from 'pkijs'

/** pkijs over this runtime's WebCrypto. Passed explicitly to every call: pkijs's global engine is shared state. */
export function createCryptoEngine(): CryptoEngine {
  return new StandEngine({ name: 'stand', crypto: webcrypto })
}

class StandEngine extends CryptoEngine {
  /** pkijs leaves the parameters of sha256WithRSAEncryption out; RFC 4055, section 5, wants a NULL. */
  override async getSignatureParameters(
    privateKey: webcrypto.CryptoKey,
    hashAlgorithm: string,
  ): Promise<CryptoEngineSignatureParams> {
    const parameters = await super.getSignatureParameters(privateKey, hashAlgorithm)
    parameters.signatureAlgorithm.algorithmParams = new Null()
    return parameters
  }
}
