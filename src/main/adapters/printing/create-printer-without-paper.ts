import type { EnvelopePrinter } from '../../ports/envelope-printer.ts'

/** Training: a printer that takes no page while its paper is said to be out. */
export function createPrinterWithoutPaper(options: {
  readonly printer: EnvelopePrinter
  readonly isOutOfPaper: () => boolean
}): EnvelopePrinter {
  const { printer, isOutOfPaper } = options
  return {
    name: printer.name,
    check: () => printer.check(),
    print: async (job) =>
      isOutOfPaper() ? { outcome: 'not-printed', failure: { code: 'print.out-of-paper' } } : printer.print(job),
  }
}
