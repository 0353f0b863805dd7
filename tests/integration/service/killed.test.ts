import { spawn } from 'node:child_process'
import { existsSync, readdirSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAuditFile } from '../../../src/main/adapters/audit-sqlite/verify-audit-file.ts'
import { auditFile, outboxDir } from '../../../src/main/settings/data-folder.ts'
import type { RequestState } from '../../../src/shared/domain/audit-event.ts'
import { trainingAccounts } from '../../../src/shared/domain/training.ts'
import { listPeople, type Stand, startStand } from '../../../src/stand/start-stand.ts'
import { isPortalPassword, timesIssued } from '../../support/issued-passwords.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { openTrainingWorkstation, operator, type TestWorkstation } from '../../support/training-workstation.ts'

const temp = makeTempDir()
const standData = path.join(temp.path, 'stand')
const script = path.resolve(import.meta.dirname, '..', '..', 'support', 'issue-until-killed.ts')
let stand: Stand
let iin: string

beforeAll(async () => {
  stand = await startStand({ dataDir: standData })
  iin = (await listPeople({ dataDir: standData })).find((person) => person.expect.outcome === 'issued')?.iin ?? ''
})
afterAll(async () => {
  await stand.close()
  temp.remove()
})

function supervisor(): { login: string; password: Buffer } {
  const account = trainingAccounts.find(({ role }) => role === 'supervisor')
  if (account === undefined) throw new Error('training has no supervisor')
  return { login: account.login, password: Buffer.from(account.password) }
}

/** What dying beside a row leaves of a settled request goes at a start ten minutes later. */
function leftAfterSweep(next: TestWorkstation, dataDir: string): readonly string[] {
  const folder = outboxDir(dataDir)
  if (!existsSync(folder)) return []
  const old = new Date(Date.now() - 11 * 60_000)
  for (const name of readdirSync(folder)) utimesSync(path.join(folder, name), old, old)
  next.ports.outbox.sweep(new Set())
  return readdirSync(folder)
}

/** The next run, which tells the password that it puts on paper. */
async function openNext(dataDir: string): Promise<TestWorkstation & { readonly printed: () => Buffer }> {
  let printed = Buffer.alloc(0)
  const opened = await openTrainingWorkstation({
    stand,
    dataDir,
    wrap: (ports) => ({
      ...ports,
      page: {
        render(content) {
          printed = Buffer.from(content.password)
          return ports.page.render(content)
        },
      },
    }),
  })
  return { ...opened, printed: () => printed }
}

/** Asynchronous: the stand that answers the child runs in this process. */
function issueUntil(options: { dataDir: string; call: number; moment: 'before' | 'after' }) {
  const args = [script, JSON.stringify(stand), options.dataDir, iin, String(options.call), options.moment]
  const env = { ...process.env, NODE_COMPILE_CACHE: path.join(temp.path, 'compiled') }
  return new Promise<{ signal: NodeJS.Signals | null; stdout: string }>((resolve) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
    let stdout = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.once('close', (_code, signal) => resolve({ signal, stdout }))
  })
}

/** What the next start does with an open request: it ends with one password, which is the portal's, on paper. */
async function finishAfterRestart(options: {
  readonly next: TestWorkstation & { readonly printed: () => Buffer }
  readonly requestId: string
  readonly state: RequestState
  readonly issuedBefore: number
  readonly where: string
}): Promise<void> {
  const { next, requestId, state, issuedBefore, where } = options
  const { resolveRequest, printEnvelope } = next.workstation
  const input = { requestId, operator, onStep: () => undefined }
  let resolved = await resolveRequest.resolve(input)
  if (resolved.ok && resolved.value.outcome === 'not-received') {
    expect(timesIssued(standData, iin), where).toBe(issuedBefore)
    resolved = await resolveRequest.repeat(input)
  }
  if (!resolved.ok || resolved.value.outcome !== 'issued') throw new Error(`${where}: ${JSON.stringify(resolved)}`)
  expect(timesIssued(standData, iin), where).toBe(issuedBefore + 1)
  const { paper } = resolved.value
  expect(paper, where).toBe(state === 'printed' ? 'printed' : state === 'printing' ? 'unknown' : 'none')
  if (paper === 'none') {
    expect(await printEnvelope.print({ requestId, operator }), where).toMatchObject({ ok: true })
  } else {
    // The sheet is not found: a second one, with a supervisor's word.
    expect(
      await printEnvelope.reprint({ requestId, operator, reason: 'Лист не найден', approver: supervisor() }),
      where,
    ).toMatchObject({ ok: true })
  }
  expect(await isPortalPassword(standData, iin, next.printed()), where).toBe(true)
  expect(printEnvelope.confirm({ requestId, handed: true, operator }), where).toMatchObject({ ok: true })
  expect(timesIssued(standData, iin), where).toBe(issuedBefore + 1)
}

test('killed at any call of a port, the log verifies and the next start knows what is open', async () => {
  const unhurt = await issueUntil({ dataDir: path.join(temp.path, 'unhurt'), call: 0, moment: 'before' })
  const calls = Number(unhurt.stdout)
  expect(calls).toBeGreaterThan(12)
  const openStates = new Set<string>()
  for (let call = 1; call <= calls; call++) {
    // Dying after a call is dying before the next one; the long run does both for each all the same.
    const moments =
      call === 1 || process.env['ARM_TEST_LONG'] === '1' ? (['before', 'after'] as const) : (['after'] as const)
    for (const moment of moments) {
      const dataDir = path.join(temp.path, `killed-${call}-${moment}`)
      const issuedBefore = timesIssued(standData, iin)
      expect((await issueUntil({ dataDir, call, moment })).signal, `${moment} call ${call}`).toBe('SIGKILL')
      expect(await verifyAuditFile({ file: auditFile(dataDir) })).toMatchObject({
        ok: true,
        value: { verdict: { state: 'intact' } },
      })

      const next = await openNext(dataDir)
      const rows = next.ports.audit.list({ limit: 100 })
      const sent = rows.some(({ event }) => event === 'request.sending')
      const settled = rows.some(({ event }) => event === 'envelope.handed')
      const open = next.workstation.recovery.list()
      expect(open.length, `${moment} call ${call}: ${rows.map(({ event }) => event).join(' ')}`).toBe(
        sent && !settled ? 1 : 0,
      )
      for (const { requestId, state, iinMasked } of open) {
        openStates.add(state)
        expect(iinMasked).toBe(`${iin.slice(0, 6)}******`)
        await finishAfterRestart({ next, requestId, state, issuedBefore, where: `${moment} call ${call}` })
      }
      expect(next.workstation.recovery.list()).toEqual([])
      expect(leftAfterSweep(next, dataDir)).toEqual([])
      await next.workstation.close()
      expect(await verifyAuditFile({ file: auditFile(dataDir) })).toMatchObject({
        value: { verdict: { state: 'intact' } },
      })
    }
  }
  expect([...openStates]).toEqual(expect.arrayContaining(['sending', 'issued', 'printing', 'printed']))
}, 300_000)
