import { fail } from '../../../shared/result.ts'
import type { EnvelopePrinter } from '../../ports/envelope-printer.ts'

/** A workstation without a configured printer: it says so before a password is requested. */
export function createAbsentPrinter(): EnvelopePrinter {
  const absent = async () => fail({ code: 'print.no-printer' })
  return { name: '—', check: absent, print: absent }
}
