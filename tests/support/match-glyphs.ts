import type { GreyImage } from './grey-image.ts'

/**
 * A reader of single characters whose place and face are known: a filter matched to each of the alphabet's glyphs. The
 * picture and the template are freed of their means and multiplied, the template at unit energy; the largest product
 * wins. It is the best linear reader in white noise. It is used twice: for the citizen's eye on the open sheet, and for
 * the attacker on the folded one.
 * @param options.ignoreDarkerThan pixels of the picture darker than this are left out: nothing shines through them.
 */
export function readGlyph(
  cell: GreyImage,
  templates: ReadonlyMap<string, GreyImage>,
  options: { readonly ignoreDarkerThan?: number } = {},
): string {
  const limit = options.ignoreDarkerThan ?? -1
  let best = { character: '', score: Number.NEGATIVE_INFINITY }
  for (const [character, template] of templates) {
    const score = correlation(cell.values, template.values, limit)
    if (score > best.score) best = { character, score }
  }
  return best.character
}

function correlation(picture: Float32Array, template: Float32Array, limit: number): number {
  let [count, p, t, pt, tt] = [0, 0, 0, 0, 0]
  for (let at = 0; at < picture.length; at++) {
    const seen = picture[at] ?? 1
    if (seen <= limit) continue
    const dark = 1 - seen
    const ink = 1 - (template[at] ?? 1)
    count++
    p += dark
    t += ink
    pt += dark * ink
    tt += ink * ink
  }
  if (count === 0) return 0
  return (pt - (p * t) / count) / Math.sqrt(Math.max(1e-9, tt - (t * t) / count))
}

/** How far two glyphs are apart: the root of the summed squares of their pixels' differences, 1 for a black pixel. */
export function distance(a: GreyImage, b: GreyImage): number {
  let sum = 0
  for (let at = 0; at < a.values.length; at++) sum += ((a.values[at] ?? 1) - (b.values[at] ?? 1)) ** 2
  return Math.sqrt(sum)
}
