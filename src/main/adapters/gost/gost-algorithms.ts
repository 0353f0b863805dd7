import {
  cryptoProParamSetA,
  tc26Gost3410With256ParamSetA,
  tc26Gost3410With512ParamSetA,
} from './gost-3410-parameter-sets.ts'
import type { Gost3410Parameters } from './gost-3410-parameters.ts'
import { createGost34311 } from './gost-34311.ts'
import type { GostHash } from './gost-hash.ts'
import { createStreebog } from './streebog.ts'

/** One signature algorithm of НУЦ РК: its identifiers, its curve and the hash that goes with it. */
export interface GostAlgorithm {
  readonly name: 'gost2015-512' | 'gost2015-256' | 'gost2004'
  /** In SubjectPublicKeyInfo and PKCS#8. Old CMS names this one also where `signatureOid` belongs. */
  readonly keyOid: string
  readonly curveOid: string
  /** What may stand beside `curveOid` in the key's parameters; the first is what we write. */
  readonly keyDigestOids: readonly [string, ...string[]]
  readonly signatureOid: string
  readonly digestOid: string
  readonly xmlSignatureUri: string
  readonly xmlDigestUri: string
  readonly parameters: Gost3410Parameters
  readonly createHash: () => GostHash
}

const NUC_XML = 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms'
const XMLDSIG_MORE = 'http://www.w3.org/2001/04/xmldsig-more'

export const gost2015With512: GostAlgorithm = {
  name: 'gost2015-512',
  keyOid: '1.2.398.3.10.1.1.2.2',
  curveOid: '1.2.398.3.10.1.1.2.2.1',
  keyDigestOids: ['1.2.398.3.10.1.3.3'],
  signatureOid: '1.2.398.3.10.1.1.2.3.2',
  digestOid: '1.2.398.3.10.1.3.3',
  xmlSignatureUri: `${NUC_XML}:gostr34102015-gostr34112015-512`,
  xmlDigestUri: `${NUC_XML}:gostr34112015-512`,
  parameters: tc26Gost3410With512ParamSetA,
  createHash: () => createStreebog({ bits: 512 }),
}

export const gost2015With256: GostAlgorithm = {
  name: 'gost2015-256',
  keyOid: '1.2.398.3.10.1.1.2.1',
  curveOid: '1.2.398.3.10.1.1.2.1.1',
  keyDigestOids: ['1.2.398.3.10.1.3.2'],
  signatureOid: '1.2.398.3.10.1.1.2.3.1',
  digestOid: '1.2.398.3.10.1.3.2',
  xmlSignatureUri: `${NUC_XML}:gostr34102015-gostr34112015-256`,
  xmlDigestUri: `${NUC_XML}:gostr34112015-256`,
  parameters: tc26Gost3410With256ParamSetA,
  createHash: () => createStreebog({ bits: 256 }),
}

/** ГОСТ 34.310-2004 with ГОСТ 34.311-95: in certificates until 2024. For verifying only. */
export const gost2004: GostAlgorithm = {
  name: 'gost2004',
  keyOid: '1.2.398.3.10.1.1.1.1',
  curveOid: '1.2.398.3.10.1.1.1.1.1',
  keyDigestOids: ['1.2.398.3.10.1.3.1.1.0', '1.2.398.3.10.1.3.1'],
  signatureOid: '1.2.398.3.10.1.1.1.2',
  digestOid: '1.2.398.3.10.1.3.1',
  xmlSignatureUri: `${XMLDSIG_MORE}#gost34310-gost34311`,
  xmlDigestUri: `${XMLDSIG_MORE}#gost34311`,
  parameters: cryptoProParamSetA,
  createHash: createGost34311,
}

export const gostAlgorithms: readonly GostAlgorithm[] = [gost2015With512, gost2015With256, gost2004]
