import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openAuditLog } from '../../../src/main/adapters/audit-sqlite/open-audit-log.ts'
import { openPassphraseVault } from '../../../src/main/adapters/vault/open-passphrase-vault.ts'
import type { AuditLog } from '../../../src/main/ports/audit-log.ts'
import { clockAt, madeUpIin, temporaryFolder } from '../../unit/main/adapters/audit-sqlite/audit-log-fixture.ts'

it('a restart with the same passphrase shows the request that was left open, and another passphrase opens nothing', async () => {
  const folder = temporaryFolder()
  async function start<T>(passphrase: string, use: (log: AuditLog) => T) {
    const vault = await openPassphraseVault({ file: join(folder, 'vault.json'), passphrase: Buffer.from(passphrase) })
    if (!vault.ok) return vault.failure
    const clock = clockAt('2026-03-01T08:00:00.000Z')
    const log = openAuditLog({ file: join(folder, 'audit.sqlite'), workstation: 'TEST-01', vault: vault.value, clock })
    if (!log.ok) return log.failure
    const result = use(log.value)
    log.value.close()
    vault.value.close()
    return result
  }

  const request = { actor: 'operator', requestId: 'request-1', operation: 'RegisterUser' }
  await start('made up', (log) => log.append({ ...request, event: 'request.sending', iin: madeUpIin(1) }))
  expect(await start('made up', (log) => log.openRequests())).toMatchObject([
    { requestId: 'request-1', state: 'sending', iinMasked: '910101******' },
  ])
  expect(await start('another', (log) => log.openRequests())).toEqual({ code: 'vault.wrong-passphrase' })
})
