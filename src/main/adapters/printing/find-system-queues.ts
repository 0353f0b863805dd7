import { succeed } from '../../../shared/result.ts'
import type { DesktopQueues } from '../../ports/desktop-queues.ts'
import type { FindSystemQueues } from '../../ports/system-queues.ts'
import { findSpooler } from './find-spooler.ts'
import { listQueues } from './list-queues.ts'
import { readSpoolFindings } from './read-spool-findings.ts'

/**
 * The queues of this machine: those of its CUPS; without one, those that the desktop knows.
 * @param options.desktopQueues asks the desktop; absent where none is reached, as in the console.
 * @param options.sockets where CUPS may listen; for tests.
 */
export function createFindSystemQueues(options: {
  readonly desktopQueues?: DesktopQueues
  readonly sockets?: readonly string[]
}): FindSystemQueues {
  return async () => {
    const spooler = findSpooler(options.sockets)
    if (spooler !== undefined) {
      const listed = await listQueues(spooler.server())
      if (!listed.ok) return listed
      return succeed({ from: 'cups', queues: listed.value, findings: await readSpoolFindings() })
    }
    if (options.desktopQueues === undefined) return succeed({ from: 'nobody', queues: [], findings: [] })
    return succeed({
      from: 'desktop',
      queues: await options.desktopQueues.list(),
      // Whether this system keeps the files of printed jobs is not told to programs that print.
      findings: [{ code: 'print.spool-unreadable', detail: 'desktop' }],
    })
  }
}
