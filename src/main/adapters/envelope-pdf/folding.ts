import type { Area, EnvelopeLayout, WindowEnvelope } from './envelope-layout.ts'

/** How far a hand folds off the mark: covers reach this much further than what they cover. */
export const foldTolerance = 2.5

/** The panels from the top of the sheet down. */
export function panels({ page, folds }: EnvelopeLayout): readonly Area[] {
  const edges = [0, ...folds, page.height]
  return edges.slice(1).map((bottom, index) => {
    const top = edges[index] ?? 0
    return { left: 0, top, width: page.width, height: bottom - top }
  })
}

/** Where an area comes to lie when the sheet is folded along a line: mirrored up and down, not sideways. */
export function reflect(area: Area, fold: number): Area {
  return { ...area, top: 2 * fold - area.top - area.height }
}

/** The part of the first panel that lies before the secret for who looks at the front. */
export function frontCover(layout: EnvelopeLayout): Area {
  return cover(layout, layout.folds[0])
}

/** The part of the third panel that lies on the secret, face to face: before it for who looks at the back. */
export function backCover(layout: EnvelopeLayout): Area {
  return cover(layout, layout.folds[1])
}

function cover(layout: EnvelopeLayout, fold: number): Area {
  const { page, quietEdge } = layout
  const exact = reflect(layout.secret, fold)
  const nearFold = (y: number): number => (exact.top > fold ? Math.max(y, fold) : Math.min(y, fold))
  const top = nearFold(Math.max(exact.top - foldTolerance, quietEdge + 0.2))
  const bottom = nearFold(Math.min(exact.top + exact.height + foldTolerance, page.height - quietEdge - 0.2))
  const left = Math.max(exact.left - foldTolerance, quietEdge + 0.2)
  const right = Math.min(exact.left + exact.width + foldTolerance, page.width - quietEdge - 0.2)
  return { left, top, width: right - left, height: bottom - top }
}

/**
 * What of the sheet's first panel a window shows. The folded sheet is smaller than the envelope and slides in it.
 * @returns `always`: seen wherever the sheet lies; `ever`: seen in some place.
 */
export function seenThroughWindow(
  layout: EnvelopeLayout,
  { width, height, window }: WindowEnvelope,
): { readonly always: Area; readonly ever: Area } {
  const folded = Math.max(...panels(layout).map((panel) => panel.height))
  const [playX, playY] = [width - layout.page.width, height - folded]
  const { left, top } = window
  return {
    always: { left, top, width: window.width - playX, height: window.height - playY },
    ever: { left: left - playX, top: top - playY, width: window.width + playX, height: window.height + playY },
  }
}
