import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { portalMessages } from '../../../src/shared/domain/reference-data.ts'
import { logInToPortal } from '../../support/portal-login.ts'
import { readEnvelope } from '../../support/read-envelope.ts'
import { answerOf, firstOf, peopleOf, runArm } from '../../support/run-arm.ts'
import { filesHolding } from '../../support/search-files.ts'
import { type RunningStand, startArmStand } from '../../support/start-arm-stand.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

const temp = makeTempDir()
const dataDir = path.join(temp.path, 'data')
const auditDb = path.join(dataDir, 'audit.sqlite')

/** Somebody with the file and plain SQLite: triggers aside, one word changed, triggers back. */
const TAMPER = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
triggers = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
for name, _ in triggers: db.execute(f'DROP TRIGGER {name}')
db.execute("UPDATE audit_row SET actor = 'somebody' WHERE seq = 3")
for _, sql in triggers: db.execute(sql)
db.commit()
`

beforeAll(async () => {
  // The first start makes the keys of the stand; the tests then find them.
  await runArm(['people', '--data', dataDir])
})
afterAll(() => temp.remove())

async function logIn(login: string, password: string): Promise<string> {
  const stand: RunningStand = await startArmStand(dataDir)
  try {
    return await logInToPortal({ portalUrl: stand.web, authorityFile: stand.tlsAuthority, login, password })
  } finally {
    await stand.stop()
  }
}

describe('print-test-page', () => {
  test('prints a sheet of nobody’s, says where, and records it', async () => {
    const run = await runArm(['print-test-page', '--json', '--data', dataDir])
    expect(run.code).toBe(0)
    const answer = answerOf(run)
    expect(answer).toMatchObject({ outcome: 'printed', place: expect.any(String), auditSeq: expect.any(Number) })
    const { text, password } = readEnvelope(String(answer['place']))
    expect(text).toContain('000000000000')
    expect(password).toBe('SAMPLE-0OQ-1lI-5S8B2Z')
    const found = await runArm(['audit', 'search', '--db', auditDb, '--json'])
    expect(found.stdout).toContain('printer.test-page')
  })
})

describe('issue', () => {
  test('an unregistered citizen gets an envelope whose password opens the portal and is found nowhere else', async () => {
    const iin = await firstOf(dataDir, 'issued')
    const pdf = path.join(temp.path, 'envelope.pdf')
    const run = await runArm(['issue', '--iin', iin, '--out', pdf, '--json', '--data', dataDir])
    expect(run.code).toBe(0)
    expect(answerOf(run)).toMatchObject({ outcome: 'issued', envelope: pdf, auditSeq: expect.any(Number) })

    const { text, password } = readEnvelope(pdf)
    expect(text).toContain(iin)
    expect(text).toMatch(/https:\/\//)
    expect(await logIn(iin, password)).toContain('Личный кабинет')

    // The page itself holds glyph numbers of subset fonts, so even there the text is not found by a plain search.
    const control = path.join(temp.path, 'control')
    writeFileSync(control, Buffer.from(`password: ${password}`, 'utf16le'))
    expect(filesHolding(temp.path, password)).toEqual([control])
    expect(run.stdout + run.stderr).not.toContain(password)
    expect(filesHolding(dataDir, iin).filter((file) => /audit\.sqlite/.test(file))).toEqual([])
  })

  test('a second issue answers registered; with a reason it issues again and the old password is dead', async () => {
    const iin = await firstOf(dataDir, 'issued')
    const [first, second] = [path.join(temp.path, 'first.pdf'), path.join(temp.path, 'second.pdf')]
    expect((await runArm(['issue', '--iin', iin, '--out', first, '--data', dataDir])).code).toBe(0)

    const again = await runArm(['issue', '--iin', iin, '--out', second, '--json', '--data', dataDir])
    expect(again.code).toBe(3)
    expect(answerOf(again)).toMatchObject({ outcome: 'registered' })
    expect(existsSync(second)).toBe(false)

    const reissued = await runArm([
      ...['issue', '--iin', iin, '--out', second, '--json', '--data', dataDir],
      ...['--reissue-reason', 'Гражданин утратил пароль'],
    ])
    expect(reissued.code).toBe(0)
    expect(answerOf(reissued)).toMatchObject({ outcome: 'issued' })
    expect(await logIn(iin, readEnvelope(first).password)).toContain(portalMessages.loginWrong)
    expect(await logIn(iin, readEnvelope(second).password)).toContain('Личный кабинет')
    expect((await peopleOf(dataDir, 'registered')).map((person) => person.iin)).toContain(iin)
  })

  test('a refusal comes out verbatim with exit code 3', async () => {
    const refused = await peopleOf(dataDir, 'refused')
    const expected = [portalMessages.deceased, portalMessages.excluded('1'), portalMessages.prosecutorRecord]
    for (const message of expected) {
      const iin = refused.find((person) => person.expect.message === message)?.iin ?? ''
      const run = await runArm(['issue', '--iin', iin, '--json', '--data', dataDir])
      expect(answerOf(run)).toMatchObject({ outcome: 'refused', failure: { message } })
      expect(run.code).toBe(3)
    }
  })

  test.each([
    ['91010130001', 'iin.format'],
    ['910101300018', 'iin.check-digit'],
    ['abcdefghijkl', 'iin.format'],
  ])('a bad ИИН %s ends with exit code 2 before anything is opened', async (iin, code) => {
    const untouched = path.join(temp.path, 'untouched')
    const run = await runArm(['issue', '--iin', iin, '--json', '--data', untouched])
    expect(run.code).toBe(2)
    expect(answerOf(run)).toMatchObject({ outcome: 'failed', failure: { code } })
    expect(existsSync(untouched)).toBe(false)
  })

  test('an impossible birth date waits for a confirmation, and then the portal decides', async () => {
    const iin = '000001500018'
    const asked = await runArm(['issue', '--iin', iin, '--json', '--data', dataDir])
    expect(asked.code).toBe(2)
    expect(answerOf(asked)).toMatchObject({ failure: { code: 'iin.warning-unconfirmed' } })
    const confirmed = await runArm(['issue', '--iin', iin, '--json', '--confirm-warnings', '--data', dataDir])
    expect(confirmed.code).toBe(3)
    expect(answerOf(confirmed)).toMatchObject({
      outcome: 'refused',
      failure: { message: portalMessages.personUnknown },
    })
  })

  test('a reply that does not count ends as unknown, and the next start tells of the request', async () => {
    const iin = await firstOf(dataDir, 'issued')
    expect((await runArm(['stand-fault', 'wrong-nonce', '--data', dataDir])).code).toBe(0)
    const lost = await runArm(['issue', '--iin', iin, '--json', '--data', dataDir])
    expect((await runArm(['stand-fault', 'none', '--data', dataDir])).code).toBe(0)
    const { outcome, requestId, failure } = answerOf(lost)
    expect({ outcome, failure, code: lost.code }).toMatchObject({
      outcome: 'unknown',
      failure: { code: 'reply.nonce-mismatch' },
      code: 1,
    })
    const next = await runArm(['issue', '--iin', iin, '--json', '--data', dataDir])
    expect(answerOf(next)).toMatchObject({ outcome: 'registered' })
    expect(next.stderr).toContain(`запрос ${String(requestId)}`)
    expect(next.stderr).toContain(`${iin.slice(0, 6)}******`)
    expect(next.stderr).not.toContain(iin)
  })

  test('a file that cannot be written is found out before a password is asked for', async () => {
    const iin = await firstOf(dataDir, 'issued')
    const out = path.join(temp.path, 'no-such-folder', 'envelope.pdf')
    const run = await runArm(['issue', '--iin', iin, '--out', out, '--json', '--data', dataDir])
    expect(run.code).toBe(1)
    expect(answerOf(run)).toMatchObject({ outcome: 'failed', failure: { code: 'print.no-printer' } })
    expect((await peopleOf(dataDir, 'issued')).map((person) => person.iin)).toContain(iin)
  })
})

describe('check', () => {
  test('says not-registered, registered and refused with their exit codes', async () => {
    const [fresh, registered, refused] = await Promise.all(
      (['issued', 'registered', 'refused'] as const).map((outcome) => firstOf(dataDir, outcome)),
    )
    for (const [iin, outcome, code] of [
      [fresh, 'not-registered', 0],
      [registered, 'registered', 3],
      [refused, 'refused', 3],
    ] as const) {
      const run = await runArm(['check', '--iin', iin ?? '', '--json', '--data', dataDir])
      expect(answerOf(run)).toMatchObject({ outcome, person: { legalCapacity: expect.any(String) } })
      expect(run.code).toBe(code)
    }
  })
})

describe('other commands', () => {
  test('people lists at least 200 made-up people with every legal capacity and outcome', async () => {
    const people = await peopleOf(dataDir)
    expect(people.length).toBeGreaterThanOrEqual(200)
    expect(new Set(people.map((person) => person.iin)).size).toBe(people.length)
    expect(new Set(people.map((person) => person.expect.outcome))).toEqual(new Set(['issued', 'registered', 'refused']))
  })

  test('iin decodes without asking anybody', async () => {
    const iin = await firstOf(dataDir, 'issued')
    const run = await runArm(['iin', iin, '--json'])
    expect(run.code).toBe(0)
    expect(answerOf(run)).toMatchObject({ iin, valid: true, warnings: [] })
    expect((await runArm(['iin', '000001500018'])).code).toBe(2)
    expect((await runArm(['iin', '000001500018', '--confirm-warnings'])).code).toBe(0)
  })

  test('audit verify walks the log of all these runs, and names the first broken row', async () => {
    const intact = await runArm(['audit', 'verify', '--db', auditDb, '--json'])
    expect(answerOf(intact)).toMatchObject({ state: 'intact' })
    expect(intact.code).toBe(0)
    const copy = path.join(temp.path, 'tampered.sqlite')
    copyFileSync(auditDb, copy)
    execFileSync('python3', ['-c', TAMPER, copy])
    const broken = await runArm(['audit', 'verify', '--db', copy, '--json'])
    expect(answerOf(broken)).toMatchObject({ state: 'broken', firstBroken: { seq: 3 } })
    expect(broken.code).toBe(4)
    expect((await runArm(['audit', 'verify', '--db', path.join(temp.path, 'absent')])).code).toBe(1)
  })

  test('walk does the whole job in the console', async () => {
    const run = await runArm(['walk', '--data', dataDir])
    expect(run.code).toBe(0)
    const printed = readdirSync(path.join(dataDir, 'printed'))
    expect(printed.filter((name) => name.startsWith('envelope-'))).toHaveLength(1)
    expect(printed.filter((name) => name.startsWith('agreement-'))).toHaveLength(1)
    expect(run.stderr + run.stdout).toContain('Номер сотового телефона подключен')
  })

  test('a wrong document or code at the counter: nothing is issued, or the envelope without mGov', async () => {
    const iin = await firstOf(dataDir, 'issued')
    const issue = ['issue', '--iin', iin, '--json', '--data', dataDir]
    expect((await runArm([...issue, '--document', 'identity-card'])).code).toBe(2)
    const expired = await runArm([...issue, '--document', 'identity-card:012345678:2020-01-01'])
    expect([expired.code, answerOf(expired)]).toMatchObject([1, { failure: { code: 'document.expired' } }])
    const card = ['--document', 'identity-card:012345678:2035-01-01', '--agreement', 'signed']
    const run = await runArm([...issue, ...card, '--mobile', '+77017654321', '--sms-code', '00000x'])
    expect([run.code, answerOf(run)]).toMatchObject([0, { outcome: 'issued', mgov: 'mgov.code' }])
  })

  test.each([
    [['issue']],
    [['no-such-command']],
    [['issue', '--iin', '1', '--no-such-option']],
    [['stand', '--port', '70000']],
  ])('wrong usage %j ends with exit code 2', async (args) => {
    expect((await runArm(args)).code).toBe(2)
  })

  test('a stand elsewhere serves a workstation by its settings file; a changed file is refused', async () => {
    const elsewhere = path.join(temp.path, 'elsewhere')
    const stand = await startArmStand(elsewhere)
    try {
      const iin = await firstOf(elsewhere, 'issued')
      const data = path.join(temp.path, 'own-data')
      const pdf = path.join(temp.path, 'settings.pdf')
      const base = ['issue', '--iin', iin, '--json', '--data', data, '--out', pdf]
      const run = await runArm([...base, '--settings', stand.settings])
      expect(run.code).toBe(0)
      expect(answerOf(run)).toMatchObject({ outcome: 'issued' })

      const real = path.join(temp.path, 'real.json')
      const settings = JSON.parse(readFileSync(stand.settings, 'utf8'))
      writeFileSync(real, JSON.stringify({ ...settings, mode: 'real' }))
      const secrets = path.join(temp.path, 'secret')
      writeFileSync(secrets, 'not the pin of training\n')
      const asReal = ['--settings', real, '--pin-file', secrets, '--vault-passphrase-file', secrets]
      const trainingVault = await runArm([...base, ...asReal])
      expect(answerOf(trainingVault)).toMatchObject({ failure: { code: 'vault.wrong-passphrase' } })
      const ownVault = await runArm([...base, ...asReal, '--data', path.join(temp.path, 'real-data')])
      expect(answerOf(ownVault)).toMatchObject({ failure: { code: 'sign.wrong-pin' } })
      writeFileSync(secrets, `${stand.workstationKeyPin}\n`)
      const trainingPin = await runArm([...base, ...asReal, '--data', path.join(temp.path, 'real-data')])
      expect(answerOf(trainingPin)).toMatchObject({ failure: { code: 'settings.invalid' } })
      writeFileSync(real, JSON.stringify({ ...settings, gateway: { ...settings.gateway, url: 'http://127.0.0.1:1/' } }))
      const plainHttp = await runArm([...base, '--settings', real])
      expect(answerOf(plainHttp)).toMatchObject({ failure: { code: 'settings.invalid', detail: 'gateway.url' } })
    } finally {
      await stand.stop()
    }
  })
})
