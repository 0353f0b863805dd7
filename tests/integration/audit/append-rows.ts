import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { openAuditLog } from '../../../src/main/adapters/audit-sqlite/open-audit-log.ts'
import { createPassphraseVault } from '../../../src/main/adapters/vault/create-passphrase-vault.ts'

/**
 * A writer to be killed. Arguments: the folder of the log, and how many rows to append (0: until killed). It says
 * `ready` before it opens the log, then one line `seq requestId` for each row that `append` acknowledged.
 */
const [folder = '', rows = '0'] = process.argv.slice(2)
// To a pipe at once, not at the next turn of the event loop: the line must be out before a kill can come.
const say = (line: string) => writeSync(1, `${line}\n`)

// The same key every time, without the passphrase: a slow derivation would only make the rounds slow.
const vault = createPassphraseVault({ masterKey: Buffer.alloc(32, 7) })
say('ready')
const log = openAuditLog({
  file: `${folder}/audit.sqlite`,
  workstation: `TEST-${process.pid}`,
  vault,
  clock: { now: () => new Date(), monotonicMs: () => performance.now(), after: () => () => undefined },
})
if (!log.ok) throw new Error(`${log.failure.code} ${log.failure.detail}`)

const events = ['request.prepared', 'request.sending', 'reply.issued', 'envelope.handed'] as const
const limit = rows === '0' ? Number.POSITIVE_INFINITY : Number(rows)
let requestId = randomUUID()
for (let count = 0; count < limit; count++) {
  const event = events[count % events.length] ?? 'request.prepared'
  if (event === 'request.prepared') requestId = randomUUID()
  const appended = log.value.append({
    event,
    actor: 'operator',
    role: 'operator',
    requestId,
    operation: 'RegisterUser',
    iin: '910101300019',
    personName: 'Тест Тестов',
    note: 'тест '.repeat(count % 100),
  })
  if (!appended.ok) throw new Error(`${appended.failure.code} ${appended.failure.detail}`)
  say(`${appended.value} ${requestId}`)
}
log.value.close()
vault.close()
