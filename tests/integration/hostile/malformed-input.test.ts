import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { readSignedMessage } from '../../../src/main/adapters/cms/read-signed-message.ts'
import { recogniseDocument } from '../../../src/main/adapters/cms/recognise-document.ts'
import { checkTimestampToken } from '../../../src/main/adapters/cms/timestamp-token.ts'
import { gost2015With512 } from '../../../src/main/adapters/gost/gost-algorithms.ts'
import { encodeGostPrivateKey, parseGostPrivateKey } from '../../../src/main/adapters/gost/private-key-info.ts'
import { parseGostPublicKey } from '../../../src/main/adapters/gost/subject-public-key-info.ts'
import { importSigningIdentity } from '../../../src/main/adapters/keystore/import-signing-identity.ts'
import { openPkcs12 } from '../../../src/main/adapters/keystore/open-pkcs12.ts'
import { parseCertificateList } from '../../../src/main/adapters/revocation/certificate-list.ts'
import { parseOcspResponse } from '../../../src/main/adapters/revocation/ocsp-response.ts'
import { parseCertificate } from '../../../src/main/adapters/x509/certificate.ts'
import { moments } from '../../support/pki-certificate.ts'
import { cmsOids, signMessage } from '../../support/pki-cms.ts'
import * as der from '../../support/pki-der.ts'
import { createOpensslFolder } from '../../support/pki-files.ts'
import { gostKeys } from '../../support/pki-keys.ts'
import { issueCrl, issueOcspResponse } from '../../support/pki-revocation.ts'
import { nucPki } from './judge-hostile.ts'

/**
 * Malformed input to every reader of binary formats: each refuses with a code or with undefined, none throws, and none
 * takes longer than a few times what reading takes. What the thread itself spends is measured, whatever else the machine
 * does, and the limit is wide, because machines differ: it catches time that grows faster than the input.
 */
const LIMIT_MS = 1_000

const { root, authority, signer } = nucPki('malformed')
const content = Buffer.from('content')
const gost = gostKeys('malformed').gost
if (gost === undefined) throw new Error('ГОСТ keys expected')
const folder = createOpensslFolder()
afterAll(() => folder.remove())

const token = signMessage({
  signer,
  contentType: cmsOids.tstInfo,
  content: der.sequence(
    der.integer(1),
    der.oid('1.2.3'),
    der.sequence(der.sequence(der.oid('2.16.840.1.101.3.4.2.1'), der.nothing()), der.octets(Buffer.alloc(32))),
    der.integer(1),
    der.generalizedTime(moments.now),
  ),
})

function pkcs12(): Buffer {
  const file = folder.file('key.p12')
  const from = ['-inkey', folder.keyFile('key.pem', signer), '-in', folder.certificateFile('signer.pem', [signer])]
  folder.openssl('pkcs12', '-export', ...from, '-passout', 'pass:1234', '-iter', '1', '-maciter', '-out', file)
  return readFileSync(file)
}

type Refuses = (bytes: Buffer) => boolean | Promise<boolean>

/** A whole one, and whether a reader refuses what it is given. */
const readers: readonly (readonly [name: string, whole: Buffer, refuses: Refuses])[] = [
  ['CMS message', signMessage({ signer, content }), (bytes) => readSignedMessage(bytes) === undefined],
  [
    'file to verify',
    signMessage({ signer, content }),
    (bytes) => !['cms', 'timestamp'].includes(recogniseDocument(bytes).form),
  ],
  ['certificate', signer.der, (bytes) => parseCertificate(bytes) === undefined],
  [
    'CRL',
    issueCrl({ issuer: authority, entries: [{ certificate: signer }] }),
    (bytes) => parseCertificateList(bytes) === undefined,
  ],
  [
    'OCSP response',
    issueOcspResponse({ certificate: signer, issuer: root }),
    (bytes) => parseOcspResponse(bytes) === undefined,
  ],
  [
    'timestamp',
    token,
    (bytes) => {
      const checked = checkTimestampToken(bytes, undefined)
      return !checked.ok && checked.refusal.subIndication === 'FORMAT_FAILURE'
    },
  ],
  [
    'PKCS#12',
    pkcs12(),
    async (bytes) => {
      const opened = await openPkcs12({ file: bytes, pin: Buffer.from('1234') })
      return !opened.ok && ['sign.key-unreadable', 'sign.wrong-pin'].includes(opened.failure.code)
    },
  ],
  [
    'PKCS#8 of ГОСТ',
    Buffer.from(encodeGostPrivateKey({ algorithm: gost2015With512, privateKey: gost.privateKey })),
    (bytes) => parseGostPrivateKey(bytes) === undefined,
  ],
  [
    'PKCS#8 of RSA',
    signer.keys.privateKey.export({ format: 'der', type: 'pkcs8' }),
    async (bytes) => {
      const imported = await importSigningIdentity({
        certificate: signer.der,
        chain: [],
        privateKeyPkcs8: Buffer.from(bytes),
      })
      return !imported.ok && imported.failure.code === 'sign.key-unreadable'
    },
  ],
  ['public key of ГОСТ', gostKeys('malformed').publicKeyInfo, (bytes) => parseGostPublicKey(bytes) === undefined],
]

/** `depth` elements around one another, definite lengths. */
function nested(depth: number): Buffer {
  let element = der.nothing()
  for (let i = 0; i < depth; i++) element = der.sequence(element)
  return element
}

const inputs: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['nothing', Buffer.alloc(0)],
  ['one zero', Buffer.alloc(1)],
  ['10 MB of zeros', Buffer.alloc(10_000_000)],
  ['10 MB of 0xff', Buffer.alloc(10_000_000, 0xff)],
  ['10 MB of one string', der.octets(Buffer.alloc(10_000_000, 0x30))],
  ['10 MB in a sequence of strings', der.sequence(Buffer.alloc(10_000_000, der.octets(Buffer.alloc(998))))],
  ['10 MB of text', Buffer.alloc(10_000_000, 'A')],
  ['sequences 10,000 deep', nested(10_000)],
  ['indefinite sequences 10,000 deep', Buffer.alloc(20_000, Buffer.from([0x30, 0x80]))],
  ['indefinite strings 10,000 deep', Buffer.alloc(20_000, Buffer.from([0x24, 0x80]))],
  ['sets 10,000 deep without an end', Buffer.alloc(20_000, Buffer.from([0x31, 0x80]))],
  ['half a million empty elements', der.sequence(Buffer.alloc(1_000_000, Buffer.from([0x05, 0x00])))],
  ['a length of 4 GB', Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff])],
  ['an object identifier of a megabyte', der.sequence(der.tlv(6, Buffer.alloc(1_000_000, 0x81)))],
  ['a number of a megabyte', der.sequence(der.tlv(2, Buffer.alloc(1_000_000, 0x7f)))],
]

describe.each(readers)('%s', (_name, whole, refuses) => {
  test('reads what is whole', async () => {
    expect(await refuses(Buffer.from(whole))).toBe(false)
  })

  test.each(inputs)('refuses %s', async (_what, bytes) => {
    const start = process.threadCpuUsage()
    expect(await refuses(bytes)).toBe(true)
    const { user, system } = process.threadCpuUsage(start)
    expect((user + system) / 1000).toBeLessThan(LIMIT_MS)
  })

  test('refuses itself cut at any octet', async () => {
    const accepted: number[] = []
    for (let length = 0; length < whole.length; length++) {
      if (!(await refuses(Buffer.from(whole.subarray(0, length))))) accepted.push(length)
    }
    expect(accepted).toEqual([])
  })

  test('refuses itself with octets after it', async () => {
    expect(await refuses(Buffer.concat([whole, Buffer.alloc(1)]))).toBe(true)
  })
})
