import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { languages } from '../../src/shared/domain/language.ts'
import { faultsOf } from '../support/judge-page.ts'
import { launchWindow, type OpenWindow } from '../support/launch-window.ts'
import { firstOf, runArm } from '../support/run-arm.ts'
import { makeTempDir } from '../support/temp-dir.ts'
import {
  administratorStops,
  chooseLanguage,
  enter,
  operatorStops,
  type Stop,
  stopsBeforeSignIn,
  supervisorStops,
  type Walk,
} from '../support/walk-window.ts'

/**
 * Every page, dialog and state against WCAG A and AA, in three languages, at 100 and 200 %, light, dark, with forced
 * colours and without motion. The ordinary run takes a sample; `npm run screenshots` takes a picture of each.
 */
const long = process.env['ARM_TEST_LONG'] === '1' || process.env['ARM_SCREENSHOTS'] !== undefined
const pictures = process.env['ARM_SCREENSHOTS']

interface Look {
  readonly name: string
  readonly zoom: 1 | 2
  readonly media: Parameters<Walk['page']['emulateMedia']>[0]
}
const looks: readonly Look[] = [
  { name: '100-light', zoom: 1, media: { colorScheme: 'light', forcedColors: 'none', reducedMotion: 'reduce' } },
  { name: '200-dark', zoom: 2, media: { colorScheme: 'dark', forcedColors: 'none', reducedMotion: 'reduce' } },
  { name: '100-dark', zoom: 1, media: { colorScheme: 'dark', forcedColors: 'none', reducedMotion: 'reduce' } },
  { name: '200-light', zoom: 2, media: { colorScheme: 'light', forcedColors: 'none', reducedMotion: 'reduce' } },
  { name: '100-forced', zoom: 1, media: { colorScheme: 'dark', forcedColors: 'active', reducedMotion: 'reduce' } },
]

const temp = makeTempDir()
test.afterAll(() => temp.remove())

async function zoom({ app }: OpenWindow, factor: number): Promise<void> {
  await app.evaluate(({ BrowserWindow }, wanted) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.setZoomFactor(wanted)
  }, factor)
}

async function judge(window: OpenWindow, name: string, wanted: readonly Look[]): Promise<string[]> {
  const { page } = window
  const found: string[] = []
  for (const look of wanted) {
    await zoom(window, look.zoom)
    await page.emulateMedia(look.media)
    const faults = await faultsOf(page)
    found.push(...faults.map((fault) => `${name} ${look.name}: ${fault}`))
    if (pictures !== undefined) {
      mkdirSync(pictures, { recursive: true })
      // A picture is of the frame before, unless one more was drawn.
      await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
      await page.screenshot({ path: path.join(pictures, `${name}-${look.name}.png`) })
    }
  }
  await zoom(window, 1)
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', reducedMotion: 'reduce' })
  return found
}

async function walkThrough(
  window: OpenWindow,
  walk: Walk,
  stops: readonly Stop[],
  options: { readonly prefix: string; readonly looks: readonly Look[] },
): Promise<string[]> {
  const found: string[] = []
  for (const stop of stops) {
    await test.step(`${options.prefix}${stop.name}`, async () => {
      await stop.reach(walk)
      found.push(...(await judge(window, `${options.prefix}${stop.name}`, options.looks)))
      await stop.leave?.(walk)
    })
  }
  return found
}

async function openWalk(): Promise<{ window: OpenWindow; walk: Walk }> {
  const dataDir = path.join(temp.path, 'walk')
  await runArm(['people', '--data', dataDir])
  const [issued, registered, refused] = [
    await firstOf(dataDir, 'issued'),
    await firstOf(dataDir, 'registered'),
    await firstOf(dataDir, 'refused'),
  ]
  const window = await launchWindow({ dataDir })
  return { window, walk: { page: window.page, issued, registered, refused } }
}

if (long) theWhole()
else aSample()

function aSample(): void {
  test('a sample of pages breaks no rule of WCAG A and AA, and every text fits', async () => {
    const { window, walk } = await openWalk()
    try {
      const sample = looks.slice(0, 2)
      const found = await walkThrough(window, walk, stopsBeforeSignIn.slice(0, 1), { prefix: '', looks: sample })
      await enter(walk, 'operator')
      const names = ['issue', 'citizen-checked']
      const stops = operatorStops.filter(({ name }) => names.includes(name))
      found.push(...(await walkThrough(window, walk, stops, { prefix: '', looks: sample })))
      expect(found).toEqual([])
    } finally {
      await window.close()
    }
  })
}

function theWhole(): void {
  test('no page, dialog or state breaks a rule of WCAG A and AA, in any language, size or scheme', async () => {
    test.setTimeout(1_800_000)
    const { window, walk } = await openWalk()
    const found: string[] = []
    try {
      for (const language of languages) {
        const options = { prefix: `${language}-`, looks }
        await chooseLanguage(walk.page, language)
        found.push(...(await walkThrough(window, walk, stopsBeforeSignIn, options)))
        await enter(walk, 'operator')
        found.push(...(await walkThrough(window, walk, operatorStops, options)))
        await enter(walk, 'supervisor')
        found.push(...(await walkThrough(window, walk, supervisorStops, options)))
        await enter(walk, 'administrator')
        found.push(...(await walkThrough(window, walk, administratorStops, options)))
      }
      expect(found).toEqual([])
    } finally {
      await window.close()
    }
  })
}
