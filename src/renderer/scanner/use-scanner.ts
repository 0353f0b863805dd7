import { useEffect } from 'react'
import type { ScanPrefix } from '../../shared/domain/scanner.ts'
import { createScanDetector, type ScanEffect } from './scan-detector.ts'

/** After so long without a key what is held is decided. Longer than any gap, so that a busy window parts no scan. */
const QUIET_MS = 60

/**
 * Listens to every key of the window before any field does. Keys of a scan reach no field, whatever has the focus.
 * @param onScan must keep its identity between renders.
 */
export function useScanner(prefix: ScanPrefix, onScan: (text: string) => void): void {
  useEffect(() => {
    const detector = createScanDetector({ prefix })
    let timer: ReturnType<typeof setTimeout> | undefined
    const apply = (effects: readonly ScanEffect[]) => {
      for (const effect of effects) {
        if (effect.type === 'scanned') onScan(effect.text)
        else insertText(effect.text)
      }
    }
    const press = (event: KeyboardEvent) => {
      const special = event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing
      const { code, key, shiftKey: shift, timeStamp: at } = event
      const { held, effects } = detector.press({ code, key, shift, special, at })
      apply(effects)
      if (!held) return
      event.preventDefault()
      event.stopPropagation()
      clearTimeout(timer)
      timer = setTimeout(() => apply(detector.quiet()), QUIET_MS)
    }
    window.addEventListener('keydown', press, { capture: true })
    return () => {
      window.removeEventListener('keydown', press, { capture: true })
      clearTimeout(timer)
    }
  }, [prefix, onScan])
}

/** Types into the focused field as the keyboard would: the one way that keeps the selection, the undo list and React. */
export function insertText(text: string): void {
  document.execCommand('insertText', false, text)
}
