import path from 'node:path'
import { app } from 'electron'
import { administratorFile, hasAdministratorFile } from '../settings/administrator-file.ts'
import { defaultDataDir } from '../settings/default-data-dir.ts'

export interface LaunchOptions {
  /** The administrator's file of a real workplace; without it the start is a training one. */
  readonly settingsFile?: string
  readonly dataDir: string
  readonly resourcesDir: string
  /** Of this program. */
  readonly version: string
  readonly nativeBinding?: string
}

/**
 * What this start opens and where it keeps its state. The environment and the command line belong to whoever started
 * the program: a packaged one lets them choose the folder of the user's own data and, with `--training`, less; never
 * the settings, which say whom it trusts.
 */
export function readLaunchOptions(): LaunchOptions {
  const version = app.getVersion()
  if (app.isPackaged) {
    const resourcesDir = path.join(process.resourcesPath, 'resources')
    return hasAdministratorFile() && !process.argv.includes('--training')
      ? { settingsFile: administratorFile(), dataDir: defaultDataDir('real'), resourcesDir, version }
      : { dataDir: defaultDataDir('training'), resourcesDir, version }
  }
  const settingsFile = argument('--settings')
  const dataDir = argument('--data')
  const nativeBinding = process.env['ARM_SQLITE_BINDING']
  return {
    ...(settingsFile === undefined ? {} : { settingsFile }),
    dataDir: dataDir ?? defaultDataDir(settingsFile === undefined ? 'training' : 'real'),
    resourcesDir: path.join(app.getAppPath(), 'resources'),
    version,
    ...(nativeBinding === undefined ? {} : { nativeBinding }),
  }
}

function argument(name: string): string | undefined {
  const position = process.argv.indexOf(name)
  const given = position === -1 ? undefined : process.argv[position + 1]
  return given === undefined ? undefined : path.resolve(given)
}
