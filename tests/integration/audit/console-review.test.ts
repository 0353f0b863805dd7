import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPasswordHasher } from '../../../src/main/adapters/accounts/create-password-hasher.ts'
import { openAccountBook } from '../../../src/main/adapters/accounts/open-account-book.ts'
import { openAuditLog } from '../../../src/main/adapters/audit-sqlite/open-audit-log.ts'
import { createSystemClock } from '../../../src/main/adapters/clock/create-system-clock.ts'
import { openPassphraseVault } from '../../../src/main/adapters/vault/open-passphrase-vault.ts'
import { accountsFile, auditFile, vaultFile } from '../../../src/main/settings/data-folder.ts'
import type { Role } from '../../../src/shared/domain/session.ts'
import type { Result } from '../../../src/shared/result.ts'
import { answerOf, runArm } from '../../support/run-arm.ts'
import { type RunningStand, startArmStand } from '../../support/start-arm-stand.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

const temp = makeTempDir()
const training = path.join(temp.path, 'training', 'audit.sqlite')
const realDir = path.join(temp.path, 'real')
const real = auditFile(realDir)
const settings = path.join(temp.path, 'settings.json')
const phraseFile = path.join(temp.path, 'phrase')
const PHRASE = 'фраза начала смены'
const PASSWORD = 'супервизор-4417'
let stand: RunningStand

function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.detail ?? ''}`)
  return result.value
}

/** A real workplace's folder, with a supervisor in its account book. */
async function makeRealFolder(): Promise<void> {
  mkdirSync(realDir, { mode: 0o700 })
  const vault = need(await openPassphraseVault({ file: vaultFile(realDir), passphrase: Buffer.from(PHRASE) }))
  const log = need(openAuditLog({ file: real, workstation: 'COUNTER-7', vault, clock: createSystemClock() }))
  const book = need(await openAccountBook({ file: accountsFile(realDir), vault, hasher: createPasswordHasher() }))
  const add = async (login: string, role: Role): Promise<void> => {
    const account = { login, name: login, role }
    const change = need(await book.prepare({ kind: 'add', account, password: Buffer.from(PASSWORD) }))
    log.append({ event: 'account.changing', actor: 'administrator', details: { fingerprint: change.fingerprint } })
    need(await change.commit())
    log.append({ event: 'account.changed', actor: 'administrator', details: { fingerprint: change.fingerprint } })
  }
  await add('aliya', 'supervisor')
  await log.close()
  vault.close()
}

beforeAll(async () => {
  stand = await startArmStand(path.join(temp.path, 'stand'))
  const document = JSON.parse(readFileSync(stand.settings, 'utf8'))
  writeFileSync(settings, JSON.stringify({ ...document, mode: 'real', workstation: 'COUNTER-7', revocation: {} }))
  writeFileSync(phraseFile, PHRASE)
  await runArm(['audit', 'generate', '--rows', '40', '--db', training])
  await makeRealFolder()
}, 120_000)
afterAll(async () => {
  await stand.stop()
  temp.remove()
})

const search = (db: string, args: readonly string[], input?: string) =>
  runArm(['audit', 'search', '--db', db, '--limit', '200', '--json', ...args], input === undefined ? {} : { input })
const asReal = (login: string) => ['--settings', settings, '--vault-passphrase-file', phraseFile, '--login', login]
const rowsOf = (run: Awaited<ReturnType<typeof search>>) =>
  answerOf(run)['rows'] as { actor: string; event: string; workstation: string; outcome?: string }[]

test('in training its supervisor signs in, searches and leaves, and the rows say so', async () => {
  expect((await search(training, ['--event', 'request.prepared'])).code).toBe(0)
  const rows = rowsOf(await search(training, ['--actor', 'supervisor']))
  expect(rows.slice(0, 4).map(({ event }) => event)).toEqual([
    'audit.searched',
    'session.signed-in',
    'session.signed-out',
    'audit.searched',
  ])
  expect(new Set(rows.slice(0, 4).map(({ workstation }) => workstation))).toEqual(new Set(['TRAINING-01']))
})

test('nobody names himself: another role is refused, and so is a name without its password', async () => {
  const operator = await search(training, ['--login', 'operator'], 'operator\n')
  expect(operator.code).toBe(3)
  expect(answerOf(operator)).toMatchObject({ failure: { code: 'session.forbidden' } })
  const wrong = await search(training, ['--login', 'supervisor'], 'guess\n')
  expect(wrong.code).toBe(3)
  expect(answerOf(wrong)).toMatchObject({ failure: { code: 'session.wrong-credentials' } })
  expect((await search(training, ['--login', 'supervisor'], '')).code).toBe(2)
  const rows = rowsOf(await search(training, []))
  expect(rows).toContainEqual(expect.objectContaining({ event: 'access.refused', actor: 'operator' }))
  expect(rows).toContainEqual(expect.objectContaining({ event: 'session.sign-in-failed', actor: 'unknown' }))
})

test("a real workplace's supervisor signs in with the account that the administrator gave him", async () => {
  const found = await search(real, asReal('aliya'), `${PASSWORD}\n`)
  expect(found.code, found.stdout).toBe(0)
  const [newest] = rowsOf(found)
  expect(newest).toMatchObject({ event: 'session.signed-in', actor: 'aliya', workstation: 'COUNTER-7' })
  const out = path.join(temp.path, 'found.csv')
  const exported = await runArm(['audit', 'export', '--db', real, '--out', out, '--json', ...asReal('aliya')], {
    input: PASSWORD,
  })
  expect(exported.code, exported.stdout).toBe(0)
  expect(readFileSync(out, 'utf8')).toContain('"COUNTER-7","aliya","supervisor","session.signed-in"')
})

test("training's words open nothing of a real log, however they are put together", async () => {
  expect(answerOf(await search(real, []))).toMatchObject({ failure: { code: 'vault.wrong-passphrase' } })
  const withPhrase = await search(real, ['--vault-passphrase-file', phraseFile])
  expect(withPhrase.code).toBe(2)
})
