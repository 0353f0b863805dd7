import type { ScanPrefix } from '../../shared/domain/scanner.ts'
import { usCharacter } from './us-keyboard.ts'

/** One press of a key, as the window saw it. */
export interface KeyPress {
  /** The physical key. */
  readonly code: string
  /** What the operator's layout makes of it. */
  readonly key: string
  readonly shift: boolean
  /** Ctrl, Alt or Meta is down, the key repeats, or a letter is being composed: never a scanner. */
  readonly special: boolean
  /** When the system saw it, in milliseconds. */
  readonly at: number
}

export type ScanEffect =
  /** A scan, without its prefix; lines are parted by `\n`. */
  | { readonly type: 'scanned'; readonly text: string }
  /** Held keys were somebody's typing after all: they go where the focus is. */
  | { readonly type: 'typed'; readonly text: string }

export interface ScanDetector {
  /** @returns whether the key is held back, and what is decided of the keys before it. */
  press(key: KeyPress): { readonly held: boolean; readonly effects: readonly ScanEffect[] }
  /** No key came for a while: what is held is decided. */
  quiet(): readonly ScanEffect[]
}

/** A scanner types faster than this; a person's keys, even rolled over, come 30 ms apart or slower. */
export const MAX_GAP_MS = 25

/** So many keys at such a speed nobody types: even where they make no sense they are a scan, and refused as one. */
const MIN_KEYS = 8

/** A longer scan is no document of ours; what it holds is not kept. */
const MAX_KEYS = 200

const MODIFIERS: ReadonlySet<string> = new Set([
  'ShiftLeft',
  'ShiftRight',
  'ControlLeft',
  'ControlRight',
  'AltLeft',
  'AltRight',
  'MetaLeft',
  'MetaRight',
  'CapsLock',
])

interface Burst {
  /** As the scanner meant it. */
  text: string
  /** As the operator's layout typed it, the prefix included. */
  typed: string
  lastAt: number
}

/**
 * Tells a scanner from a person. A scan begins with the prefix, and its keys follow one another faster than anybody
 * types; anything else goes to the focused field, in the order in which it was typed. Only a typed prefix waits, for
 * as long as it takes to see that no scan follows.
 */
export function createScanDetector(options: { readonly prefix: ScanPrefix }): ScanDetector {
  let burst: Burst | undefined

  const decide = (): readonly ScanEffect[] => {
    const ended = burst
    burst = undefined
    if (ended === undefined) return []
    return ended.text.length >= MIN_KEYS
      ? [{ type: 'scanned', text: ended.text.replace(/\n+$/, '') }]
      : [{ type: 'typed', text: ended.typed }]
  }

  return {
    press(key) {
      const effects = isTooLate(burst, key) ? decide() : []
      if (MODIFIERS.has(key.code)) {
        // The scanner presses Shift between its characters.
        if (burst !== undefined) burst.lastAt = key.at
        return { held: false, effects }
      }
      const character = usCharacter(key.code, key.shift)
      if (burst === undefined) {
        if (key.special || character !== options.prefix) return { held: false, effects }
        burst = { text: '', typed: key.key, lastAt: key.at }
        return { held: true, effects }
      }
      const isScan = burst.text.length >= MIN_KEYS
      if (!isScan && (key.special || character === undefined)) return { held: false, effects: decide() }
      burst.lastAt = key.at
      if (burst.text.length < MAX_KEYS) {
        // A key that types nothing cannot be part of a document; the mark makes the scan unreadable.
        burst.text += character ?? (key.code === 'Enter' || key.code === 'Tab' ? '\n' : '\uFFFD')
        if (!isScan && key.key.length === 1) burst.typed += key.key
      }
      return { held: true, effects }
    },
    quiet: decide,
  }
}

function isTooLate(burst: Burst | undefined, key: KeyPress): boolean {
  return burst !== undefined && key.at - burst.lastAt >= MAX_GAP_MS
}
