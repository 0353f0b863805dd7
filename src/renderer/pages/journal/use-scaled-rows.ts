import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useMemo, useRef } from 'react'

/** Pixels; the style sheet says the same. */
export const rowHeight = 32

/** Chromium lays out no element higher than 2^25 pixels: a longer list is scrolled on a smaller scale. */
const MAX_HEIGHT = 30_000_000

/** The rows to draw of a list of any length. Offsets of the list and of the scrolled element differ by a scale. */
export function useScaledRows(options: {
  readonly count: number
  readonly scroller: RefObject<HTMLDivElement | null>
}) {
  const { count, scroller } = options
  const height = Math.min(count * rowHeight, MAX_HEIGHT)
  const latest = useRef({ count, height })
  latest.current = { count, height }
  const scale = useMemo(
    () => ({
      /** List pixels for one pixel of the scrolled element. */
      ratio(element: Element): number {
        const { count: rows, height: drawn } = latest.current
        const room = drawn - element.clientHeight
        return room <= 0 ? 1 : (rows * rowHeight - element.clientHeight) / room
      },
    }),
    [],
  )
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    observeElementOffset(instance, tell) {
      const element = instance.scrollElement
      if (element === null) return
      const onScroll = (): void => tell(element.scrollTop * scale.ratio(element), false)
      element.addEventListener('scroll', onScroll, { passive: true })
      onScroll()
      return () => element.removeEventListener('scroll', onScroll)
    },
    scrollToFn(offset, _options, instance) {
      const element = instance.scrollElement
      if (element !== null) element.scrollTop = offset / scale.ratio(element)
    },
  })
  const element = scroller.current
  const scrolled = element?.scrollTop ?? 0
  const listOffset = element === null ? 0 : scrolled * scale.ratio(element)
  /** Scrolls no farther than needed. The library's own way ends where the scrolled element's height does. */
  function reveal(index: number): void {
    const list = scroller.current
    if (list === null) return
    const ratio = scale.ratio(list)
    const shown = list.scrollTop * ratio
    const start = index * rowHeight
    const above = start + rowHeight - list.clientHeight
    if (start < shown) list.scrollTop = start / ratio
    else if (above > shown) list.scrollTop = Math.ceil(above / ratio)
  }

  return {
    height,
    reveal,
    virtualizer,
    /** Where a row lies within the scrolled element. */
    top: (start: number): number => start - listOffset + scrolled,
  }
}
