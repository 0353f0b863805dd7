/**
 * Shrinks one line until it fits: widths grow linearly with the size.
 * @param options.natural width at `size`, in the same unit as `available`.
 * @returns the size in points, or undefined where it would fall below `minSize` and be hard to read.
 */
export function fitSize(options: {
  readonly natural: number
  readonly available: number
  readonly size: number
  readonly minSize: number
}): number | undefined {
  const size = options.size * Math.min(1, options.available / options.natural)
  return size < options.minSize ? undefined : size
}
