import type { EnvelopeLayout } from './envelope-layout.ts'
import { envelopePalette } from './envelope-palette.ts'
import { trainingMark } from './envelope-texts.ts'
import type { PageCanvas } from './page-canvas.ts'

/** Share of the page's width: the mark reaches from corner to corner. */
const SIZE = 72 / 210

/** Draws «УЧЕБНЫЙ ОБРАЗЕЦ» from corner to corner, pale and under the words. */
export function drawTrainingMark(canvas: PageCanvas, { page }: Pick<EnvelopeLayout, 'page'>): void {
  const angle = (Math.atan2(page.height, page.width) * 180) / Math.PI
  const center = { x: page.width / 2, y: page.height / 2 }
  const size = SIZE * page.width
  canvas.slanted(trainingMark, center, angle, { face: 'semiBold', size, color: envelopePalette.trainingMark })
}
