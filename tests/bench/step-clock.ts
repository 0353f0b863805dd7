/**
 * Times of whole steps, taken by the page itself as in page-clock.ts: from the key that ends one step to the painted frame
 * in which the next one can be done.
 */

/** From now on `window.pressedAt` is when the last key was pressed. A scanner's keys may come with times of their own, ahead of the clock. */
export const NOTE_KEYS = `window.addEventListener('keydown', ({ timeStamp }) => {
  window.pressedAt = Math.min(timeStamp, performance.now())
}, { capture: true })`

export const FORGET_KEYS = 'window.pressedAt = undefined'

export interface Step {
  /** When the key was pressed that led here, and when the frame that shows it was drawn; the page's clock, milliseconds. */
  readonly from: number
  readonly to: number
}

/** Waits for a key and then for the frame in which the condition, an expression, holds. @returns text that makes a {@link Step}. */
export function untilPainted(condition: string): string {
  return `new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(${JSON.stringify(`never came: ${condition}`)})), 30_000)
    const look = () => {
      if (window.pressedAt === undefined || !(${condition})) return void requestAnimationFrame(look)
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve({ from: window.pressedAt, to: performance.now() })
      port2.postMessage(undefined)
    }
    look()
  })`
}

/** The focus is on what carries these words: a button, or a field by its label. */
export function focusedOn(words: string): string {
  const name = 'document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent'
  return `(${name}).includes(${JSON.stringify(words)}) && document.activeElement !== document.body`
}
