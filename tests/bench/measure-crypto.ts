import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { buildSignedMessage } from '../../src/main/adapters/cms/build-signed-message.ts'
import { generateGost3410KeyPair } from '../../src/main/adapters/gost/gost-3410-key-pair.ts'
import { precomputeGost3410PublicKey } from '../../src/main/adapters/gost/gost-3410-precompute.ts'
import { gost3410Sign } from '../../src/main/adapters/gost/gost-3410-sign.ts'
import { gost3410Verify } from '../../src/main/adapters/gost/gost-3410-verify.ts'
import { gost2015With512 } from '../../src/main/adapters/gost/gost-algorithms.ts'
import { encodeGostPrivateKey } from '../../src/main/adapters/gost/private-key-info.ts'
import { encodeGostPublicKey } from '../../src/main/adapters/gost/subject-public-key-info.ts'
import { importSigningIdentity } from '../../src/main/adapters/keystore/import-signing-identity.ts'
import type { SigningIdentity } from '../../src/main/adapters/keystore/signing-identity.ts'
import { issueCertificate, signerExtensions } from '../support/pki-certificate.ts'
import { rsaKeys, type TestKeys } from '../support/pki-keys.ts'
import { type Figure, figure } from './figure.ts'
import { need } from './open-bench-workstation.ts'
import { timeMany } from './stopwatch.ts'
import type { Yardsticks } from './yardsticks.ts'

const RUNS = 60
const TARGETS_MS = { gostSign: 10, gostVerify: 25, cmsRsa: 5 } as const

/** Signatures alone, without a database, a network or a window. */
export async function measureCrypto(yardsticks: Yardsticks): Promise<Figure[]> {
  const { parameters, createHash } = gost2015With512
  const pair = generateGost3410KeyPair(parameters)
  const content = randomBytes(1500)
  const digest = createHash().update(content).digest()
  const signature = gost3410Sign({ privateKey: pair.privateKey, digest })

  const hashes = await timeMany(RUNS, () => createHash().update(content).digest())
  const signatures = await timeMany(RUNS, () => gost3410Sign({ privateKey: pair.privateKey, digest }))
  const verify = () => {
    if (!gost3410Verify({ publicKey: pair.publicKey, digest, signature })) throw new Error('a good signature refused')
  }
  const verifications = await timeMany(RUNS, verify)
  precomputeGost3410PublicKey(pair.publicKey)
  verify()
  const known = await timeMany(RUNS, verify)

  const rsa = await identityOf(rsaKeys('bench'))
  const gost = await gostIdentity()
  const signMessage = async (identity: SigningIdentity) =>
    void need(await buildSignedMessage({ content, identity, chain: [], signingTime: new Date() }))
  const rsaMessages = await timeMany(RUNS, () => signMessage(rsa))
  const gostMessages = await timeMany(RUNS, () => signMessage(gost))
  return [
    figure('ГОСТ 34.10-2015 signature, 512 bits', 'median', signatures, yardsticks.ecSign, TARGETS_MS.gostSign),
    figure(
      'ГОСТ 34.10-2015 verification, 512 bits',
      'median',
      verifications,
      yardsticks.ecVerify,
      TARGETS_MS.gostVerify,
    ),
    figure('  by a key prepared before', 'median', known, yardsticks.ecVerify),
    figure('Streebog-512 of 1500 octets', 'median', hashes, yardsticks.sha512),
    figure('CMS built and signed, RSA-2048', 'median', rsaMessages, yardsticks.rsaSign, TARGETS_MS.cmsRsa),
    figure('CMS built and signed, ГОСТ with 512 bits', 'median', gostMessages, yardsticks.ecSign),
  ]
}

async function identityOf(keys: TestKeys): Promise<SigningIdentity> {
  const certificate = issueCertificate({ subject: 'Bench', keys, extensions: signerExtensions() })
  return need(
    await importSigningIdentity({
      certificate: certificate.der,
      chain: [],
      privateKeyPkcs8: Buffer.from(keys.privateKey.export({ format: 'der', type: 'pkcs8' })),
    }),
  )
}

async function gostIdentity(): Promise<SigningIdentity> {
  const { privateKey, publicKey } = generateGost3410KeyPair(gost2015With512.parameters)
  const publicKeyInfo = Buffer.from(encodeGostPublicKey({ algorithm: gost2015With512, publicKey }))
  const issuerKeys = rsaKeys('bench')
  const certificate = issueCertificate({
    subject: 'Bench ГОСТ',
    keys: { privateKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey, publicKeyInfo },
    signedBy: issuerKeys,
    extensions: signerExtensions(),
  })
  return need(
    await importSigningIdentity({
      certificate: certificate.der,
      chain: [],
      privateKeyPkcs8: Buffer.from(encodeGostPrivateKey({ algorithm: gost2015With512, privateKey })),
    }),
  )
}
