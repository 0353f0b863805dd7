import { access, constants, stat } from 'node:fs/promises'

/** Windows keeps rights in lists that a mode does not show; there the installer's folder is closed by them. */
export async function isOpenToOthers(place: string): Promise<boolean> {
  if (process.platform === 'win32' || !(await exists(place))) return false
  return ((await stat(place)).mode & 0o077) !== 0
}

export function exists(place: string): Promise<boolean> {
  return allows(place, constants.F_OK)
}

export function isReadable(place: string): Promise<boolean> {
  return allows(place, constants.R_OK)
}

export function isWritable(place: string): Promise<boolean> {
  return allows(place, constants.W_OK)
}

function allows(place: string, mode: number): Promise<boolean> {
  return access(place, mode).then(
    () => true,
    () => false,
  )
}
