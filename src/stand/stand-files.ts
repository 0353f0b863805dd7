import { join } from 'node:path'

/** Where the stand keeps its state, besides the authority's own folder. */
export function standFiles(dataDir: string) {
  return {
    accountsDir: join(dataDir, 'accounts'),
    loginAttemptsDir: join(dataDir, 'login-attempts'),
    repliesDir: join(dataDir, 'replies'),
    mobilesDir: join(dataDir, 'mobiles'),
    smsDir: join(dataDir, 'sms'),
    witnessDir: join(dataDir, 'witness'),
    log: join(dataDir, 'portal.log'),
  } as const
}
