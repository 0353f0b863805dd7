import { readFile } from 'node:fs/promises'
import type { Failure } from '../../../shared/contract/failure.ts'

const CONFIGURATION = '/etc/cups/cupsd.conf'
const MAX_BYTES = 1 << 20

/**
 * Whether CUPS of this machine keeps the files of finished jobs (cupsd.conf(5): `PreserveJobFiles`, a day by default).
 * It spools every job to a disk while it prints it, whatever is configured: that cannot be switched off.
 * @returns `print.spool-kept`, `print.spool-unreadable`, or nothing.
 */
export async function readSpoolFindings(file: string = CONFIGURATION): Promise<readonly Failure[]> {
  let text: string
  try {
    const bytes = await readFile(file)
    if (bytes.length > MAX_BYTES) return [{ code: 'print.spool-unreadable', detail: 'too large' }]
    text = bytes.toString('utf8')
  } catch {
    return [{ code: 'print.spool-unreadable', detail: 'cupsd.conf' }]
  }
  return keepsJobFiles(text) ? [{ code: 'print.spool-kept' }] : []
}

/** The last word counts, as in CUPS. Anything but a plain no keeps files: yes, a number of seconds, nothing at all. */
export function keepsJobFiles(configuration: string): boolean {
  const values = Array.from(
    configuration.matchAll(/^[ \t]*PreserveJobFiles[ \t]+(\S+)[ \t]*\r?$/gim),
    ([, value]) => value,
  )
  return !/^(no|off|false)$/i.test(values.at(-1) ?? 'default')
}
