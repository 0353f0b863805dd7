import path from 'node:path'
import { createAppLog, errorNameOf } from './adapters/app-log/create-app-log.ts'
import { createSystemClock } from './adapters/clock/create-system-clock.ts'
import type { AppLog } from './ports/app-log.ts'

export { errorNameOf }

/** The technical log of a data folder. */
export function composeAppLog(options: { readonly dataDir: string }): AppLog {
  return createAppLog({ folder: path.join(options.dataDir, 'logs'), clock: createSystemClock() })
}
