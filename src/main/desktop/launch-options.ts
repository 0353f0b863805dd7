import path from 'node:path'
import { app } from 'electron'
import { defaultDataDir } from '../settings/default-data-dir.ts'

export interface LaunchOptions {
  readonly dataDir: string
  readonly resourcesDir: string
  readonly nativeBinding?: string
}

/**
 * Where this start keeps its state. A packaged app takes nothing from the command line or the environment: both
 * belong to whoever started it.
 */
export function readLaunchOptions(): LaunchOptions {
  if (app.isPackaged) {
    return { dataDir: defaultDataDir('training'), resourcesDir: path.join(process.resourcesPath, 'resources') }
  }
  const position = process.argv.indexOf('--data')
  const given = position === -1 ? undefined : process.argv[position + 1]
  const nativeBinding = process.env['ARM_SQLITE_BINDING']
  return {
    dataDir: given === undefined ? defaultDataDir('training') : path.resolve(given),
    resourcesDir: path.join(app.getAppPath(), 'resources'),
    ...(nativeBinding === undefined ? {} : { nativeBinding }),
  }
}
