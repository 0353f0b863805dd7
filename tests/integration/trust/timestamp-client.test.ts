import { execFile } from 'node:child_process'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTimestampClient } from '../../../src/main/adapters/cms/create-timestamp-client.ts'
import { checkTimestampToken } from '../../../src/main/adapters/cms/timestamp-token.ts'
import { createEvidenceHttp } from '../../../src/main/adapters/evidence-http/create-evidence-http.ts'
import { createSignerJudge } from '../../../src/main/adapters/trust/judge-signer.ts'
import { parseCertificate } from '../../../src/main/adapters/x509/certificate.ts'
import { checkNucTimestampAuthority } from '../../../src/main/adapters/x509/nuc-profile.ts'
import { ANY_POLICY_WILL_DO } from '../../../src/main/adapters/x509/policy-graph.ts'
import { type EvidenceAnswerer, type EvidenceServer, startEvidenceServer } from '../../support/evidence-server.ts'
import {
  authorityExtensions,
  extension,
  issueCertificate,
  type TestCertificate,
} from '../../support/pki-certificate.ts'
import * as der from '../../support/pki-der.ts'
import { createOpensslFolder } from '../../support/pki-files.ts'

/** `openssl ts` behind HTTP is the authority; what it makes of our requests is its own. */
const HOUR = 60 * 60_000
const window = { notBefore: new Date(Date.now() - 24 * HOUR), notAfter: new Date(Date.now() + 30 * 24 * HOUR) }
const root = issueCertificate({ subject: 'TSA root', extensions: authorityExtensions(), ...window })
const stamper = (recipe: Partial<Parameters<typeof issueCertificate>[0]> = {}) =>
  issueCertificate({
    subject: 'TSA',
    issuer: root,
    extensions: [
      extension.keyUsage('digitalSignature'),
      extension.raw('2.5.29.37', der.sequence(der.oid('1.3.6.1.5.5.7.3.8')), true),
      extension.policies('1.2.398.3.3.2.6'),
    ],
    ...window,
    ...recipe,
  })
const good = stamper()
const covered = Buffer.from('a signature value')

const folder = createOpensslFolder()
afterAll(() => folder.remove())
let server: EvidenceServer
beforeEach(async () => {
  server = await startEvidenceServer()
})
afterEach(() => server.close())

/** @param change the request as it reaches OpenSSL. */
function openssl(
  signer: TestCertificate,
  { policy = '1.2.398.3.3.2.6.1', change = (request: Buffer) => request } = {},
): EvidenceAnswerer {
  return (question, response, request) => {
    expect(request.headers['content-type']).toBe('application/timestamp-query')
    const config = folder.file(
      'tsa.cnf',
      [
        '[tsa]\ndefault_tsa = ours',
        `[ours]\nserial = ${folder.file('tsa.serial')}\ndefault_policy = ${policy}`,
        'digests = sha256, sha512\nsigner_digest = sha256\ness_cert_id_alg = sha256\n',
      ].join('\n'),
    )
    const [query, answer] = [folder.file('q.tsq', change(question)), folder.file('a.tsr')]
    const who = ['-signer', folder.certificateFile('tsa.pem', [signer]), '-inkey', folder.keyFile('tsa.key', signer)]
    execFile('openssl', ['ts', '-reply', '-queryfile', query, '-config', config, '-out', answer, ...who], (error) => {
      if (error) response.destroy()
      else response.end(folder.openssl('base64', '-e', '-A', '-in', answer).toString(), 'base64')
    })
  }
}

function client({ now = () => new Date(), deadlineMs = 2_000 } = {}) {
  const anchor = parseCertificate(root.der)
  if (anchor === undefined) throw new Error('no certificate')
  return createTimestampClient({
    http: createEvidenceHttp({ deadlineMs }),
    url: `${server.origin}/tsp`,
    judgeAuthority: createSignerJudge({
      trust: { anchors: [anchor], intermediates: [], policy: ANY_POLICY_WILL_DO },
      checkUse: checkNucTimestampAuthority,
    }),
    now,
  })
}

test('a token by OpenSSL is accepted, covers what was sent, and OpenSSL agrees', async () => {
  server.serve('/tsp', openssl(good))
  const token = await client()(covered, 'sha256')
  if (!token.ok) throw new Error(token.failure.detail)
  expect(checkTimestampToken(token.value, covered)).toMatchObject({ ok: true, value: { policy: '1.2.398.3.3.2.6.1' } })
  expect(
    folder.openssl(
      ...['ts', '-verify', '-data', folder.file('covered', covered), '-token_in', '-in'],
      ...[folder.file('token.der', token.value), '-CAfile', folder.certificateFile('root.pem', [root])],
    ),
  ).toEqual(Buffer.from('Verification: OK\n'))
})

describe('what comes back is refused', () => {
  const flip = (bytes: Buffer, at: number) => {
    const changed = Buffer.from(bytes)
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
    return changed
  }

  test.each([
    ['another imprint', openssl(good, { change: (request) => flip(request, 40) }), /covers something else/],
    ['another nonce', openssl(good, { change: (request) => flip(request, request.length - 5) }), /another nonce/],
    ['a policy that is not НУЦ’s', openssl(good, { policy: '1.2.3.4' }), /of policy 1\.2\.3\.4/],
    [
      'a signer who is not for timestamps by НУЦ’s rules',
      openssl(stamper({ extensions: [extension.raw('2.5.29.37', der.sequence(der.oid('1.3.6.1.5.5.7.3.8')), true)] })),
      /CHAIN_CONSTRAINTS_FAILURE/,
    ],
    [
      'a signer of another authority',
      openssl(stamper({ subject: 'Other', issuer: stamper() })),
      /NO_CERTIFICATE_CHAIN/,
    ],
  ] as const)('%s', async (_what, answer, why) => {
    server.serve('/tsp', answer)
    const token = await client()(covered, 'sha256')
    expect(token).toMatchObject({ ok: false, failure: { code: 'sign.timestamp-wrong' } })
    expect(!token.ok && token.failure.detail).toMatch(why)
  })

  test('an hour away from our clock', async () => {
    server.serve('/tsp', openssl(good))
    expect(await client({ now: () => new Date(Date.now() + HOUR) })(covered, 'sha256')).toMatchObject({
      failure: { code: 'sign.timestamp-wrong', detail: expect.stringContaining('the token is of') },
    })
  })

  test.each([
    ['a rejection', der.sequence(der.sequence(der.integer(2)))],
    ['a page', Buffer.from('<html>')],
    ['a grant without a token', der.sequence(der.sequence(der.integer(0)))],
    ['nothing', undefined],
  ] as const)('%s', async (_what, answer) => {
    server.serve('/tsp', answer)
    expect(await client({ deadlineMs: 300 })(covered, 'sha256')).toMatchObject({
      failure: { code: 'sign.timestamp-unavailable' },
    })
  })
})
