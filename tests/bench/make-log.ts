import path from 'node:path'
import { generateAuditLog } from '../../src/main/adapters/audit-sqlite/generate/generate-audit-log.ts'
import { openTrainingVault } from '../../src/main/compose-training.ts'
import { need } from './open-bench-workstation.ts'

/** `make-log.ts FILE ROWS`: a log of made-up rows under a training vault beside it. */
const [file = '', rows = '0'] = process.argv.slice(2)
const vault = need(await openTrainingVault(path.dirname(file)))
need(generateAuditLog({ file, rows: Number(rows), seed: 1, until: new Date(), workstation: 'BENCH-01', vault }))
vault.close()
