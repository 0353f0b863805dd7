import { spawn } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, expect, test } from 'vitest'
import { type FaultOrder, type FaultSum, runFaults } from '../../support/fault-runs.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

const LONG = process.env['ARM_TEST_LONG'] === '1'
const RUNS = LONG ? 2000 : 28
/** Each with a stand of its own; one more than there are processors, since some runs wait for a deadline. */
const SHARES = LONG ? os.availableParallelism() + 1 : 1

const temp = makeTempDir()
afterAll(() => temp.remove())

function runShare(order: FaultOrder): Promise<FaultSum> {
  const script = path.resolve(import.meta.dirname, '..', '..', 'support', 'fault-runs.ts')
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'pipe'] })
    let last: FaultSum | undefined
    let said = ''
    createInterface({ input: child.stdout }).on('line', (line) => {
      last = JSON.parse(line) as FaultSum
      process.stderr.write(`share ${order.share + 1} of ${order.of}: ${line}\n`)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    child.once('close', (code) => {
      if (code === 0 && last !== undefined) resolve(last)
      else reject(new Error(`share ${order.share + 1} of ${order.of} ended with ${code}: ${said}`))
    })
  })
}

test(`${RUNS} faults over all positions of an exchange: one password each, none lost, nothing said wrongly`, async () => {
  const orders = Array.from({ length: SHARES }, (_, share): FaultOrder => {
    const folder = path.join(temp.path, `share-${share}`)
    return {
      folder,
      spread: RUNS,
      everyClass: LONG,
      stallEvery: LONG ? 100 : 14,
      wholeProfile: LONG,
      share,
      of: SHARES,
    }
  })
  const sums = await Promise.all(orders.map((order) => (LONG ? runShare(order) : runFaults(order, () => undefined))))
  const total = (key: 'runs' | 'struck' | 'late') => sums.reduce((sum, share) => sum + share[key], 0)
  const [runs, struck, late] = [total('runs'), total('struck'), total('late')]
  if (LONG) process.stderr.write(`${runs} runs, ${struck} met their octet, ${late} late\n`)
  // Each share learns the length of an exchange by itself: they differ by an octet or two, and so may their lists.
  expect(runs).toBeGreaterThanOrEqual(Math.min(...sums.map(({ all }) => all)) - SHARES)
  expect(runs).toBeGreaterThanOrEqual(RUNS)
  // Lengths differ a little from one exchange to the next, and what ends a connection may not come at all.
  expect(struck).toBeGreaterThan(LONG ? 2000 : RUNS * 0.9)
  // The runs must have met every way out, or they show nothing.
  const ways = new Set(sums.flatMap(({ ended }) => Object.keys(ended)))
  expect([...ways].sort()).toEqual(['asked', 'at once', 'nothing left', 'repeated'])
}, 7_200_000)
