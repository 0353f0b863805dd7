import os from 'node:os'
import path from 'node:path'

/** Where a workstation keeps its state when `--data` names no other folder. */
export function defaultDataDir(mode: 'training' | 'real'): string {
  return path.join(userDataRoot(), 'arm-tson', mode)
}

function userDataRoot(): string {
  if (process.platform === 'win32') {
    return process.env['LOCALAPPDATA'] || path.join(os.homedir(), 'AppData', 'Local')
  }
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Application Support')
  return process.env['XDG_DATA_HOME'] || path.join(os.homedir(), '.local', 'share')
}
