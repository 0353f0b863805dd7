import { existsSync } from 'node:fs'

/**
 * Where an administrator puts the settings of a real workstation. Only an administrator can write there, and nothing
 * of the environment moves it: whoever starts the program must not choose the portal it trusts.
 */
const PLACES: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'C:\\ProgramData\\arm-tson\\settings.json',
  darwin: '/Library/Application Support/arm-tson/settings.json',
}

export function administratorFile(): string {
  return PLACES[process.platform] ?? '/etc/arm-tson/settings.json'
}

/** Without the file there is no real mode, and the program is for training. */
export function hasAdministratorFile(): boolean {
  return existsSync(administratorFile())
}
