import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { peopleOf, runArm } from '../support/run-arm.ts'
import { scan } from '../support/scan-into-window.ts'
import { codeFor } from '../support/serve-in-window.ts'
import { createRandom, madeUpCard } from '../unit/renderer/scanner/made-up-documents.ts'
import { openCounter } from './open-counter.ts'
import { FORGET_KEYS, focusedOn, NOTE_KEYS, type Step, untilPainted } from './step-clock.ts'

/** A card, its ИИН read, as the operator meets it: what he presses, and what stands under his next Enter then. */
const STEPS = {
  check: 'Документ сверен, печать соглашения',
  agreement: 'Гражданин подписал',
  request: 'Номер сотового телефона',
  number: 'Проверочный код',
  code: 'Печать конверта',
  envelope: 'Да, выдан',
} as const
const stepNames = Object.keys(STEPS) as readonly (keyof typeof STEPS)[]

/** One citizen, milliseconds. */
export interface ServiceTimes {
  /** The machine's share: from each key that ends a step to the painted next step, summed from the scan to the envelope. */
  readonly machineMs: number
  /** From the scan to the envelope by the clock, with the driver's typing and its reading of the code. */
  readonly wholeMs: number
  readonly steps: Readonly<Record<string, number>>
}

/** Citizens without an account, each with every step: document, agreement, request, mGov with its code, envelope. */
async function measure(dataDir: string, count: number): Promise<readonly ServiceTimes[]> {
  await runArm(['people', '--data', dataDir])
  const people = (await peopleOf(dataDir, 'issued')).slice(0, count + 1)
  const window = await openCounter(dataDir)
  try {
    const { page } = window
    await page.evaluate(NOTE_KEYS)
    // Asked after the page itself asked: until it knows the prefix, a scan is typing.
    await page.evaluate("window.arm.invoke('workstation.scanner')")
    const times: ServiceTimes[] = []
    for (const [place, { iin }] of people.entries()) times.push(await serve({ page, dataDir, iin, place }))
    const envelopes = readdirSync(path.join(dataDir, 'printed')).filter((name) => /^envelope-.*\.pdf$/.test(name))
    if (envelopes.length !== people.length)
      throw new Error(`${envelopes.length} envelopes for ${people.length} citizens`)
    // The first is a warm-up.
    return times.slice(1)
  } finally {
    await window.close()
  }
}

async function serve(options: {
  readonly page: Page
  readonly dataDir: string
  readonly iin: string
  readonly place: number
}): Promise<ServiceTimes> {
  const { page, dataDir, iin, place } = options
  const number = `70112345${String(place).padStart(2, '0')}`
  const timed = async (condition: string, press: () => Promise<void>): Promise<Step> => {
    await page.evaluate(FORGET_KEYS)
    const reached: Promise<Step> = page.evaluate(untilPainted(condition))
    await press()
    return reached
  }
  const card = madeUpCard(createRandom(place + 1), iin).join('\n')
  const filled = `document.querySelector('#iin')?.value === ${JSON.stringify(iin)}`
  const taken = [await timed(filled, () => scan(page, card, 'english'))]
  for (const name of stepNames) {
    if (name === 'number') await page.keyboard.type(number)
    if (name === 'code') await page.keyboard.type(await codeFor(dataDir, `+7${number}`))
    taken.push(await timed(focusedOn(STEPS[name]), () => page.keyboard.press('Enter')))
  }
  // Not measured: the envelope is handed over, and the next citizen comes.
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Следующий гражданин' }).press('Enter')
  await page.locator('#iin:focus').waitFor()
  const lengths = taken.map(({ from, to }) => to - from)
  return {
    machineMs: lengths.reduce((sum, ms) => sum + ms, 0),
    wholeMs: (taken.at(-1)?.to ?? 0) - (taken[0]?.from ?? 0),
    steps: Object.fromEntries(['scan', ...stepNames].map((name, index) => [name, lengths[index] ?? 0])),
  }
}

/** A process of its own, because it needs a display: `service-window.ts REPORT DATA COUNT` writes its figures to REPORT. */
const [report, dataDir, count] = process.argv.slice(2)
if (report === undefined || dataDir === undefined) throw new Error('usage: service-window.ts REPORT DATA COUNT')
writeFileSync(report, JSON.stringify(await measure(dataDir, Number(count))))
