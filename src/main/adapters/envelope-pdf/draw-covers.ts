import type { Area, EnvelopeLayout } from './envelope-layout.ts'
import { envelopePalette } from './envelope-palette.ts'
import { backCover, frontCover, panels } from './folding.ts'
import type { PageCanvas } from './page-canvas.ts'

/** Waves as wide as the strokes of the secret: what shines through is lost among them. */
const FRONT = { size: 2.6, line: 0.8, color: envelopePalette.ink }
const BACK = { size: 2.6, line: 0.8, color: envelopePalette.black }
const FRINGE = 4

/**
 * Draws what hides the secret when the sheet is folded. On the front panel random waves: they are seen from outside. On
 * the third panel, which lies on the secret face to face, full black with a fringe of random waves: toner that lets
 * nothing through leaves nothing to filter out, and behind black no black is seen.
 */
export function drawCovers(canvas: PageCanvas, layout: EnvelopeLayout): void {
  canvas.waves(frontCover(layout), FRONT)
  const black = backCover(layout)
  canvas.waves(fringed(black, layout), BACK)
  canvas.panel(black, { fill: envelopePalette.black })
}

/** Wider by the fringe, as far as panel and edges allow. */
function fringed(area: Area, layout: EnvelopeLayout): Area {
  const panel = panels(layout)[2] ?? area
  const edge = layout.quietEdge + 0.2
  const left = Math.max(area.left - FRINGE, edge)
  const right = Math.min(area.left + area.width + FRINGE, layout.page.width - edge)
  const top = Math.max(area.top - FRINGE, panel.top)
  const bottom = Math.min(area.top + area.height + FRINGE, panel.top + panel.height, layout.page.height - edge)
  return { left, top, width: right - left, height: bottom - top }
}
