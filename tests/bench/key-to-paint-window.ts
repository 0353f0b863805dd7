import { writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { createRandom, madeUpIin } from '../unit/renderer/scanner/made-up-documents.ts'
import { openCounter } from './open-counter.ts'
import { notePaints, type PaintTime } from './page-clock.ts'

/** A quick typist's keys come so far apart, milliseconds. */
const PACE_MS = 60
const IDLE_KEYS = 96

export interface KeysToPaint {
  /** Milliseconds for each key: while the log is verified, and after. */
  readonly verifying: readonly number[]
  readonly idle: readonly number[]
}

/** The operator's window over a long log: ИИН typed and taken back, key by key, until the log is verified and a while longer. */
async function measure(dataDir: string): Promise<KeysToPaint> {
  const window = await openCounter(dataDir)
  try {
    const { page } = window
    await page.evaluate(NOTE_VERDICT)
    await page.evaluate(notePaints('iin'))
    const iins = createRandom(1)
    while ((await verdictAt(page)) === null) await typeAndTakeBack(page, madeUpIin(iins))
    const verifiedAt = (await verdictAt(page)) ?? 0
    for (let keys = 0; keys < IDLE_KEYS; keys += 24) await typeAndTakeBack(page, madeUpIin(iins))
    const paints: readonly PaintTime[] = await page.evaluate('window.paintTimes()')
    const times = (wanted: (paint: PaintTime) => boolean): number[] =>
      paints.filter(wanted).map(({ ms, shown = 0 }) => Math.max(ms, shown))
    return { verifying: times(({ at }) => at < verifiedAt), idle: times(({ at }) => at > verifiedAt) }
  } finally {
    await window.close()
  }
}

/** `window.verdictAt`: when the page learnt that the log is whole. */
const NOTE_VERDICT = `window.verdictAt = null; void (async () => {
  for (;;) {
    const result = await window.arm.invoke('workstation.status')
    if (!result.ok) throw new Error(result.failure.code)
    const { state } = result.value.journal
    if (state === 'broken') throw new Error('the log is broken')
    if (state === 'intact') return void (window.verdictAt = performance.now())
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
})().catch(({ message }) => { window.verdictAt = message })`

async function verdictAt(page: Page): Promise<number | null> {
  const at: number | string | null = await page.evaluate('window.verdictAt')
  if (typeof at === 'string') throw new Error(at)
  return at
}

async function typeAndTakeBack(page: Page, iin: string): Promise<void> {
  for (const key of [...iin, ...Array.from(iin, () => 'Backspace')]) {
    await page.keyboard.press(key)
    await page.waitForTimeout(PACE_MS)
  }
}

/** A process of its own, because it needs a display: `key-to-paint-window.ts REPORT DATA` writes its figures to REPORT. */
const [report, dataDir] = process.argv.slice(2)
if (report === undefined || dataDir === undefined) throw new Error('usage: key-to-paint-window.ts REPORT DATA')
writeFileSync(report, JSON.stringify(await measure(dataDir)))
