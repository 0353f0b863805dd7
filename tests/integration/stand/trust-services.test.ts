import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AuthorityFiles, authorityFiles } from '../../../src/stand/certification-authority/authority-files.ts'
import { serialNumberOf } from '../../../src/stand/certification-authority/issue-certificate.ts'
import { readCertificate } from '../../../src/stand/certification-authority/read-authority.ts'
import { createRevocationBook } from '../../../src/stand/certification-authority/revocation-book.ts'
import { type Stand, startStand, writeStandFault } from '../../../src/stand/start-stand.ts'
import { askOcsp, askTimestamp, exchangeHttp } from '../../support/http-exchange.ts'
import { runArm } from '../../support/run-arm.ts'
import { type StandProcess, startStandProcess } from '../../support/stand-process.ts'
import { openssl } from '../../support/stand-workstation.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

const temp = makeTempDir()
const dataDir = join(temp.path, 'stand')
/** In a process of its own: OpenSSL is waited for, and would wait for a stand of this process. */
let running: StandProcess
let stand: Stand
let files: AuthorityFiles
beforeAll(async () => {
  running = await startStandProcess(dataDir)
  stand = running.stand
  files = authorityFiles(join(dataDir, 'authority'))
})
afterAll(async () => {
  await running.kill()
  temp.remove()
})

const file = (name: string, content: Uint8Array | string): string => {
  const place = join(temp.path, name)
  writeFileSync(place, content)
  return place
}
/** OpenSSL, whatever it thinks of its own success: its exit code and all that it printed. */
const tryOpenssl = (...args: readonly string[]): { readonly status: number | null; readonly text: string } => {
  const run = spawnSync('openssl', args, { timeout: 20_000 })
  return { status: run.status, text: `${run.stdout}${run.stderr}` }
}
const certificate = (name: Parameters<AuthorityFiles['certificate']>[0]): string => files.certificate(name, 'rsa')
const serialOf = async (path: string): Promise<Buffer> => serialNumberOf(await readCertificate(path))

async function under<T>(fault: Parameters<typeof writeStandFault>[0]['fault'], work: () => Promise<T>): Promise<T> {
  await writeStandFault({ dataDir, fault })
  try {
    return await work()
  } finally {
    await writeStandFault({ dataDir, fault: undefined })
  }
}

describe('OCSP, asked by OpenSSL', () => {
  const ask = (certificates: readonly string[], ...more: readonly string[]) =>
    tryOpenssl(
      'ocsp',
      ...['-issuer', files.issuing, ...certificates.flatMap((path) => ['-cert', path])],
      ...['-url', stand.services.ocspUrl, '-CAfile', files.root, '-verify_other', files.issuing, ...more],
    )

  test.each(['sha1', 'sha256'])('answers about good and revoked certificates by a CertID of %s', (hash) => {
    const args = ['ocsp', `-${hash}`, '-issuer', files.issuing]
    const { status, text } = tryOpenssl(
      ...args,
      ...['-cert', certificate('workstation'), '-cert', certificate('workstation-revoked')],
      ...['-url', stand.services.ocspUrl, '-CAfile', files.root, '-verify_other', files.issuing, '-text'],
    )
    expect(text).toMatch(/Response verify OK/)
    expect(text).toMatch(/workstation\.pem: good\s/)
    expect(text).toMatch(/workstation-revoked\.pem: revoked\s/)
    expect(text).toMatch(/Reason: keyCompromise/)
    expect(text).not.toMatch(/Next Update|WARNING|nonce/i.exec(text)?.[0] === undefined ? /Next Update/ : /WARNING/)
    expect(status).toBe(0)
  })

  test('repeats the nonce, names itself and brings its certificate; tells no nextUpdate', () => {
    const { text } = ask([certificate('portal')], '-resp_text')
    const nonces = Array.from(text.matchAll(/OCSP Nonce:\s+([0-9A-F]+)/g), ([, nonce]) => nonce)
    expect(nonces).toHaveLength(1)
    // OpenSSL compares the nonce with its own and complains where they differ or where there is none.
    expect(text).not.toMatch(/Nonce Verify error|no nonce/i)
    expect(text).toMatch(/Responder Id: CN = OCSP RESPONDER/)
    expect(text).toMatch(/OCSP No Check/)
    expect(text).not.toMatch(/Next Update/)
  })

  test('does not know a certificate that the authority never issued', () => {
    const { text } = tryOpenssl(
      ...['ocsp', '-issuer', files.issuing, '-serial', '0x4142434445464748', '-url', stand.services.ocspUrl],
      ...['-CAfile', files.root, '-verify_other', files.issuing],
    )
    expect(text).toMatch(/0x4142434445464748: unknown/)
  })

  test('refuses to speak about another authority', () => {
    const { text } = tryOpenssl(
      ...['ocsp', '-issuer', files.root, '-cert', files.issuing, '-url', stand.services.ocspUrl, '-noverify'],
    )
    expect(text).toMatch(/Responder Error: unauthorized \(6\)/)
  })

  test('answers GET as it answers POST', async () => {
    const request = openssl([
      'ocsp',
      '-issuer',
      files.issuing,
      '-cert',
      certificate('portal'),
      '-no_nonce',
      '-reqout',
      '-',
    ])
    const url = `${stand.services.ocspUrl}/${encodeURIComponent(request.toString('base64'))}`
    const answer = await exchangeHttp(url)
    expect(answer).toMatchObject({ status: 200, contentType: 'application/ocsp-response' })
    const response = file('get.ocsp', answer.body)
    const { text } = tryOpenssl(
      ...['ocsp', '-issuer', files.issuing, '-cert', certificate('portal'), '-no_nonce', '-respin', response],
      ...['-CAfile', files.root, '-verify_other', files.issuing],
    )
    expect(text).toMatch(/portal\.pem: good/)
  })

  test('a revocation shows at once, and one on hold can be lifted', async () => {
    const book = createRevocationBook({ folder: files.revocationsDir })
    const serialNumber = await serialOf(certificate('supervisor'))
    expect(ask([certificate('supervisor')]).text).toMatch(/supervisor\.pem: good/)
    await book.revoke({ serialNumber, revokedAt: new Date(), reason: 'certificateHold' })
    expect(ask([certificate('supervisor')]).text).toMatch(/supervisor\.pem: revoked[\s\S]*Reason: certificateHold/)
    expect(await book.reinstate({ serialNumber, at: new Date() })).toBe(true)
    expect(ask([certificate('supervisor')]).text).toMatch(/supervisor\.pem: good/)
    expect(await book.reinstate({ serialNumber, at: new Date() })).toBe(false)
  })

  test('arm stand-revoke reaches a running stand; a hold can be lifted, another revocation not', async () => {
    const revoke = (...args: readonly string[]) => runArm(['stand-revoke', ...args, '--data', temp.path])
    const status = (): string => /tsa\.pem: (\w+)/.exec(ask([certificate('tsa')]).text)?.[1] ?? ''
    expect((await revoke('tsa', '--hold')).code).toBe(0)
    expect(status()).toBe('revoked')
    expect((await revoke('tsa', '--reinstate')).code).toBe(0)
    expect(status()).toBe('good')
    expect((await revoke('other-signer')).code).toBe(0)
    expect((await revoke('other-signer', '--reinstate')).code).toBe(2)
    expect((await revoke('somebody')).code).toBe(2)
    expect(ask([certificate('other-signer')]).text).toMatch(/other-signer\.pem: revoked/)
  })

  describe('told to do wrong', () => {
    test('ocsp-stale: OpenSSL finds it too old', async () => {
      await under('ocsp-stale', async () => {
        const { text } = ask([certificate('portal')], '-status_age', '3600')
        expect(text).toMatch(/status too old/)
      })
    })

    test('ocsp-other-certificate: no status for the one that was asked about', async () => {
      await under('ocsp-other-certificate', async () => {
        expect(ask([certificate('portal')]).text).toMatch(/No Status found/)
      })
    })

    test('ocsp-unauthorised: OpenSSL refuses the signer', async () => {
      await under('ocsp-unauthorised', async () => {
        expect(ask([certificate('portal')]).text).toMatch(/Response Verify Failure/)
      })
    })

    test('ocsp-unreachable: the connection breaks, the other services answer', async () => {
      await under('ocsp-unreachable', async () => {
        await expect(askOcsp(stand.services.ocspUrl, Buffer.alloc(0))).rejects.toThrow()
        expect(await exchangeHttp(stand.services.revocationListUrls.rsa.base)).toMatchObject({ status: 200 })
      })
    })

    test('portal-certificate-revoked: revoked while it lasts', async () => {
      await under('portal-certificate-revoked', async () => {
        expect(ask([certificate('portal')]).text).toMatch(/portal\.pem: revoked/)
        expect(ask([certificate('workstation')]).text).toMatch(/workstation\.pem: good/)
      })
      expect(ask([certificate('portal')]).text).toMatch(/portal\.pem: good/)
    })
  })
})

describe('revocation lists, judged by OpenSSL', () => {
  const crl = (der: Uint8Array) =>
    tryOpenssl('crl', '-inform', 'DER', '-in', file('list.crl', der), '-CAfile', files.issuing, '-noout', '-text')
  const list = async (url: string): Promise<Buffer> => {
    const answer = await exchangeHttp(url)
    expect(answer).toMatchObject({ status: 200, contentType: 'application/pkix-crl' })
    return answer.body
  }

  test('the full list is signed by the issuing authority, good for a day, and holds who is revoked', async () => {
    const { text } = crl(await list(stand.services.revocationListUrls.rsa.base))
    expect(text).toMatch(/verify OK/)
    const [thisUpdate, nextUpdate] = ['Last', 'Next'].map((which) =>
      Date.parse(new RegExp(`${which} Update: (.*)`).exec(text)?.[1] ?? ''),
    )
    expect((nextUpdate ?? 0) - (thisUpdate ?? 0)).toBe(24 * 3_600_000)
    const serial = (await serialOf(certificate('workstation-revoked'))).toString('hex').toUpperCase()
    expect(text).toContain(`Serial Number: ${serial}`)
  })

  test('the delta fits a full list of up to a day ago and tells what was lifted', async () => {
    const book = createRevocationBook({ folder: files.revocationsDir })
    const serialNumber = await serialOf(certificate('operator'))
    await book.revoke({ serialNumber, revokedAt: new Date(), reason: 'certificateHold' })
    const serial = serialNumber.toString('hex').toUpperCase()
    const held = crl(await list(stand.services.revocationListUrls.rsa.delta)).text
    expect(held).toMatch(/verify OK/)
    expect(held).toMatch(/Delta CRL Indicator: critical/)
    expect(held).toMatch(new RegExp(`${serial}[\\s\\S]*Certificate Hold`))
    await book.reinstate({ serialNumber, at: new Date() })
    const lifted = crl(await list(stand.services.revocationListUrls.rsa.delta)).text
    expect(lifted).toMatch(new RegExp(`${serial}[\\s\\S]*Remove From CRL`))
    const [base, delta] = [
      /Delta CRL Indicator: critical\s+((?:0x)?[0-9A-F]+)/,
      /X509v3 CRL Number:\s+((?:0x)?[0-9A-F]+)/,
    ].map((pattern) => Number(pattern.exec(lifted)?.[1] ?? ''))
    expect((delta ?? 0) - (base ?? 0)).toBe(25 * 3600)
  })

  test('the root’s list is signed by the root', async () => {
    const der = await list(stand.services.rootRevocationListUrls.rsa)
    const { text } = tryOpenssl('crl', '-inform', 'DER', '-in', file('root.crl', der), '-CAfile', files.root, '-noout')
    expect(text).toMatch(/verify OK/)
  })

  test('OpenSSL checks a path with the list that the certificate points at', async () => {
    const der = await list(stand.services.revocationListUrls.rsa.base)
    const pem = join(temp.path, 'fresh.pem')
    openssl(['crl', '-inform', 'DER', '-in', file('fresh.crl', der), '-out', pem])
    const verify = (path: string) =>
      tryOpenssl('verify', '-crl_check', '-CRLfile', pem, '-CAfile', files.root, '-untrusted', files.issuing, path)
    expect(verify(certificate('workstation')).status).toBe(0)
    expect(verify(certificate('workstation-revoked')).text).toMatch(/certificate revoked/)
  })

  test('crl-unreachable: the connection breaks', async () => {
    await under('crl-unreachable', async () => {
      await expect(exchangeHttp(stand.services.revocationListUrls.rsa.base)).rejects.toThrow()
      await expect(exchangeHttp(stand.services.revocationListUrls.gost2015.delta)).rejects.toThrow()
    })
  })
})

describe('timestamps, judged by OpenSSL', () => {
  const document = Buffer.from('what was there at that time')
  const query = (...more: readonly string[]): Buffer =>
    openssl(['ts', '-query', '-data', file('document', document), '-sha256', '-out', '-', ...more])
  const verify = (token: Buffer, request: Buffer) =>
    tryOpenssl(
      ...['ts', '-verify', '-queryfile', file('query.tsq', request), '-in', file('reply.tsr', token)],
      ...['-CAfile', files.root, '-untrusted', files.issuing],
    )

  test('a token covers the digest that was asked about, with nonce, certificate and policy', async () => {
    const request = query('-cert')
    const { status, contentType, body } = await askTimestamp(stand.services.timestampUrls.rsa, request)
    expect([status, contentType]).toEqual([200, 'application/timestamp-reply'])
    expect(verify(body, request).text).toMatch(/Verification: OK/)
    const { text } = tryOpenssl('ts', '-reply', '-in', file('token.tsr', body), '-text')
    expect(text).toMatch(/Policy OID: 1\.2\.398\.3\.3\.2\.6\.1/)
    // Another query has another nonce.
    expect(verify(body, query('-cert')).text).toMatch(/nonce mismatch/)
  })

  test('without its certificate where that was not asked for', async () => {
    const { body } = await askTimestamp(stand.services.timestampUrls.rsa, query())
    const token = openssl(['ts', '-reply', '-in', file('bare.tsr', body), '-token_out'])
    const certificates = openssl(['pkcs7', '-inform', 'DER', '-print_certs', '-in', file('bare.p7', token)]).toString()
    expect(certificates).not.toContain('BEGIN CERTIFICATE')
  })

  test.each([
    ['a policy that is not ours', ['-tspolicy', '1.2.3.4'], 'unacceptedPolicy'],
    ['SHA-1', ['-sha1'], 'badAlg'],
  ])('refuses %s and says why', async (_, more, why) => {
    const { status, body } = await askTimestamp(stand.services.timestampUrls.rsa, query(...more))
    expect(status).toBe(200)
    const { text } = tryOpenssl('ts', '-reply', '-in', file('refused.tsr', body), '-text')
    expect(text).toMatch(/Status: Rejected/)
    expect(text).toContain(why)
  })

  test('tsa-other-hash: OpenSSL sees that it covers something else', async () => {
    await under('tsa-other-hash', async () => {
      const request = query('-cert')
      const { body } = await askTimestamp(stand.services.timestampUrls.rsa, request)
      expect(verify(body, request).text).toMatch(/message imprint mismatch/)
    })
  })

  test('tsa-unreachable: the connection breaks', async () => {
    await under('tsa-unreachable', async () => {
      await expect(askTimestamp(stand.services.timestampUrls.gost2015, query())).rejects.toThrow()
    })
  })
})

describe('the same in ГОСТ, judged by the workstation', () => {
  async function chain(names: readonly string[], crls: readonly Buffer[], ocsp?: Buffer): Promise<readonly unknown[]> {
    const folder = join(temp.path, 'crls')
    mkdirSync(folder, { recursive: true })
    crls.forEach((crl, index) => {
      writeFileSync(join(folder, `${index}.crl`), crl)
    })
    const evidence = ocsp === undefined ? ['--crl', folder] : ['--ocsp', file('answer.ocsp', ocsp)]
    const run = await runArm([
      'chain',
      '--json',
      ...names,
      '--trust',
      stand.trustDir,
      '--with',
      stand.intermediatesDir,
      ...evidence,
    ])
    return run.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  }
  const name = (who: 'workstation' | 'workstation-revoked') => files.certificate(who, 'gost2015')

  test('full list and delta', async () => {
    const { base, delta } = stand.services.revocationListUrls.gost2015
    const lists = [(await exchangeHttp(base)).body, (await exchangeHttp(delta)).body]
    const [good, revoked] = await chain([name('workstation'), name('workstation-revoked')], lists)
    expect(good).toMatchObject({ verdict: 'TOTAL-PASSED', revocation: 'checked' })
    expect(revoked).toMatchObject({ verdict: 'TOTAL-FAILED', subIndication: 'REVOKED' })
  })

  test('OCSP', async () => {
    const request = ocspRequestFor([await serialOf(name('workstation')), await serialOf(name('workstation-revoked'))])
    const { body } = await askOcsp(stand.services.ocspUrl, request)
    const [good, revoked] = await chain([name('workstation'), name('workstation-revoked')], [], body)
    expect(good).toMatchObject({ verdict: 'TOTAL-PASSED', revocation: 'checked' })
    expect(revoked).toMatchObject({ verdict: 'TOTAL-FAILED', subIndication: 'REVOKED' })
  })

  /** OpenSSL cannot read the ГОСТ issuer's key, but it makes the request for the RSA one, which is re-addressed. */
  function ocspRequestFor(serials: readonly Buffer[]): Buffer {
    const args = serials.flatMap((serial) => ['-serial', `0x${serial.toString('hex')}`])
    return openssl(['ocsp', '-sha256', '-issuer', files.issuingOf('gost2015'), ...args, '-no_nonce', '-reqout', '-'])
  }
})

describe('hostile and mistaken clients', () => {
  const services = () => ({
    ocsp: stand.services.ocspUrl,
    tsaRsa: stand.services.timestampUrls.rsa,
    tsaGost: stand.services.timestampUrls.gost2015,
  })

  test('any bytes get an error of the protocol, and the stand lives on', async () => {
    const request = openssl(['ocsp', '-issuer', files.issuing, '-cert', certificate('portal'), '-reqout', '-'])
    const query = openssl(['ts', '-query', '-data', file('data', 'x'), '-sha256', '-cert', '-out', '-'])
    const deep = Buffer.alloc(15_000, Buffer.from([0x30, 0x80]))
    const inputs: Buffer[] = [Buffer.alloc(0), Buffer.from('GET / HTTP/1.1\r\n\r\n'), Buffer.alloc(16_000, 0xff), deep]
    for (let cut = 1; cut < request.length; cut += 7) inputs.push(request.subarray(0, cut))
    for (const input of inputs) {
      const { status, body } = await askOcsp(services().ocsp, input)
      expect([status, body.toString('hex')]).toEqual([200, '30030a0101'])
    }
    for (let cut = 1; cut < query.length; cut += 7) inputs.push(query.subarray(0, cut))
    for (const url of [services().tsaRsa, services().tsaGost]) {
      for (const input of inputs) {
        const { status, body } = await askTimestamp(url, input)
        expect(status).toBe(200)
        expect(openssl(['ts', '-reply', '-in', file('bad.tsr', body), '-text']).toString()).toMatch(/Status: Rejected/)
        if (inputs.indexOf(input) > 6) break
      }
    }
    expect((await askOcsp(services().ocsp, request)).body.subarray(0, 12).includes(Buffer.from('0a0100', 'hex'))).toBe(
      true,
    )
  })

  test('a request of more than 16 KiB is not read to its end', async () => {
    for (const [url, ask] of [
      [services().ocsp, askOcsp],
      [services().tsaGost, askTimestamp],
    ] as const) {
      const answer = await ask(url, Buffer.alloc(17 * 1024)).catch((error: Error) => error)
      if (!(answer instanceof Error)) expect(answer.status).toBe(413)
    }
  })

  test('a list of questions is bounded', async () => {
    const many = Array.from({ length: 17 }, (_, index) => ['-serial', `0x${(index + 0x4000).toString(16)}`]).flat()
    const request = openssl(['ocsp', '-issuer', files.issuing, ...many, '-reqout', '-'])
    expect((await askOcsp(services().ocsp, request)).body.toString('hex')).toBe('30030a0101')
  })

  test('wrong paths, methods and types are named', async () => {
    const { ocsp, tsaRsa } = services()
    const base = ocsp.replace(/\/ocsp$/, '')
    expect((await exchangeHttp(`${base}/../etc/passwd`)).status).toBe(404)
    expect((await exchangeHttp(base)).status).toBe(404)
    expect((await exchangeHttp(tsaRsa)).status).toBe(405)
    expect((await exchangeHttp(ocsp, { body: Buffer.alloc(1) })).status).toBe(415)
    expect((await exchangeHttp(`${ocsp}/%E0%A4%A`)).body.toString('hex')).toBe('30030a0101')
  })

  test('a client that never finishes its request is hung up on', { timeout: 20_000 }, async () => {
    const { hostname, port } = new URL(services().ocsp)
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined).resume()
    socket.write(
      'POST /ocsp HTTP/1.1\r\nHost: x\r\nContent-Type: application/ocsp-request\r\nContent-Length: 100\r\n\r\nabc',
    )
    const started = performance.now()
    await new Promise((resolve) => socket.once('close', resolve))
    expect(performance.now() - started).toBeLessThan(15_000)
  })
})

describe('after a restart', () => {
  test('the services keep their keys and their address, and answer for what was issued before', async () => {
    const other = join(temp.path, 'restarted')
    const roots = (of: Stand): readonly string[] =>
      ['root.pem', 'root-gost.pem'].map((name) => readFileSync(join(of.trustDir, name), 'utf8'))
    const first = await startStandProcess(other)
    const before = roots(first.stand)
    await first.kill()
    const again = await startStandProcess(other)
    try {
      expect(again.stand.services).toEqual(first.stand.services)
      expect(roots(again.stand)).toEqual(before)
      const own = authorityFiles(join(other, 'authority'))
      const printed = openssl(['x509', '-in', own.certificate('workstation', 'rsa'), '-noout', '-ocsp_uri']).toString()
      expect(printed.trim()).toBe(again.stand.services.ocspUrl)
      const { text } = tryOpenssl(
        ...['ocsp', '-issuer', own.issuing, '-cert', own.certificate('workstation', 'rsa'), '-url', printed.trim()],
        ...['-CAfile', own.root, '-verify_other', own.issuing],
      )
      expect(text).toMatch(/Response verify OK/)
      expect(text).toMatch(/workstation\.pem: good/)
    } finally {
      await again.kill()
    }
  })

  test('a folder whose authority is of another form is put aside, and a new authority is made', async () => {
    const other = join(temp.path, 'older')
    mkdirSync(join(other, 'authority', 'trust'), { recursive: true })
    writeFileSync(join(other, 'authority', 'trust', 'root.pem'), 'older')
    const stands = await Promise.all([startStand({ dataDir: other }), startStand({ dataDir: other })])
    const roots = stands.map((one) => readFileSync(one.tlsAuthorityFile, 'utf8'))
    await Promise.all(stands.map((one) => one.close()))
    expect(new Set(roots).size).toBe(1)
    expect(roots[0]).toContain('BEGIN CERTIFICATE')
  })
})
