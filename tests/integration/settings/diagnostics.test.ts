import { readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import { redact } from '../../../src/main/adapters/diagnostics/write-bundle.ts'
import { composeAppLog } from '../../../src/main/compose-log.ts'
import { composeTraining } from '../../../src/main/compose-training.ts'
import { trainingAccounts, trainingKeyPin, trainingVaultPassphrase } from '../../../src/shared/domain/training.ts'
import { answerOf, runArm } from '../../support/run-arm.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

const temp = makeTempDir()
const dataDir = path.join(temp.path, 'data')
afterAll(() => temp.remove())

test('the bundle holds nothing of anybody: not what was typed, served, refused or opened', async () => {
  const opened = await composeTraining({
    dataDir,
    resourcesDir: path.resolve(import.meta.dirname, '..', '..', '..', 'resources'),
    front: 'console',
    onStatus: () => undefined,
    onEnvelopeExpired: () => undefined,
  })
  if (!opened.ok) throw new Error(opened.failure.code)
  const { workstation, settings, saveDiagnostics, training, close } = opened.value
  const person = (await training.people()).find(({ outcome }) => outcome === 'issued')
  if (person === undefined) throw new Error('nobody to serve')
  const operator = { login: 'operator', name: 'Айгүл Сәрсенова', role: 'operator' } as const
  const admin = { login: 'administrator', role: 'administrator' } as const
  const typed = { password: 'A-PASSWORD-TYPED-HERE', pin: 'A-PIN-TYPED-HERE', reason: 'ПРИЧИНА-СО-СЛОВАМИ' }
  const file = path.join(temp.path, 'bundle.zip')
  try {
    // A password typed into the login's field, an ИИН too; a wrong PIN; a service with its reason.
    for (const login of [person.iin, typed.password]) {
      await workstation.signIn.signIn({ login, password: Buffer.from(typed.password) })
    }
    const served = { iin: person.iin, confirmWarnings: false, operator }
    expect(await workstation.checkRegistration(served)).toMatchObject({ ok: true })
    expect(await workstation.issueCredentials({ ...served, onStep: () => undefined })).toMatchObject({ ok: true })
    expect(
      await workstation.issueCredentials({ ...served, reissueReason: typed.reason, onStep: () => undefined }),
    ).toMatchObject({ ok: true })
    await workstation.unlock(Buffer.from(typed.pin), admin)
    composeAppLog({ dataDir }).write({ event: 'channel.failed', channel: 'key.unlock', code: 'sign.wrong-pin' })
    const { values } = settings.view()
    await settings.save({
      form: { ...values, 'audit.backupFolder': path.join(os.homedir(), 'copies') },
      by: admin,
      origin: 'page',
    })
    expect(await saveDiagnostics({ file, by: admin })).toEqual({ ok: true, value: undefined })
    expect(workstation.audit.list({ limit: 1 })[0]).toMatchObject({
      event: 'diagnostics.saved',
      actor: 'administrator',
    })
  } finally {
    await close()
  }
  const parts = Object.entries(unzipSync(readFileSync(file))).map(
    ([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')] as const,
  )
  expect(parts.map(([name]) => name)).toEqual(
    expect.arrayContaining([
      'README.txt',
      'versions.json',
      'health.json',
      'settings.json',
      'log-counts.json',
      'logs/app.log',
    ]),
  )
  const text = parts.map(([, content]) => content).join('\n')
  // It does say what happened, in numbers and codes.
  expect(text).toContain('sign.wrong-pin')
  expect(JSON.parse(parts.find(([name]) => name === 'log-counts.json')?.[1] ?? '')).toMatchObject({
    events: { 'reply.issued': 2, 'session.sign-in-failed': 2, 'key.refused': 1 },
  })
  const forbidden = [
    person.iin,
    ...person.name.split(' '),
    ...Object.values(typed),
    trainingVaultPassphrase,
    ...trainingAccounts.flatMap(({ name }) => name.split(' ')),
    os.homedir() === '/' ? '\0' : os.homedir(),
    'PRIVATE KEY',
  ]
  for (const secret of forbidden) expect(text.includes(secret), secret).toBe(false)
  // The public PIN of training is also the name of the mode.
  expect(text.replaceAll(/"mode": "training"|training|TRAINING/g, '')).not.toContain(trainingKeyPin)
}, 120_000)

test('what could be an ИИН is masked, and what is longer stays', () => {
  expect(redact('ИИН 910101300019, hash 910101300019abcdef', '/home/x')).toBe(
    'ИИН ************, hash 910101300019abcdef',
  )
  expect(redact('{"at":"/home/ivanov/data"}', '/home/ivanov')).toBe('{"at":"~/data"}')
})

// Four starts of a whole workplace; the use cases behind them are tested beside this file.
test.runIf(process.env['ARM_TEST_LONG'] === '1')(
  'the console exports, and imports only where it is told to apply',
  async () => {
    const at = (name: string) => path.join(temp.path, name)
    const run = async (...args: string[]) => {
      const ran = await runArm([...args, '--data', dataDir, '--json'])
      return { code: ran.code, answer: answerOf(ran) }
    }
    const exported = await run('settings', 'export', '--file', at('exported.json'))
    expect(exported).toMatchObject({ code: 0, answer: { outcome: 'exported' } })
    const document = JSON.parse(readFileSync(at('exported.json'), 'utf8'))
    writeFileSync(at('changed.json'), JSON.stringify({ ...document, audit: { ...document.audit, backupsKept: 9 } }))
    const difference = { setting: 'audit.backupsKept', old: '14', new: '9' }
    const shown = await run('settings', 'import', '--file', at('changed.json'))
    expect(shown).toMatchObject({ code: 2, answer: { outcome: 'shown' } })
    expect(shown.answer['differences']).toContainEqual(difference)
    expect(await run('settings', 'import', '--file', at('changed.json'), '--apply')).toMatchObject({
      code: 0,
      answer: { outcome: 'imported', changed: expect.arrayContaining(['audit.backupsKept']) },
    })
    const { answer } = await run('settings', 'show')
    expect(answer).toMatchObject({
      mode: 'training',
      values: { 'audit.backupsKept': '9' },
      locks: { 'gateway.url': 'training' },
    })
  },
  120_000,
)
