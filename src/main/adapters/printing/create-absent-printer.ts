import { fail } from '../../../shared/result.ts'
import type { EnvelopePrinter } from '../../ports/envelope-printer.ts'

/** A workstation without a configured printer: it says so before a password is requested. */
export function createAbsentPrinter(): EnvelopePrinter {
  const failure = { code: 'print.no-printer' } as const
  return { name: '', check: async () => fail(failure), print: async () => ({ outcome: 'not-printed', failure }) }
}
