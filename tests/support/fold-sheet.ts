import type { Area, EnvelopeLayout } from '../../src/main/adapters/envelope-pdf/envelope-layout.ts'
import type { GreyImage } from './grey-image.ts'

/** Pixels for a millimetre at 300 dpi. */
export const DOTS = 300 / 25.4

/** Where somebody looks from. `lamp`: the folded sheet before a strong light, all layers alike. */
export type Looker = 'front' | 'back' | 'lamp'

/**
 * What of an area of the second panel is seen of the folded sheet, in the area's own coordinates (from behind it is mirrored up
 * and down; who knows the fold turns it back). Reflectances of layers multiply. A sheet of paper lets `showThrough` of the
 * contrast below it pass.
 *
 *   from the front: print of panel 1, its paper and that of panel 2, then the secret's print and panel 3's, in contact
 *   from the back:  paper of panel 3, its print, the secret's print, then far behind panel 1's
 *
 * Two sheets of paper before the secret count as one, and toner in contact as a product: both favour the looker. Black
 * toner itself is taken to be opaque, as full black prints; docs/envelope.md tells what that asks of the printer.
 */
export function lookAt(
  sheet: GreyImage,
  layout: EnvelopeLayout,
  options: {
    readonly area: Area
    readonly from: Looker
    readonly showThrough: number
    /** How far the hand folded off the marks, millimetres. */
    readonly off: { readonly x: number; readonly y: number }
    /** What the two covering panels print is left out: the attack that the tint must stop. */
    readonly blankCovers?: { readonly front: boolean; readonly back: boolean }
  },
): GreyImage {
  const { folds } = layout
  const { area } = options
  const [left, top] = [Math.round(area.left * DOTS), Math.round(area.top * DOTS)]
  const [width, height] = [Math.round(area.width * DOTS), Math.round(area.height * DOTS)]
  const blank = options.blankCovers ?? { front: false, back: false }
  const at = (x: number, y: number): number => sheet.values[y * sheet.width + x] ?? 1
  const dx = Math.round(options.off.x * DOTS)
  const values = new Float32Array(width * height)
  const over = (fold: number, y: number): number => Math.round((2 * fold + options.off.y) * DOTS) - y
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [sx, sy] = [left + x, top + y]
      const front = blank.front ? 1 : at(sx + dx, over(folds[0], sy))
      const back = blank.back ? 1 : at(sx + dx, over(folds[1], sy))
      const inside = at(sx, sy) * back
      const s = options.showThrough
      values[y * width + x] =
        options.from === 'front'
          ? front * (1 - s + s * inside)
          : options.from === 'back'
            ? (1 - s + s * inside) * (1 - s * s * (1 - front))
            : front * inside
    }
  }
  return { width, height, values }
}
