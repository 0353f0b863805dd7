import path from 'node:path'

/** Where the keys of a data folder's log lie. */
export function vaultFile(dataDir: string): string {
  return path.join(dataDir, 'vault.json')
}

/** Where the log of a data folder lies; `audit verify --db` takes it. */
export function auditFile(dataDir: string): string {
  return path.join(dataDir, 'audit.sqlite')
}

/** Where copies of a data folder's log lie unless the settings name another place. */
export function backupsDir(dataDir: string): string {
  return path.join(dataDir, 'backups')
}

/** Where open requests of a data folder lie. */
export function outboxDir(dataDir: string): string {
  return path.join(dataDir, 'open-requests')
}

/** Where the service under way lies, sealed. */
export function openServiceFile(dataDir: string): string {
  return path.join(dataDir, 'open-service.sealed')
}

/** Where the accounts of a real workplace lie. */
export function accountsFile(dataDir: string): string {
  return path.join(dataDir, 'accounts.sealed')
}
