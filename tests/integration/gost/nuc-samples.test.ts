import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  bitStringOctets,
  contextChildren,
  encoding,
  isContext,
  objectIdentifier,
  octetString,
  sequence,
} from '../../../src/main/adapters/asn1/asn1-node.ts'
import { readDer } from '../../../src/main/adapters/asn1/read-asn1.ts'
import { deriveGost3410PublicKey } from '../../../src/main/adapters/gost/gost-3410-private-key.ts'
import { gost3410Sign } from '../../../src/main/adapters/gost/gost-3410-sign.ts'
import { gost3410Verify } from '../../../src/main/adapters/gost/gost-3410-verify.ts'
import { gostAlgorithms } from '../../../src/main/adapters/gost/gost-algorithms.ts'
import { encodeGostPrivateKey, parseGostPrivateKey } from '../../../src/main/adapters/gost/private-key-info.ts'
import { encodeGostPublicKey, parseGostPublicKey } from '../../../src/main/adapters/gost/subject-public-key-info.ts'
import { openPkcs12 } from '../../../src/main/adapters/keystore/open-pkcs12.ts'

/** Public test keys and files of НУЦ's test authority; they are not part of this repository. */
const samples = path.resolve(import.meta.dirname, '..', '..', '..', '..', 'shared', 'kz-testdata')

/** Certificates, CRLs and BasicOCSPResponses are all SEQUENCE { what is signed, algorithm, BIT STRING … }. */
interface Signed {
  readonly covered: Uint8Array
  readonly signatureOid: string
  readonly signature: Uint8Array
  readonly der: Uint8Array
}

function readSigned(der: Uint8Array): Signed {
  const [covered, algorithm, signature] = sequence(readDer(der))
  if (covered === undefined) throw new Error('nothing is signed')
  const [oid] = sequence(algorithm)
  return {
    der,
    covered: encoding(covered),
    signatureOid: objectIdentifier(oid),
    signature: bitStringOctets(signature),
  }
}

/** DER, or the base64 of PEM, with or without text before it. */
function readSample(name: string): Uint8Array {
  const file = readFileSync(path.join(samples, name))
  if (file[0] === 0x30) return file
  const [, base64 = file.toString('latin1')] =
    /-----BEGIN [^-]*-----([^-]*)-----END/.exec(file.toString('latin1')) ?? []
  return Buffer.from(base64, 'base64')
}

function publicKeyInfo(certificate: Uint8Array): Uint8Array {
  const [tbs] = sequence(readDer(certificate))
  const spki = sequence(tbs)[6]
  if (spki === undefined) throw new Error('no key')
  return encoding(spki)
}

function verifies({ covered, signatureOid, signature }: Signed, issuer: Uint8Array): boolean {
  const algorithm = gostAlgorithms.find((known) => known.signatureOid === signatureOid)
  const key = parseGostPublicKey(publicKeyInfo(issuer))
  if (algorithm === undefined || key === undefined || key.algorithm !== algorithm) return false
  const digest = algorithm.createHash().update(covered).digest()
  return gost3410Verify({ publicKey: key.publicKey, digest, signature })
}

function basicOcspResponse(file: Uint8Array): { readonly response: Uint8Array; readonly responder: Uint8Array } {
  const [, responseBytes] = sequence(readDer(file))
  const [, octets] = sequence(contextChildren(responseBytes, 0)[0])
  const response = octetString(octets)
  const certificates = sequence(readDer(response)).find((item) => isContext(item, 0))
  const responder = sequence(contextChildren(certificates, 0)[0])[0]
  if (responder === undefined) throw new Error('no responder')
  return { response, responder: encoding(responder) }
}

describe.skipIf(!existsSync(samples))('samples of НУЦ (skipped where ../shared/kz-testdata is absent)', () => {
  test.each([
    ['ca/root_test_gost_2022.cer', 'ca/root_test_gost_2022.cer'],
    ['ca/nca_gost2022_test.cer', 'ca/root_test_gost_2022.cer'],
    ['certs/2025_individual_good.cer', 'ca/nca_gost2022_test.cer'],
    ['certs/2025_individual_revoked_in_crl.cer', 'ca/nca_gost2022_test.cer'],
    ['certs/2025_infosystem_good.cer', 'ca/nca_gost2022_test.cer'],
    ['certs/2022_ceo_revoked_in_ocsp.cer', 'ca/nca_gost2022_test.cer'],
    ['certs/gost2004_ceo_sign.cer', 'ca/nca_gost_test.crt'],
    ['cms/individual_signer.cer', 'ca/nca_gost2022_test.cer'],
    ['crl/nca_gost2022_test.crl', 'ca/nca_gost2022_test.cer'],
    ['crl/nca_gost2022_d_test.crl', 'ca/nca_gost2022_test.cer'],
  ])('%s is signed by %s and by no other authority', (name, issuer) => {
    const signed = readSigned(readSample(name))
    expect(verifies(signed, readSample(issuer))).toBe(true)
    const others = ['ca/root_test_gost_2022.cer', 'ca/nca_gost2022_test.cer', 'ca/nca_gost_test.crt']
    for (const other of others.filter((authority) => authority !== issuer)) {
      expect(verifies(signed, readSample(other))).toBe(false)
    }
    const altered = Uint8Array.from(signed.covered)
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1
    expect(verifies({ ...signed, covered: altered }, readSample(issuer))).toBe(false)
  })

  test.each(['ocsp/ocsp_response_ceo_2015_revoked.bin', 'ocsp/ocsp_response_individual_2015.bin'])(
    '%s is signed by the responder whose certificate it carries',
    (name) => {
      const { response, responder } = basicOcspResponse(readSample(name))
      expect(verifies(readSigned(response), responder)).toBe(true)
    },
  )

  test.each(['ca/root_test_gost_2022.cer', 'certs/2025_individual_good.cer', 'certs/gost2004_ceo_sign.cer'])(
    'the key in %s is encoded again as it stands there',
    (name) => {
      const spki = publicKeyInfo(readSample(name))
      const key = parseGostPublicKey(spki)
      expect(key && Buffer.from(encodeGostPublicKey(key))).toEqual(Buffer.from(spki))
    },
  )

  test('an RSA key is none of ours', () => {
    expect(parseGostPublicKey(publicKeyInfo(readSample('certs/rsa_individual_sign.cer')))).toBeUndefined()
  })

  test.each([
    ['p12/2025_individual_good.p12', 'certs/2025_individual_good.cer'],
    ['p12/2025_individual_revoked_in_crl.p12', 'certs/2025_individual_revoked_in_crl.cer'],
    ['p12/2025_infosystem_good.p12', 'certs/2025_infosystem_good.cer'],
    ['p12/individual_valid.p12', 'cms/individual_signer.cer'],
    ['p12/individual_revoked.p12', undefined],
    ['p12/legal_infosystem_valid.p12', undefined],
  ])(
    'the private key in %s belongs to its certificate, signs, and is encoded again as it stands there',
    async (name, published) => {
      const opened = await openPkcs12({ file: readSample(name), pin: Buffer.from('Qwerty12') })
      if (!opened.ok) throw new Error(opened.failure.code)
      const { certificate, privateKeyPkcs8 } = opened.value
      if (published !== undefined) expect(Buffer.from(certificate)).toEqual(Buffer.from(readSample(published)))

      const key = parseGostPrivateKey(privateKeyPkcs8)
      if (key === undefined) throw new Error('the private key was refused')
      expect(Buffer.from(encodeGostPrivateKey(key))).toEqual(privateKeyPkcs8)

      const { algorithm, privateKey } = key
      const publicKey = deriveGost3410PublicKey(privateKey)
      const spki = publicKeyInfo(certificate)
      expect(Buffer.from(encodeGostPublicKey({ algorithm, publicKey }))).toEqual(Buffer.from(spki))

      const digest = algorithm.createHash().update(Buffer.from('запрос')).digest()
      const signature = gost3410Sign({ privateKey, digest })
      const certified = parseGostPublicKey(spki)
      expect(certified && gost3410Verify({ publicKey: certified.publicKey, digest, signature })).toBe(true)
    },
  )
})
