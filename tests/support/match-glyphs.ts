import type { GreyImage } from './grey-image.ts'

/** Templates by character, made ready once: ink is 1, and `matched` has no mean and unit energy. */
export type Glyphs = readonly {
  readonly character: string
  readonly image: GreyImage
  readonly ink: Float32Array
  readonly matched: Float32Array
}[]

export function glyphsOf(images: ReadonlyMap<string, GreyImage>): Glyphs {
  return Array.from(images, ([character, image]) => {
    const ink = image.values.map((value) => 1 - value)
    const mean = ink.reduce((sum, value) => sum + value, 0) / ink.length
    const energy = Math.sqrt(ink.reduce((sum, value) => sum + (value - mean) ** 2, 0))
    return { character, image, ink, matched: ink.map((value) => (value - mean) / energy) }
  })
}

/**
 * A reader of single characters whose place and face are known: a filter matched to each of the alphabet's glyphs. The
 * picture and the template are freed of their means and multiplied, the template at unit energy; the largest product
 * wins. It is the best linear reader in white noise. It is used twice: for the citizen's eye on the open sheet, and for
 * the attacker on the folded one.
 * @param options.ignoreDarkerThan pixels of the picture darker than this are left out: nothing shines through them.
 */
export function readGlyph(
  cell: GreyImage,
  glyphs: Glyphs,
  options: { readonly ignoreDarkerThan?: number } = {},
): string {
  const limit = options.ignoreDarkerThan
  const dark = cell.values.map((value) => 1 - value)
  const seen = limit === undefined ? undefined : placesLighterThan(cell.values, limit)
  let best = { character: '', score: Number.NEGATIVE_INFINITY }
  for (const { character, ink, matched } of glyphs) {
    const score = seen === undefined ? product(dark, matched) : correlation(dark, ink, seen)
    if (score > best.score) best = { character, score }
  }
  return best.character
}

/** The template has no mean, so the picture's falls out. */
function product(dark: Float32Array, matched: Float32Array): number {
  let sum = 0
  for (let at = 0; at < dark.length; at++) sum += (dark[at] as number) * (matched[at] as number)
  return sum
}

function placesLighterThan(values: Float32Array, limit: number): Int32Array {
  const places = new Int32Array(values.length)
  let count = 0
  values.forEach((value, at) => {
    if (value > limit) places[count++] = at
  })
  return places.subarray(0, count)
}

/** The same over the pixels that are left: means and energy are theirs. */
function correlation(dark: Float32Array, ink: Float32Array, places: Int32Array): number {
  let p = 0
  let t = 0
  let pt = 0
  let tt = 0
  for (let index = 0; index < places.length; index++) {
    const at = places[index] as number
    const seen = dark[at] as number
    const drawn = ink[at] as number
    p += seen
    t += drawn
    pt += seen * drawn
    tt += drawn * drawn
  }
  const count = places.length
  if (count === 0) return 0
  return (pt - (p * t) / count) / Math.sqrt(Math.max(1e-9, tt - (t * t) / count))
}

/** How far two glyphs are apart: the root of the summed squares of their pixels' differences, 1 for a black pixel. */
export function distance(a: GreyImage, b: GreyImage): number {
  let sum = 0
  for (let at = 0; at < a.values.length; at++) sum += ((a.values[at] ?? 1) - (b.values[at] ?? 1)) ** 2
  return Math.sqrt(sum)
}
