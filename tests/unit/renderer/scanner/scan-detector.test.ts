import { describe, expect, test } from 'vitest'
import { readScan } from '../../../../src/renderer/scanner/read-scan.ts'
import { createScanDetector, type KeyPress, type ScanEffect } from '../../../../src/renderer/scanner/scan-detector.ts'
import { scanPrefixes } from '../../../../src/shared/domain/scanner.ts'
import { type Layout, layouts, scannerKeys, typedKey } from './keyboards.ts'
import { createRandom, madeUpCard, madeUpIin } from './made-up-documents.ts'

const TODAY = new Date('2026-11-24')

/** A field with the focus, and the keys that come to the window, one machine before the other. */
function createDesk(prefix: (typeof scanPrefixes)[number] = '\\') {
  const detector = createScanDetector({ prefix })
  let field = ''
  const scans: string[] = []
  const apply = (effects: readonly ScanEffect[]): void => {
    for (const effect of effects) {
      if (effect.type === 'scanned') scans.push(effect.text)
      else field += effect.text
    }
  }
  return {
    press(key: KeyPress): void {
      const { held, effects } = detector.press(key)
      apply(effects)
      if (!held && key.key.length === 1) field += key.key
    },
    rest: () => apply(detector.quiet()),
    field: () => field,
    scans,
  }
}

describe.each(Object.keys(layouts) as Layout[])('in the %s layout', (layout) => {
  test('10,000 scans fill the ИИН and leave no character in the field', () => {
    const random = createRandom(7)
    for (let round = 0; round < 10_000; round++) {
      const desk = createDesk(scanPrefixes[round % scanPrefixes.length])
      const iin = madeUpIin(random)
      const content = round % 2 === 0 ? iin : madeUpCard(random, iin).join(round % 4 === 1 ? '\n' : '')
      let at = random() * 1e6
      const prefix = scanPrefixes[round % scanPrefixes.length] ?? ''
      for (const key of scannerKeys(`${prefix}${content}\n`, layout)) {
        desk.press({ ...key, at })
        at += 1 + random() * 19
      }
      desk.rest()
      const [text = ''] = desk.scans
      expect([desk.field(), desk.scans.length, readScan(text, TODAY)]).toMatchObject(['', 1, { ok: true, iin }])
    }
  })

  test('10,000 bursts of fast typing go letter for letter into the field', () => {
    const random = createRandom(11)
    const codes = Object.keys(layouts[layout])
    for (let round = 0; round < 10_000; round++) {
      const desk = createDesk(scanPrefixes[round % scanPrefixes.length])
      let at = random() * 1e6
      let expected = ''
      const length = 1 + Math.floor(random() * 24)
      for (let count = 0; count < length; count++) {
        // Every fourth key is the prefix's: the worst that a person can do.
        const code = random() < 0.25 ? 'Backslash' : (codes[Math.floor(random() * codes.length)] ?? 'KeyA')
        const key = typedKey(code, random() < 0.2, layout)
        expected += key.key
        desk.press({ ...key, at })
        at += 30 + random() * 120
        if (random() < 0.5) desk.rest()
      }
      desk.rest()
      expect([desk.field(), desk.scans]).toEqual([expected, []])
    }
  })

  test('a scan amid typing parts the two: what was typed before and after stays in the field', () => {
    const random = createRandom(13)
    for (let round = 0; round < 1000; round++) {
      const desk = createDesk()
      const iin = madeUpIin(random)
      let at = 1000
      const type = (code: string): void => {
        desk.press({ ...typedKey(code, false, layout), at })
        at += 30 + random() * 50
      }
      type('KeyF')
      type('Backslash')
      for (const key of scannerKeys(`\\${iin}\n`, layout)) {
        desk.press({ ...key, at })
        at += 1 + random() * 15
      }
      at += 30
      type('KeyJ')
      type('Backslash')
      desk.rest()
      const letter = (code: string): string => typedKey(code, false, layout).key
      const typed = ['KeyF', 'Backslash', 'KeyJ', 'Backslash'].map(letter).join('')
      expect([desk.field(), desk.scans]).toEqual([typed, [iin]])
    }
  })
})

describe('the detector', () => {
  test('lets Enter, a shortcut and a repeating key through, and keeps what was typed before them', () => {
    for (const after of [
      { code: 'Enter', key: 'Enter', shift: false, special: false },
      { code: 'KeyA', key: 'a', shift: false, special: true },
      { code: 'Backspace', key: 'Backspace', shift: false, special: false },
    ]) {
      const detector = createScanDetector({ prefix: '\\' })
      expect(detector.press({ ...typedKey('Backslash', false, 'english'), at: 0 }).held).toBe(true)
      expect(detector.press({ ...after, at: 5 })).toEqual({ held: false, effects: [{ type: 'typed', text: '\\' }] })
    }
  })

  test('takes a fast burst of nonsense for a scan, so that none of it reaches the field', () => {
    const desk = createDesk()
    scannerKeys('\\HELLO WORLD', 'russian').forEach((key, index) => {
      desk.press({ ...key, at: index * 3 })
    })
    desk.press({ code: 'F5', key: 'F5', shift: false, special: false, at: 40 })
    desk.rest()
    expect(desk.field()).toBe('')
    expect(desk.scans.map((text) => readScan(text, TODAY))).toEqual([{ ok: false, reason: 'unreadable' }])
  })

  test('does not keep what an endless scan sends', () => {
    const desk = createDesk()
    desk.press({ ...typedKey('Backslash', false, 'english'), at: 0 })
    for (let count = 0; count < 5000; count++) desk.press({ ...typedKey('Digit1', false, 'english'), at: count * 2 })
    desk.rest()
    expect([desk.field(), desk.scans[0]?.length]).toEqual(['', 200])
  })
})
