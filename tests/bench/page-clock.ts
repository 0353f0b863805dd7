/**
 * Times taken by the page itself: the driver's way to it and its pace count in none of them. What is run in the page
 * is text, because it is typed for another world than this one.
 *
 * A time begins at the key's own `timeStamp`, when the browser process got it, so that waiting for a busy page counts.
 * It ends in the first task after the frame that shows the change was drawn: `requestAnimationFrame` runs before the
 * drawing, and a message posted there arrives after it. What the graphics process does then the page cannot see; the
 * Event Timing API can, in steps of 8 ms and for what took 16 ms or more.
 */

/** Milliseconds for each key pressed in a field from now on, by `window.paintTimes`: {at, ms, shown}. */
export function notePaints(fieldId: string): string {
  return `(() => {
    const drawn = new Map()
    const shown = new Map()
    window.paintTimes = () => [...drawn].map(([at, ms]) => ({ at, ms, shown: shown.get(at) }))
    new PerformanceObserver((list) => {
      for (const { name, startTime, duration } of list.getEntries()) if (name === 'keydown') shown.set(startTime, duration)
    }).observe({ type: 'event', durationThreshold: 16 })
    window.addEventListener('keydown', ({ target, timeStamp: at }) => {
      if (target.id !== ${JSON.stringify(fieldId)}) return
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => drawn.set(at, performance.now() - at)
        port2.postMessage(undefined)
      })
    }, { capture: true })
  })()`
}

export interface PaintTime {
  /** When the key was pressed, on the page's clock, milliseconds. */
  readonly at: number
  /** From the key to the first task after the frame. */
  readonly ms: number
  /** From the key to the frame on the screen, where that took 16 ms or more. */
  readonly shown?: number
}
