import { spawn } from 'node:child_process'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAuditFile } from '../../../src/main/adapters/audit-sqlite/verify-audit-file.ts'
import { auditFile } from '../../../src/main/compose.ts'
import { listPeople, type Stand, startStand } from '../../../src/stand/start-stand.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { openTrainingWorkstation } from '../../support/training-workstation.ts'

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
      expect((await issueUntil({ dataDir, call, moment })).signal, `${moment} call ${call}`).toBe('SIGKILL')
      expect(await verifyAuditFile({ file: auditFile(dataDir) })).toMatchObject({
        ok: true,
        value: { verdict: { state: 'intact' } },
      })

      const next = await openTrainingWorkstation({ stand, dataDir })
      const rows = next.ports.audit.list({ limit: 100 })
      const sent = rows.some(({ event }) => event === 'request.sending')
      const settled = rows.some(({ event }) => event === 'envelope.handed')
      const open = next.workstation.recovery.list()
      expect(open.length, `${moment} call ${call}: ${rows.map(({ event }) => event).join(' ')}`).toBe(
        sent && !settled ? 1 : 0,
      )
      for (const { state, iinMasked } of open) {
        openStates.add(state)
        expect(iinMasked).toBe(`${iin.slice(0, 6)}******`)
      }
      next.workstation.close()
    }
  }
  expect([...openStates]).toEqual(expect.arrayContaining(['sending', 'issued', 'printing', 'printed']))
}, 300_000)
