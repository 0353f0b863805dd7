import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { openAuditLog } from '../../src/main/adapters/audit-sqlite/open-audit-log.ts'
import { createSystemClock } from '../../src/main/adapters/clock/create-system-clock.ts'
import { openTrainingVault } from '../../src/main/compose-training.ts'
import { composeUpdates } from '../../src/main/compose-updates.ts'
import { auditFile } from '../../src/main/settings/data-folder.ts'
import type { Result } from '../../src/shared/result.ts'
import type { UpdateOrder } from './update-order.ts'

/**
 * The administrator's two commands with the product's own installer, in a process of its own: it changes the system that it runs in.
 * Arguments: JSON of `UpdateOrder`. Prints what the log says of it, one row a line.
 */
const order = JSON.parse(process.argv[2] ?? '') as UpdateOrder
const administrator = { login: 'chief', name: 'Әкімші', role: 'administrator' } as const

function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.detail ?? ''}`)
  return result.value
}

mkdirSync(order.dataDir, { recursive: true, mode: 0o700 })
const clock = createSystemClock()
const vault = need(await openTrainingVault(order.dataDir))
const audit = need(openAuditLog({ file: auditFile(order.dataDir), workstation: 'arm-1', vault, clock }))
const updates = need(
  composeUpdates({
    updates: { source: { folder: order.from }, channel: 'stable' },
    ownerPems: [readFileSync(order.ownerPem, 'utf8')],
    stagingDir: path.resolve(order.staging),
    audit,
    clock,
    version: order.version,
  }),
)
need(await updates.fetch(administrator))
need(await updates.install(administrator))
for (const { event, outcome } of audit.list({ limit: 50 }).toReversed()) {
  if (event.startsWith('update.')) process.stdout.write(`${[event, outcome].filter(Boolean).join(' ')}\n`)
}
await audit.close()
process.exit(0)
