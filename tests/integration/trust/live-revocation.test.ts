import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createEvidenceHttp } from '../../../src/main/adapters/evidence-http/create-evidence-http.ts'
import {
  createLiveEvidence,
  type RevocationSources,
} from '../../../src/main/adapters/revocation/create-live-evidence.ts'
import { createCrlStore } from '../../../src/main/adapters/revocation/crl-store.ts'
import { judgeLive } from '../../../src/main/adapters/trust/judge-live.ts'
import { type Certificate, parseCertificate } from '../../../src/main/adapters/x509/certificate.ts'
import { pass } from '../../../src/main/adapters/x509/outcome.ts'
import { ANY_POLICY_WILL_DO } from '../../../src/main/adapters/x509/policy-graph.ts'
import { type EvidenceServer, startEvidenceServer } from '../../support/evidence-server.ts'
import {
  authorityExtensions,
  extension,
  general,
  issueCertificate,
  signerExtensions,
  type TestCertificate,
} from '../../support/pki-certificate.ts'
import * as der from '../../support/pki-der.ts'
import { createOpensslFolder } from '../../support/pki-files.ts'
import { issueCrl, issueOcspResponse } from '../../support/pki-revocation.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const start = new Date()
start.setUTCMilliseconds(0)
const momentAfter = (ms: number) => new Date(start.getTime() + ms)
const window = { notBefore: momentAfter(-24 * HOUR), notAfter: momentAfter(30 * 24 * HOUR) }

const root = issueCertificate({ subject: 'Live root', extensions: authorityExtensions(), ...window })
const authority = issueCertificate({ subject: 'Live CA', issuer: root, extensions: authorityExtensions(), ...window })
const distributionPoints = (oid: string, ...urls: readonly string[]) =>
  extension.raw(
    oid,
    der.sequence(...urls.map((url) => der.sequence(der.explicit(0, der.explicit(0, general.uri(url)))))),
  )
const ocspAt = (url: string) =>
  extension.raw('1.3.6.1.5.5.7.1.1', der.sequence(der.sequence(der.oid('1.3.6.1.5.5.7.48.1'), general.uri(url))))

let server: EvidenceServer
let time: { wall: Date; monotonicMs: number }
beforeEach(async () => {
  server = await startEvidenceServer()
  time = { wall: start, monotonicMs: 1_000 }
})
afterEach(() => server.close())

const signer = (...more: readonly Buffer[]): TestCertificate =>
  issueCertificate({
    subject: 'Live signer',
    issuer: authority,
    extensions: [...signerExtensions(), ...more],
    ...window,
  })
const read = (certificate: TestCertificate): Certificate => {
  const parsed = parseCertificate(certificate.der)
  if (parsed === undefined) throw new Error('no certificate')
  return parsed
}
const crlSource = { urls: [], refreshMs: 30 * MINUTE, maxOctets: 1 << 20 }
const ocspSource = { nonceRequired: true, reuseMs: 10 * MINUTE }

function workstation(
  sources: Partial<RevocationSources>,
  { authoritiesRequired = false, folder = undefined as string | undefined, deadlineMs = 1_000 } = {},
) {
  const evidence = createLiveEvidence({
    http: createEvidenceHttp({ deadlineMs }),
    sources: { ocspMaxAgeMs: 24 * HOUR, retryMs: 0, ...sources },
    monotonicMs: () => time.monotonicMs,
    ...(folder !== undefined && { store: createCrlStore({ folder }) }),
  })
  const trust = { anchors: [read(root)], intermediates: [read(authority)], policy: ANY_POLICY_WILL_DO }
  const revocation = { evidence, ocspMaxAgeMs: 24 * HOUR, authoritiesRequired }
  return async (certificate: TestCertificate): Promise<string> => {
    const question = { certificate: read(certificate), at: time.wall, checkUse: () => pass(undefined) }
    const judged = await judgeLive({ trust, revocation }, question)
    return judged.ok ? 'good' : `${judged.refusal.subIndication}: ${judged.refusal.reason}`
  }
}
const passTime = (ms: number) => {
  time = { wall: new Date(time.wall.getTime() + ms), monotonicMs: time.monotonicMs + ms }
}
const setWall = (wall: Date) => {
  time = { ...time, wall }
}

describe('CRLs', () => {
  const list = (recipe: Partial<Parameters<typeof issueCrl>[0]> = {}) =>
    issueCrl({ issuer: authority, thisUpdate: momentAfter(-HOUR), nextUpdate: momentAfter(HOUR), ...recipe })

  test('one from the distribution point decides, and is asked for once while it may be reused', async () => {
    const good = signer(distributionPoints('2.5.29.31', `${server.origin}/ca.crl`))
    const judge = workstation({ crl: crlSource })
    server.serve('/ca.crl', list())
    expect(await Promise.all([judge(good), judge(good), judge(good)])).toEqual(['good', 'good', 'good'])
    expect(await judge(good)).toBe('good')
    expect(server.asked).toEqual(['/ca.crl'])
  })

  test('a revocation is learnt when the list is asked for anew', async () => {
    const own = signer(distributionPoints('2.5.29.31', `${server.origin}/ca.crl`))
    const judge = workstation({ crl: crlSource })
    server.serve('/ca.crl', list())
    expect(await judge(own)).toBe('good')
    server.serve(
      '/ca.crl',
      list({ thisUpdate: momentAfter(0), number: 2, entries: [{ certificate: own, date: start, reason: 1 }] }),
    )
    passTime(29 * MINUTE)
    expect(await judge(own)).toBe('good')
    passTime(2 * MINUTE)
    expect(await judge(own)).toMatch(/^REVOKED: .*keyCompromise/)
  })

  test('a delta that the list names revokes as well, and one in the certificate too', async () => {
    const deltaUrl = `${server.origin}/delta.crl`
    const base = list({ extensions: [distributionPoints('2.5.29.46', deltaUrl)] })
    const named = signer(distributionPoints('2.5.29.31', `${server.origin}/ca.crl`))
    const fresh = signer(
      distributionPoints('2.5.29.31', `${server.origin}/plain.crl`),
      distributionPoints('2.5.29.46', deltaUrl),
    )
    const delta = (entries: readonly TestCertificate[]) =>
      list({ number: 2, base: 1, entries: entries.map((certificate) => ({ certificate, date: start })) })
    server.serve('/ca.crl', base)
    server.serve('/plain.crl', list())
    server.serve('/delta.crl', delta([named, fresh]))
    expect(await workstation({ crl: crlSource })(named)).toMatch(/^REVOKED/)
    expect(await workstation({ crl: crlSource })(fresh)).toMatch(/^REVOKED/)
  })

  test('addresses of the settings are asked instead, for authorities as well', async () => {
    const own = signer(distributionPoints('2.5.29.31', `${server.origin}/never.crl`))
    const urls = [`${server.origin}/ca.crl`, `${server.origin}/root.crl`]
    const judge = workstation({ crl: { ...crlSource, urls } }, { authoritiesRequired: true })
    server.serve('/ca.crl', list())
    expect(await judge(own)).toMatch(/^TRY_LATER: .*Live CA/)
    server.serve('/root.crl', issueCrl({ issuer: root, thisUpdate: momentAfter(-HOUR), nextUpdate: momentAfter(HOUR) }))
    expect(await judge(own)).toBe('good')
    expect(server.asked).not.toContain('/never.crl')
  })

  test('where the service is gone a list still counts through its nextUpdate, and not a moment longer', async () => {
    const own = signer(distributionPoints('2.5.29.31', `${server.origin}/ca.crl`))
    const judge = workstation({ crl: crlSource })
    server.serve('/ca.crl', list())
    expect(await judge(own)).toBe('good')
    server.serve('/ca.crl', undefined)
    passTime(59 * MINUTE)
    expect(await judge(own)).toBe('good')
    passTime(2 * MINUTE)
    expect(await judge(own)).toMatch(/^TRY_LATER: CRL 127\.0\.0\.1:\d+ ECONNRESET/)
  })

  test('a clock set back revives nothing: not in memory, not from the network, not from the disk', async () => {
    const temp = makeTempDir()
    const own = signer(distributionPoints('2.5.29.31', `${server.origin}/ca.crl`))
    const judge = workstation({ crl: crlSource }, { folder: temp.path })
    server.serve('/ca.crl', list())
    expect(await judge(own)).toBe('good')
    passTime(90 * MINUTE)
    setWall(momentAfter(10 * MINUTE))
    expect(await judge(own)).toMatch(/^TRY_LATER: .*is stale/)
    server.serve('/ca.crl', undefined)
    expect(await judge(own)).toMatch(/^TRY_LATER/)
    expect(readdirSync(temp.path)).toEqual([])
    server.serve('/ca.crl', list({ thisUpdate: momentAfter(5 * MINUTE), number: 2 }))
    expect(await judge(own)).toBe('good')
    temp.remove()
  })

  test('an older list does not take the place of a newer one', async () => {
    const own = signer(distributionPoints('2.5.29.31', `${server.origin}/ca.crl`))
    const judge = workstation({ crl: crlSource })
    server.serve(
      '/ca.crl',
      list({ thisUpdate: momentAfter(-MINUTE), number: 2, entries: [{ certificate: own, date: start }] }),
    )
    expect(await judge(own)).toMatch(/^REVOKED/)
    server.serve('/ca.crl', list())
    passTime(31 * MINUTE)
    expect(await judge(own)).toMatch(/^REVOKED/)
  })

  test('a list outlives the process on disk, is judged anew when it is read, and a damaged one is nothing', async () => {
    const temp = makeTempDir()
    const own = signer(distributionPoints('2.5.29.31', `${server.origin}/ca.crl`))
    server.serve('/ca.crl', list())
    expect(await workstation({ crl: crlSource }, { folder: temp.path })(own)).toBe('good')
    server.serve('/ca.crl', undefined)
    expect(await workstation({ crl: crlSource }, { folder: temp.path })(own)).toBe('good')
    expect(existsSync(temp.path)).toBe(true)
    const forged = issueCrl({
      issuer: authority,
      signedBy: root.keys,
      thisUpdate: momentAfter(-HOUR),
      nextUpdate: momentAfter(HOUR),
    })
    await createCrlStore({ folder: temp.path }).keep(`${server.origin}/ca.crl`, forged)
    expect(await workstation({ crl: crlSource }, { folder: temp.path })(own)).toMatch(
      /^TRY_LATER: .*no trusted authority/,
    )
    await createCrlStore({ folder: temp.path }).keep(`${server.origin}/ca.crl`, list().subarray(0, 200))
    expect(await workstation({ crl: crlSource }, { folder: temp.path })(own)).toMatch(/^TRY_LATER/)
    temp.remove()
  })

  test.each([
    ['too large by its length', (_: Buffer, response) => void response.end(Buffer.alloc(2 << 20)), 'too large'],
    [
      'without end',
      (_: Buffer, response) => {
        const more = () => response.write(Buffer.alloc(1 << 16), (error) => error ?? setImmediate(more))
        response.on('error', () => undefined)
        more()
      },
      'too large',
    ],
    ['never', () => undefined, 'did not answer in time'],
    [
      'drop by drop',
      (_: Buffer, response) => {
        response.write('.')
        const timer = setInterval(() => response.write('.'), 50)
        response.on('close', () => clearInterval(timer))
      },
      'did not answer in time',
    ],
    ['as a redirect', (_: Buffer, response) => void response.writeHead(302, { location: '/ca.crl' }).end(), 'HTTP 302'],
    ['as a page', (_: Buffer, response) => void response.end('<html>proxy</html>'), 'is no CRL'],
    [
      'compressed',
      (_: Buffer, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
      'content-encoding',
    ],
  ] as readonly [string, Parameters<EvidenceServer['serve']>[1], string][])(
    'a service that answers %s gives no evidence',
    async (_what, answer, why) => {
      const own = signer(distributionPoints('2.5.29.31', `${server.origin}/odd.crl`))
      server.serve('/ca.crl', list())
      server.serve('/odd.crl', answer)
      const judged = await workstation({ crl: crlSource }, { deadlineMs: 400 })(own)
      expect(judged).toMatch(/^TRY_LATER: CRL /)
      expect(judged).toContain(why)
      expect(server.asked).toEqual(['/odd.crl'])
    },
  )

  test('nobody is asked on behalf of a certificate that no trusted authority has issued', async () => {
    const stranger = issueCertificate({
      subject: 'Stranger',
      issuer: { ...authority, keys: root.keys },
      extensions: [...signerExtensions(), distributionPoints('2.5.29.31', `${server.origin}/ca.crl`)],
      ...window,
    })
    expect(await workstation({ crl: crlSource })(stranger)).toMatch(/^NO_CERTIFICATE_CHAIN_FOUND/)
    expect(server.asked).toEqual([])
  })
})

describe('OCSP, answered by openssl', () => {
  const folder = createOpensslFolder()
  afterAll(() => folder.remove())
  const responder = issueCertificate({
    subject: 'Live responder',
    issuer: authority,
    extensions: [
      extension.keyUsage('digitalSignature'),
      extension.extendedKeyUsage('1.3.6.1.5.5.7.3.9'),
      extension.raw('1.3.6.1.5.5.7.48.1.5', Buffer.from([5, 0])),
    ],
    ...window,
  })
  const files = {
    authority: folder.certificateFile('ca.pem', [authority]),
    responder: folder.certificateFile('responder.pem', [responder]),
    key: folder.keyFile('responder.key', responder),
  }

  /** The real responder behind HTTP: what it makes of each request is OpenSSL's. */
  const openssl =
    (revoked: readonly TestCertificate[], known: readonly TestCertificate[], ...more: readonly string[]) =>
    (
      question: Buffer,
      response: Parameters<Exclude<Parameters<EvidenceServer['serve']>[1], Uint8Array | undefined>>[1],
    ) => {
      const stamp = (at: Date) => `${at.toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`
      const line = (certificate: TestCertificate) =>
        [
          revoked.includes(certificate) ? 'R' : 'V',
          stamp(window.notAfter),
          revoked.includes(certificate) ? `${stamp(window.notBefore)},keyCompromise` : '',
          certificate.serial.toString(16).toUpperCase().padStart(4, '0'),
          'unknown',
          '/CN=x',
        ].join('\t')
      const index = folder.file('index.txt', `${known.map(line).join('\n')}\n`)
      const [request, answer] = [folder.file('question.der', question), folder.file('answer.der')]
      const args = ['-index', index, '-CA', files.authority, '-rsigner', files.responder, '-rkey', files.key]
      execFile('openssl', ['ocsp', ...args, '-reqin', request, '-respout', answer, ...more], (error) => {
        if (error) response.destroy()
        else response.end(folder.openssl('base64', '-e', '-A', '-in', answer).toString(), 'base64')
      })
    }

  test('good and revoked, asked once while the answer may be reused', async () => {
    const [good, bad] = [signer(ocspAt(`${server.origin}/ocsp`)), signer(ocspAt(`${server.origin}/ocsp`))]
    server.serve('/ocsp', openssl([bad], [good, bad]))
    const judge = workstation({ ocsp: ocspSource })
    expect(await Promise.all([judge(good), judge(good)])).toEqual(['good', 'good'])
    expect(await judge(good)).toBe('good')
    expect(server.asked).toHaveLength(1)
    expect(await judge(bad)).toMatch(/^REVOKED: .*keyCompromise/)
    passTime(11 * MINUTE)
    server.serve('/ocsp', undefined)
    expect(await judge(good)).toMatch(/^TRY_LATER: OCSP 127\.0\.0\.1:\d+ ECONNRESET/)
  })

  test('unknown to the responder', async () => {
    const own = signer(ocspAt(`${server.origin}/ocsp`))
    server.serve('/ocsp', openssl([], [signer()]))
    expect(await workstation({ ocsp: ocspSource })(own)).toMatch(/^TRY_LATER: .*does not know it/)
  })

  test('the address of the settings is asked instead', async () => {
    const own = signer(ocspAt(`${server.origin}/never`))
    server.serve('/settings', openssl([], [own]))
    expect(await workstation({ ocsp: { ...ocspSource, url: `${server.origin}/settings` } })(own)).toBe('good')
    expect(server.asked).toEqual(['/settings'])
  })

  test('a CRL passes where OCSP is silent, and a revocation by either outweighs the other', async () => {
    const own = signer(ocspAt(`${server.origin}/ocsp`), distributionPoints('2.5.29.31', `${server.origin}/ca.crl`))
    const judge = () => workstation({ ocsp: ocspSource, crl: crlSource })(own)
    server.serve(
      '/ca.crl',
      issueCrl({ issuer: authority, thisUpdate: momentAfter(-HOUR), nextUpdate: momentAfter(HOUR) }),
    )
    expect(await judge()).toBe('good')
    server.serve('/ocsp', openssl([own], [own]))
    expect(await judge()).toMatch(/^REVOKED/)
  })
})

describe('OCSP answers that do not count', () => {
  const good = (own: TestCertificate, recipe: Partial<Parameters<typeof issueOcspResponse>[0]> = {}) =>
    issueOcspResponse({ certificate: own, issuer: authority, thisUpdate: momentAfter(-MINUTE), ...recipe })

  test.each([
    ['without the nonce that is required', {}, true, /left the nonce out/],
    ['with another nonce, though none is required', { nonce: Buffer.alloc(32, 7) }, false, /repeats another nonce/],
    ['older than a day', { thisUpdate: momentAfter(-25 * HOUR) }, false, /stale/],
    ['past its nextUpdate', { thisUpdate: momentAfter(-2 * HOUR), nextUpdate: momentAfter(-HOUR) }, false, /stale/],
    ['from ten minutes ahead', { thisUpdate: momentAfter(10 * MINUTE) }, false, /after the judged moment/],
    ['signed by another key', { signedBy: root.keys }, false, /nobody entitled/],
    ['about another certificate', { other: true }, false, /no OCSP response speaks of it/],
  ] as const)('%s', async (_what, change, nonceRequired, why) => {
    const own = signer(ocspAt(`${server.origin}/ocsp`))
    const { nonce, other, ...recipe } = { nonce: undefined, other: false, ...change }
    const answer = good(other ? signer() : own, {
      ...recipe,
      ...(nonce && { responseExtensions: [extension.raw('1.3.6.1.5.5.7.48.1.2', der.octets(nonce))] }),
    })
    server.serve('/ocsp', answer)
    const judged = await workstation({ ocsp: { ...ocspSource, nonceRequired } })(own)
    expect(judged).toMatch(/^TRY_LATER/)
    expect(judged).toMatch(why)
  })

  test('what decided nothing is not kept: the next look asks anew', async () => {
    const own = signer(ocspAt(`${server.origin}/ocsp`))
    const judge = workstation({ ocsp: { ...ocspSource, nonceRequired: false } })
    server.serve('/ocsp', good(own, { signedBy: root.keys }))
    expect(await judge(own)).toMatch(/^TRY_LATER/)
    server.serve('/ocsp', good(own))
    expect(await judge(own)).toBe('good')
    expect(server.asked).toHaveLength(2)
  })

  test('a responder a few seconds ahead is no liar', async () => {
    const own = signer(ocspAt(`${server.origin}/ocsp`))
    server.serve('/ocsp', good(own, { thisUpdate: momentAfter(20_000) }))
    expect(await workstation({ ocsp: { ...ocspSource, nonceRequired: false } })(own)).toBe('good')
  })
})

test('only plain http: is asked', async () => {
  const http = createEvidenceHttp({ deadlineMs: 500 })
  for (const url of [
    'https://127.0.0.1/a',
    'file:///etc/passwd',
    'http://user:pw@127.0.0.1/',
    'ldap://x',
    'nonsense',
  ]) {
    expect(await http.ask({ url, maxOctets: 10 })).toEqual({ ok: false, why: 'not a plain http: address' })
  }
})
