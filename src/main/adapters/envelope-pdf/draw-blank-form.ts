import type { EnvelopeLayout } from './envelope-layout.ts'
import { envelopePalette } from './envelope-palette.ts'
import type { PageCanvas } from './page-canvas.ts'

/** Draws what is the same on every sheet and lies under the words: panels, rules, fold marks. */
export function drawBlankForm(canvas: PageCanvas, layout: EnvelopeLayout): void {
  const { cover, address, secret, helpline, footer } = layout
  const right = cover.left + cover.width
  canvas.rule([cover.left, cover.top], [right, cover.top], { color: envelopePalette.line, points: 0.75 })
  canvas.rule([cover.left, cover.top], [cover.left + 24, cover.top], { color: envelopePalette.accent, points: 3 })
  canvas.panel(address, { fill: envelopePalette.tint, radius: 2 })
  canvas.panel(secret, { fill: envelopePalette.tint, radius: 3 })
  canvas.panel(helpline, { fill: envelopePalette.tint, radius: 2 })
  canvas.rule([footer.left, footer.top], [right, footer.top], { color: envelopePalette.line, points: 0.5 })
  drawFoldMarks(canvas, layout)
}

/** Short ticks at both sides, as near to the edges as may be printed. */
function drawFoldMarks(canvas: PageCanvas, layout: EnvelopeLayout): void {
  const look = { color: envelopePalette.foldMark, points: 0.6 }
  const inset = layout.quietEdge + 0.5
  const far = layout.page.width - inset
  for (const fold of layout.folds) {
    canvas.rule([inset, fold], [inset + layout.foldMarkLength, fold], look)
    canvas.rule([far - layout.foldMarkLength, fold], [far, fold], look)
  }
}
