import type { EnvelopeLayout } from './envelope-layout.ts'
import { envelopePalette } from './envelope-palette.ts'
import type { PageCanvas } from './page-canvas.ts'

/** Short ticks at both sides, as near to the edges as may be printed. */
export function drawFoldMarks(canvas: PageCanvas, layout: EnvelopeLayout): void {
  const look = { color: envelopePalette.foldMark, points: 0.6 }
  const inset = layout.quietEdge + 0.5
  const far = layout.page.width - inset
  for (const fold of layout.folds) {
    canvas.rule([inset, fold], [inset + layout.foldMarkLength, fold], look)
    canvas.rule([far - layout.foldMarkLength, fold], [far, fold], look)
  }
}
