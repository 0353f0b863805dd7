import { spawn } from 'node:child_process'
import path from 'node:path'
import { fail, succeed } from '../../../shared/result.ts'
import type { StartInstaller } from '../../ports/updates.ts'

/** Silent, for all users of the machine: NSIS `/S`, Windows Installer `/qn`, `dpkg`. Each asks for an administrator's rights. */
const COMMANDS: Readonly<Record<string, (file: string) => readonly [command: string, ...args: string[]]>> = {
  '.exe': (file) => [file, '/S'],
  '.msi': (file) => ['msiexec.exe', '/i', file, '/qn', '/norestart'],
  '.deb': (file) => ['dpkg', '--install', file],
}

/** Starts an installer without a shell and waits for it. What it prints goes to stderr. */
export const startInstaller: StartInstaller = (file) => {
  const command = COMMANDS[path.extname(file).toLowerCase()]
  if (command === undefined)
    return Promise.resolve(fail({ code: 'update.not-installable', detail: path.extname(file) }))
  const [program, ...args] = command(file)
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 2, 2], windowsHide: true })
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve(fail({ code: 'update.not-installable', detail: `${path.basename(program)} ${error.code ?? ''}`.trim() })),
    )
    child.once('exit', (code, signal) => resolve(succeed(code ?? (signal === null ? 1 : 128))))
  })
}
