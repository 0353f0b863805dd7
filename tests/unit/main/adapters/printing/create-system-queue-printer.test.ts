import { describe, expect, test } from 'vitest'
import { createSystemQueuePrinter } from '../../../../../src/main/adapters/printing/create-system-queue-printer.ts'
import type { DesktopQueues, HandOver, SheetPicture } from '../../../../../src/main/ports/desktop-queues.ts'
import { renderSample } from '../../../../integration/envelope/sample-content.ts'

/** What is made of the desktop's word; a real Electron prints in tests/e2e/system-queue.e2e.ts. */
const pdf = await renderSample()

function desktop(handOver: () => HandOver | Promise<HandOver>): { queues: DesktopQueues; sheets: SheetPicture[] } {
  const sheets: SheetPicture[] = []
  return {
    sheets,
    queues: {
      list: async () => [{ name: 'counter', state: 'unknown', media: [], needs: [], reasons: [] }],
      async print(sheet) {
        sheets.push({ ...sheet, bmp: Buffer.from(sheet.bmp) })
        given.push(sheet.bmp)
        return handOver()
      },
    },
  }
}
const given: Buffer[] = []

const printerOf = (queues: DesktopQueues) =>
  createSystemQueuePrinter({ queue: 'counter', media: 'iso_a4_210x297mm', desktop: queues })

describe('a queue that only the desktop reaches', () => {
  test.each([
    [{ kind: 'handed' }, 'unknown', { code: 'print.outcome-unknown', detail: 'handed' }],
    [{ kind: 'unknown', detail: 'timeout' }, 'unknown', { code: 'print.outcome-unknown', detail: 'timeout' }],
    [{ kind: 'refused', detail: 'not-shown' }, 'not-printed', { code: 'print.printer-failed', detail: 'not-shown' }],
    [{ kind: 'refused', detail: 'cancelled' }, 'not-printed', { code: 'print.cancelled' }],
  ] as const)('%j is never told as printed', async (handOver, outcome, failure) => {
    const { queues } = desktop(() => handOver)
    expect(await printerOf(queues).print({ pdf: Buffer.from(pdf), jobName: 'envelope-1' })).toEqual({
      outcome,
      failure,
    })
    // The picture holds the password as well as the page does.
    expect(given.at(-1)?.every((octet) => octet === 0)).toBe(true)
  })

  test('gets the whole sheet as a picture, and says when the page is not read any more', async () => {
    const { queues, sheets } = desktop(() => ({ kind: 'handed' }))
    let accepted = 0
    await printerOf(queues).print({ pdf: Buffer.from(pdf), jobName: 'envelope-1', onAccepted: () => accepted++ })
    expect(accepted).toBe(1)
    const [sheet] = sheets
    expect(sheet).toMatchObject({ queue: 'counter', dpi: 300, size: { name: 'A4' } })
    expect([sheet?.bmp.readInt32LE(18), sheet?.bmp.readInt32LE(22)]).toEqual([2480, -3508])
  })

  test('is not asked when the operator has given up already, and a page that threw leaves no picture', async () => {
    const { queues, sheets } = desktop(() => ({ kind: 'handed' }))
    const job = { pdf: Buffer.from(pdf), jobName: 'envelope-1' }
    expect(await printerOf(queues).print({ ...job, signal: AbortSignal.abort() })).toMatchObject({
      outcome: 'not-printed',
      failure: { code: 'print.cancelled' },
    })
    expect(sheets).toEqual([])
    const broken = desktop(() => Promise.reject(new Error('gone')))
    await expect(printerOf(broken.queues).print(job)).rejects.toThrow('gone')
    expect(given.at(-1)?.every((octet) => octet === 0)).toBe(true)
  })
})
