import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { authorityExtensions, extension, issueCertificate, signerExtensions } from '../../support/pki-certificate.ts'
import * as der from '../../support/pki-der.ts'
import { createOpensslFolder } from '../../support/pki-files.ts'
import { issueCrl } from '../../support/pki-revocation.ts'
import { answerOf, runArm } from '../../support/run-arm.ts'

/** OpenSSL judges and makes evidence for the present moment, so everything here is valid for a while around it. */
const HOUR = 60 * 60 * 1000
const window = { notBefore: new Date(Date.now() - 24 * HOUR), notAfter: new Date(Date.now() + 30 * 24 * HOUR) }
const nucExtensions = [
  ...signerExtensions(),
  extension.extendedKeyUsage('1.2.398.3.3.4.1.1'),
  extension.policies('1.2.398.3.3.2'),
]
const root = issueCertificate({ subject: 'Root', extensions: authorityExtensions(), ...window })
const authority = issueCertificate({
  subject: 'Authority',
  issuer: root,
  extensions: [...authorityExtensions(), extension.policies('2.5.29.32.0')],
  ...window,
})
const person = (subject: string) =>
  issueCertificate({ subject, issuer: authority, extensions: nucExtensions, ...window })
const good = person('Good')
const revoked = person('Revoked')
const responder = issueCertificate({
  subject: 'Responder',
  issuer: authority,
  extensions: [
    extension.keyUsage('digitalSignature'),
    extension.extendedKeyUsage('1.3.6.1.5.5.7.3.9'),
    extension.raw('1.3.6.1.5.5.7.48.1.5', Buffer.from([5, 0])),
  ],
  ...window,
})

const timestampAuthority = issueCertificate({
  subject: 'Timestamps',
  issuer: authority,
  extensions: [
    extension.keyUsage('digitalSignature'),
    extension.raw('2.5.29.37', der.sequence(der.oid('1.3.6.1.5.5.7.3.8')), true),
    extension.policies('1.2.398.3.3.2.6'),
  ],
  ...window,
})

/** Adds a timestamp to the only signer of an OpenSSL message. */
function withTimestamp(cms: Buffer, token: Buffer): Buffer {
  const [type = Buffer.alloc(0), explicit = Buffer.alloc(0)] = der.childrenOf(cms)
  const [signedData = Buffer.alloc(0)] = der.childrenOf(explicit)
  const fields = der.childrenOf(signedData)
  const [signer = Buffer.alloc(0)] = der.childrenOf(fields.at(-1) ?? Buffer.alloc(0))
  const attribute = der.sequence(der.oid('1.2.840.113549.1.9.16.2.14'), der.setOf(token))
  const stamped = der.sequence(...der.childrenOf(signer), der.explicit(1, attribute))
  return der.sequence(type, der.explicit(0, der.sequence(...fields.slice(0, -1), der.setOf(stamped))))
}

/** The signature value of the only signer, which is what a timestamp covers. */
function signatureValue(cms: Buffer): Buffer {
  const [, explicit = Buffer.alloc(0)] = der.childrenOf(cms)
  const [signedData = Buffer.alloc(0)] = der.childrenOf(explicit)
  const [signer = Buffer.alloc(0)] = der.childrenOf(der.childrenOf(signedData).at(-1) ?? Buffer.alloc(0))
  return der.contentOf(der.childrenOf(signer).at(-1) ?? Buffer.alloc(0))
}

describe('chain and verify, with evidence and messages made by OpenSSL', () => {
  const folder = createOpensslFolder()
  afterAll(() => folder.remove())

  const trust = folder.file('trust')
  const intermediates = folder.file('with')
  const crl = folder.file('crl')
  const database = folder.file('index.txt')
  const authorityFile = folder.certificateFile('authority.pem', [authority])
  const authorityKey = folder.keyFile('authority.key', authority)
  const goodFile = folder.certificateFile('good.pem', [good])
  const revokedFile = folder.certificateFile('revoked.pem', [revoked])

  beforeAll(() => {
    for (const place of [trust, intermediates, crl]) mkdirSync(place)
    // DER, PEM and base64 side by side, and files that are something else.
    writeFileSync(path.join(trust, 'root.der'), root.der)
    writeFileSync(path.join(trust, 'notes.txt'), 'not a certificate')
    writeFileSync(path.join(intermediates, 'authority.txt'), authority.der.toString('base64'))
    const stamp = (time: Date) => `${time.toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`
    const serial = (value: number) => value.toString(16).toUpperCase().padStart(4, '0')
    const line = (status: 'V' | 'R', number: number, name: string) =>
      [
        status,
        stamp(window.notAfter),
        status === 'R' ? `${stamp(window.notBefore)},keyCompromise` : '',
        serial(number),
        'unknown',
        `/CN=${name}`,
      ].join('\t')
    const lines = [line('V', good.serial, 'Good'), line('R', revoked.serial, 'Revoked')]
    writeFileSync(database, `${lines.join('\n')}\n`)
    writeFileSync(`${database}.attr`, 'unique_subject = no\n')
    writeFileSync(folder.file('crlnumber'), '10\n')
    const config = folder.file(
      'ca.cnf',
      [
        '[ca]\ndefault_ca = ours',
        `[ours]\ndatabase = ${database}\ncrlnumber = ${folder.file('crlnumber')}`,
        'default_md = sha256\ndefault_crl_days = 1\ncrl_extensions = crl_ext\n[crl_ext]\n',
      ].join('\n'),
    )
    folder.openssl(
      ...['ca', '-gencrl', '-config', config, '-cert', authorityFile, '-keyfile', authorityKey],
      ...['-out', path.join(crl, 'authority.pem')],
    )
    writeFileSync(
      path.join(crl, 'root.der'),
      issueCrl({ issuer: root, thisUpdate: window.notBefore, nextUpdate: window.notAfter }),
    )
  })

  const arm = async (...args: readonly string[]) => {
    const run = await runArm([...args, '--trust', trust, '--with', intermediates, '--json'])
    return {
      run,
      code: run.code,
      answers: run.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    }
  }

  test('An OpenSSL CRL passes one certificate and revokes the other; one line each, the worst decides.', async () => {
    const { code, answers, run } = await arm('chain', goodFile, revokedFile, '--crl', crl)
    expect(answers).toMatchObject([
      { verdict: 'TOTAL-PASSED', revocation: 'checked', authorityRevocation: 'checked' },
      { verdict: 'TOTAL-FAILED', subIndication: 'REVOKED', reason: expect.stringContaining('keyCompromise') },
    ])
    expect(code).toBe(4)
    expect(run.stderr).toContain('notes.txt')
  })

  test('The CRL is stale when its day is over.', async () => {
    const at = new Date(Date.now() + 48 * HOUR).toISOString()
    expect(await arm('chain', goodFile, '--crl', crl, '--at', at)).toMatchObject({
      code: 3,
      answers: [{ verdict: 'INDETERMINATE', subIndication: 'TRY_LATER', reason: expect.stringContaining('stale') }],
    })
  })

  test.each(['delegate', 'issuer'] as const)('An OpenSSL OCSP response of the %s decides.', async (kind) => {
    const signer = kind === 'delegate' ? responder : authority
    const answer = (name: string, file: string) => {
      const place = folder.file(`${kind}-${name}.ocsp`)
      const request = folder.file(`${kind}-${name}.req`)
      folder.openssl('ocsp', '-issuer', authorityFile, '-sha256', '-cert', file, '-reqout', request, '-no_nonce')
      folder.openssl(
        ...['ocsp', '-index', database, '-CA', authorityFile, '-reqin', request, '-respout', place],
        ...[
          '-rsigner',
          folder.certificateFile('responder.pem', [signer]),
          '-rkey',
          folder.keyFile('responder.key', signer),
        ],
      )
      return place
    }
    const [yes, no] = [answer('good', goodFile), answer('revoked', revokedFile)]
    const at = new Date(Date.now() + 2000).toISOString()
    expect(await arm('chain', goodFile, '--ocsp', yes, '--at', at)).toMatchObject({ code: 0 })
    expect(await arm('chain', revokedFile, '--ocsp', no, '--at', at)).toMatchObject({
      code: 4,
      answers: [{ subIndication: 'REVOKED' }],
    })
    expect(await arm('chain', goodFile, '--ocsp', no, '--at', at)).toMatchObject({ code: 3 })
  })

  test('Several signatures are judged one by one, and the worst is the verdict.', async () => {
    const content = folder.file('content.txt', 'content')
    const [once, twice] = [folder.file('once.cms'), folder.file('twice.cms')]
    const as = (signer: typeof good, file: string) => [
      '-signer',
      file,
      '-inkey',
      folder.keyFile(`${signer.serial}.key`, signer),
    ]
    folder.openssl(
      'cms',
      '-sign',
      '-binary',
      '-nodetach',
      '-outform',
      'DER',
      '-in',
      content,
      '-out',
      once,
      ...as(good, goodFile),
    )
    folder.openssl(
      'cms',
      '-resign',
      '-inform',
      'DER',
      '-outform',
      'DER',
      '-in',
      once,
      '-out',
      twice,
      ...as(revoked, revokedFile),
    )
    expect(await arm('verify', once, '--crl', crl)).toMatchObject({
      code: 0,
      answers: [{ verdict: 'TOTAL-PASSED', revocation: 'checked', signatures: [{ intact: true }] }],
    })
    const both = await arm('verify', twice, '--crl', crl)
    expect(both).toMatchObject({ code: 4, answers: [{ verdict: 'TOTAL-FAILED', subIndication: 'REVOKED' }] })
    expect(both.answers[0].signatures).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ verdict: 'TOTAL-PASSED', intact: true }),
        expect.objectContaining({ verdict: 'TOTAL-FAILED', subIndication: 'REVOKED', intact: true }),
      ]),
    )
  })

  /** A token for these octets by OpenSSL's authority, or its whole response. */
  const stamp = (covered: Buffer, form: 'token' | 'response' = 'token') => {
    const config = folder.file(
      'tsa.cnf',
      [
        '[tsa]\ndefault_tsa = ours',
        `[ours]\nserial = ${folder.file('tsa.serial')}\ndefault_policy = 1.2.398.3.3.2.6.1`,
        'digests = sha256\nsigner_digest = sha256\ness_cert_id_alg = sha256\n',
      ].join('\n'),
    )
    const [query, reply] = [folder.file('ts.tsq'), folder.file('ts.reply')]
    folder.openssl('ts', '-query', '-data', folder.file('covered', covered), '-sha256', '-cert', '-out', query)
    folder.openssl(
      ...['ts', '-reply', '-queryfile', query, '-config', config, ...(form === 'token' ? ['-token_out'] : [])],
      ...['-signer', folder.certificateFile('tsa.pem', [timestampAuthority]), '-out', reply],
      ...['-inkey', folder.keyFile('tsa.key', timestampAuthority)],
    )
    return readFileSync(reply)
  }

  test('A timestamp by OpenSSL passes over its own signature, and fails a signature that it does not cover.', async () => {
    const plain = folder.file('plain.cms')
    folder.openssl(
      ...['cms', '-sign', '-binary', '-nodetach', '-outform', 'DER', '-in', folder.file('text', 'text'), '-out', plain],
      ...['-signer', goodFile, '-inkey', folder.keyFile('good.key', good)],
    )
    const cms = readFileSync(plain)
    const right = folder.file('right.cms', withTimestamp(cms, stamp(signatureValue(cms))))
    const wrong = folder.file('wrong.cms', withTimestamp(cms, stamp(Buffer.from('another signature'))))
    expect(await arm('verify', right, '--crl', crl)).toMatchObject({
      code: 0,
      answers: [{ verdict: 'TOTAL-PASSED', signatures: [{ timestamp: { verdict: 'TOTAL-PASSED' } }] }],
    })
    expect(await arm('verify', wrong, '--crl', crl)).toMatchObject({
      code: 4,
      answers: [{ subIndication: 'HASH_FAILURE', signatures: [{ intact: true, verdict: 'TOTAL-FAILED' }] }],
    })
  })

  test.each(['token', 'response'] as const)(
    'A timestamp %s as a file passes, over its content or alone.',
    async (form) => {
      const covered = folder.file('stamped', 'document')
      const file = folder.file('file.timestamp', stamp(Buffer.from('document'), form))
      const imprint = { digest: 'sha256', value: createHash('sha256').update('document').digest('hex') }
      expect(await arm('verify', file, '--crl', crl, '--content', covered)).toMatchObject({
        code: 0,
        answers: [
          {
            verdict: 'TOTAL-PASSED',
            revocation: 'checked',
            signatures: [
              {
                intact: true,
                signer: { subject: expect.stringContaining('Timestamps') },
                timestamp: { verdict: 'TOTAL-PASSED', time: expect.stringMatching(/^\d{4}-.*Z$/) },
                imprint: { ...imprint, compared: true },
              },
            ],
          },
        ],
      })
      expect(await arm('verify', file, '--crl', crl)).toMatchObject({
        code: 0,
        answers: [{ signatures: [{ imprint: { ...imprint, compared: false } }] }],
      })
      expect(await arm('verify', file, '--crl', crl, '--content', goodFile)).toMatchObject({
        code: 4,
        answers: [{ subIndication: 'HASH_FAILURE', signatures: [{ intact: false }] }],
      })
    },
  )

  test.each([
    ['a policy that the path has', '1.2.398.3.3.2', 0],
    ['a policy that it lacks', '1.2.398.3.3.9', 4],
  ])('With --policy the path must have it: %s.', async (_, oid, code) => {
    expect(await arm('chain', goodFile, '--crl', crl, '--policy', oid)).toMatchObject({ code })
  })

  test.each([
    ['a time without a zone', ['--at', '2026-06-01T12:00:00']],
    ['a folder that is not there', ['--crl', folder.file('nowhere')]],
    ['an unknown profile', ['--profile', 'lenient']],
    ['a policy that is no OID', ['--policy', 'any']],
  ])('Bad input ends with exit code 2 and no verdict: %s.', async (_, args) => {
    const run = await runArm(['chain', goodFile, '--trust', trust, ...args, '--json'])
    expect(run).toMatchObject({ code: 2, stdout: '' })
  })

  test('What is no certificate, and what is no signed document, fails as malformed.', async () => {
    const junk = folder.file('junk.bin', Buffer.alloc(100, 7))
    const malformed = { verdict: 'TOTAL-FAILED', subIndication: 'FORMAT_FAILURE' }
    for (const command of ['chain', 'verify']) {
      const run = await runArm([command, junk, '--trust', trust, '--json'])
      expect(answerOf(run)).toMatchObject(malformed)
      expect(run.code).toBe(4)
    }
  })
})
