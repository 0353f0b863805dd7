import { createAuditLog } from './0001-create-audit-log.ts'
import { indexAndProve } from './0002-index-and-prove.ts'
import type { Migration } from './migration.ts'

/** In order: the database's `user_version` is the number of migrations it has been through. */
export const migrations: readonly Migration[] = [createAuditLog, indexAndProve]
