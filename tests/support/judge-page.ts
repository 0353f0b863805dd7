import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import { catalogues } from '../../src/renderer/i18n/translator.ts'
import { failureCodes } from '../../src/shared/contract/failure.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What is wrong with the page as it stands: rules of WCAG A and AA, text that does not fit, words that are keys. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  return [...(await axeFaults(page)), ...(await page.evaluate<string[]>(MISFITS)), ...(await lostWords(page))]
}

async function axeFaults(page: Page): Promise<readonly string[]> {
  // Through the debugger: the page's own policy lets no foreign script in.
  await page.evaluate(`if (!globalThis.axe) { ${axeSource} }`)
  return page.evaluate(`(async () => {
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)))
    const forced = matchMedia('(forced-colors: active)').matches
    // Of forced colours axe sees the author's and not the painted ones; the grid around its rows takes the focus and
    // scrolls them by keys.
    const rules = { 'color-contrast': { enabled: !forced } }
    const run = { runOnly: ${JSON.stringify(TAGS)}, rules, resultTypes: ['violations'] }
    const { violations } = await axe.run({ exclude: ['.journal-grid-scroll'] }, run)
    const { violations: inGrid } = await axe.run('.journal-grid-scroll', {
      ...run, rules: { ...rules, 'scrollable-region-focusable': { enabled: false } },
    }).catch(() => ({ violations: [] }))
    violations.push(...inGrid)
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) =>
      id + ' at ' + target.join(' ') + ': ' + [...any, ...all, ...none].map(({ message }) => message).join('; ')))
  })()`)
}

/** Text that runs out of the window, or is cut by its own box. */
const MISFITS = `(() => {
  const found = []
  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth + 1) found.push('the page is ' + root.scrollWidth + ' wide in ' + root.clientWidth)
  const scrolls = (element) => {
    for (let box = element; box; box = box.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth) return true
    }
    return false
  }
  for (const element of document.body.querySelectorAll('*')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')
    if (!own || element.closest('.visually-hidden, svg, script, style, [hidden]')) continue
    const style = getComputedStyle(element)
    if (style.visibility === 'hidden' || style.clipPath !== 'none') continue
    const { left, right, width, height } = element.getBoundingClientRect()
    if (width === 0 || height === 0) continue
    const say = (what) => found.push(what + ': ' + element.tagName + '.' + element.className + ' "' + element.textContent.trim().slice(0, 60) + '"')
    if ((right > root.clientWidth + 1 || left < -1) && !scrolls(element.parentElement)) say('runs out of the window')
    // A row of the log tells the whole in its panel.
    if (element.closest('.journal-grid-row')) continue
    if (/hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1) say('is cut')
  }
  return found
})()`

/** A key of a catalogue, or a code without its text, where a person should read words. */
async function lostWords(page: Page): Promise<readonly string[]> {
  const keys = new Set<string>(Object.keys(catalogues.ru))
  const texts: string[] = await page.evaluate(`(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const texts = []
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest('code, kbd, .failure-facts, [data-code]')) texts.push(walker.currentNode.data)
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      for (const name of ['aria-label', 'title', 'placeholder']) texts.push(element.getAttribute(name) ?? '')
    }
    return texts.map((text) => text.trim())
  })()`)
  const codes = new Set<string>(failureCodes)
  return texts.filter((text) => keys.has(text) || codes.has(text)).map((text) => `a word that is a key: ${text}`)
}
