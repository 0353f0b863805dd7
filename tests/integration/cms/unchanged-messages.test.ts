import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createPathVerifier } from '../../support/path-verifier.ts'
import {
  authorityExtensions,
  extension,
  issueCertificate,
  moments,
  signerExtensions,
} from '../../support/pki-certificate.ts'
import { attribute, cmsOids, signedData, signerInfo, signMessage } from '../../support/pki-cms.ts'
import * as der from '../../support/pki-der.ts'
import { rsaKeys } from '../../support/pki-keys.ts'
import {
  authority,
  base64,
  certificates,
  content,
  judge,
  root,
  signed,
  signedBy,
  signer,
} from '../hostile/message-cases.ts'

const someOcsp = der.explicit(1, der.oid('1.3.6.1.5.5.7.16.2'), der.sequence(der.tlv(0x0a, Buffer.from([0]))))

describe('what hostile messages are changed from', () => {
  const passes = async (document: string) => {
    const verdict = await judge(document)
    expect(verdict).toMatchObject({ indication: 'TOTAL-PASSED', signingTime: moments.now })
    return verdict.indication === 'TOTAL-PASSED' ? Buffer.from(verdict.content) : undefined
  }

  test('the unchanged message passes and hands out exactly the signed content', async () => {
    expect(await passes(base64(signed()))).toEqual(content)
  })

  test('so it does with line breaks of either kind', async () => {
    const lines = base64(signed()).match(/.{1,64}/g) ?? []
    expect(await passes(lines.join('\r\n'))).toEqual(content)
    expect(await passes(`${lines.join('\n')}\n`)).toEqual(content)
  })

  test('a wrapping of indefinite lengths passes, as RFC 5652 allows', async () => {
    const [type = Buffer.alloc(0), wrapped = Buffer.alloc(0)] = der.childrenOf(signed())
    const [body = Buffer.alloc(0)] = der.childrenOf(wrapped)
    const inPieces = der.indefinite(der.tlv(0x24, der.octets(content.subarray(0, 5)), der.octets(content.subarray(5))))
    const parts = der.childrenOf(body)
    const encapsulated = der.indefinite(der.sequence(der.oid(cmsOids.data), der.indefinite(der.explicit(0, inPieces))))
    const loose = der.sequence(...parts.map((part, i) => (i === 2 ? encapsulated : part)))
    const message = der.indefinite(der.sequence(type, der.indefinite(der.explicit(0, der.indefinite(loose)))))
    expect(await passes(base64(message))).toEqual(content)
  })

  test('a signer named by its key identifier passes', async () => {
    const keys = rsaKeys('identified')
    const extensions = [...signerExtensions(), extension.subjectKeyIdentifier(keys)]
    const identified = issueCertificate({ subject: 'Identified', keys, issuer: authority, extensions })
    const identifier = createHash('sha1').update(keys.publicKeyInfo).digest()
    const message = signMessage({
      signer: identified,
      content,
      certificates: [identified],
      sid: der.implicit(0, identifier),
    })
    expect(await passes(base64(message))).toEqual(content)
  })

  test.each(['sha384', 'sha512'] as const)(
    '%s passes, named by the signature algorithm or by the digest alone',
    async (digest) => {
      expect(await passes(base64(signed({ digest })))).toEqual(content)
      expect(await passes(base64(signed({ digest, signatureOid: cmsOids.rsaEncryption })))).toEqual(content)
    },
  )

  test.each([
    ['e-mail protection and the purpose of legal entities', '1.3.6.1.5.5.7.3.4', '1.2.398.3.3.4.1.2'],
    ['the purpose of information systems alone', '1.2.398.3.3.4.1.2.6'],
  ])('a certificate for %s passes', async (_what, ...oids) => {
    expect(
      await passes(base64(signedBy({ extensions: [...signerExtensions(), extension.extendedKeyUsage(...oids)] }))),
    ).toEqual(content)
  })

  test('an expired anchor is an anchor all the same', async () => {
    const old = issueCertificate({ subject: 'Old root', notAfter: moments.past, extensions: authorityExtensions() })
    const under = issueCertificate({ subject: 'Under old root', issuer: old, extensions: signerExtensions() })
    const trusting = createPathVerifier({ anchors: [old.der], intermediates: [] })
    const message = signMessage({ signer: under, content, certificates: [under] })
    expect(await trusting.verify(base64(message), moments.now)).toMatchObject({ indication: 'TOTAL-PASSED' })
  })

  test('a signer that is itself an anchor passes, but not past its own end', async () => {
    const trusting = createPathVerifier({ anchors: [signer.der], intermediates: [] })
    const message = base64(signMessage({ signer, content, certificates: [signer] }))
    expect(await trusting.verify(message, moments.now)).toMatchObject({ indication: 'TOTAL-PASSED' })
    const after = new Date(moments.later.getTime() + 1000)
    expect(await trusting.verify(message, after)).toMatchObject({ subIndication: 'EXPIRED' })
  })

  test('the root inside the message changes nothing, in either direction', async () => {
    expect(await passes(base64(signMessage({ signer, content, certificates: [signer, authority, root] })))).toEqual(
      content,
    )
    const trustsNobody = createPathVerifier({ anchors: [], intermediates: [authority.der, root.der] })
    const verdict = await trustsNobody.verify(
      base64(signMessage({ signer, content, certificates: [signer, authority, root] })),
      moments.now,
    )
    expect(verdict).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'NO_CERTIFICATE_CHAIN_FOUND' })
  })

  test('OCSP replies that a message brings along are not listened to', async () => {
    const info = signerInfo({ signer, content })
    const message = signedData({ signerInfos: [info], content, certificates, revocation: [someOcsp] })
    expect(await passes(base64(message))).toEqual(content)
  })

  test('unsigned attributes mean nothing', async () => {
    const unsignedAttributes = [attribute(cmsOids.signingTime, der.utcTime(moments.longAgo))]
    expect(await passes(base64(signed({ unsignedAttributes })))).toEqual(content)
  })
})
