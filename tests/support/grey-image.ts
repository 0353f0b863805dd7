/** A grey picture, 0 black to 1 paper. */
export interface GreyImage {
  readonly width: number
  readonly height: number
  readonly values: Float32Array
}

/** A repeatable source of numbers in [0, 1), so that what fails once fails again. */
export type Random = () => number

/** mulberry32. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Box–Muller, which makes two at a time. */
function normals(random: Random): () => number {
  let kept: number | undefined
  return () => {
    if (kept !== undefined) {
      const value = kept
      kept = undefined
      return value
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()))
    const angle = 2 * Math.PI * random()
    kept = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}

/** Gaussian, its edges extended. @param sigma pixels. */
export function blur({ width, height, values }: GreyImage, sigma: number): GreyImage {
  const radius = Math.ceil(3 * sigma)
  const kernel = Float64Array.from({ length: 2 * radius + 1 }, (_, at) =>
    Math.exp(-((at - radius) ** 2) / (2 * sigma * sigma)),
  )
  const sum = kernel.reduce((a, b) => a + b, 0)
  for (let at = 0; at < kernel.length; at++) kernel[at] = (kernel[at] as number) / sum
  const pass = (source: Float32Array, step: number, lines: number, lineStep: number, length: number): Float32Array => {
    const out = new Float32Array(source.length)
    const padded = new Float32Array(length + 2 * radius)
    for (let line = 0; line < lines; line++) {
      const start = line * lineStep
      for (let at = 0; at < padded.length; at++) {
        const from = Math.min(length - 1, Math.max(0, at - radius))
        padded[at] = source[start + from * step] as number
      }
      for (let at = 0; at < length; at++) {
        let value = 0
        for (let k = 0; k < kernel.length; k++) value += (kernel[k] as number) * (padded[at + k] as number)
        out[start + at * step] = value
      }
    }
    return out
  }
  const across = pass(values, 1, height, width, width)
  return { width, height, values: pass(across, width, width, 1, height) }
}

/** What a scanner adds: its optics' blur, the sensor's noise, eight bits. @param noise standard deviation of 255 levels. */
export function scan(image: GreyImage, options: { sigma: number; noise: number; random: Random }): GreyImage {
  const soft = blur(image, options.sigma)
  const normal = normals(options.random)
  const values = soft.values.map((value) => {
    const level = Math.round(value * 255 + options.noise * normal())
    return Math.min(255, Math.max(0, level)) / 255
  })
  return { width: image.width, height: image.height, values }
}

/** A part of a picture; beyond its edges is paper. */
export function crop(image: GreyImage, left: number, top: number, width: number, height: number): GreyImage {
  const values = new Float32Array(width * height).fill(1)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [fromX, fromY] = [x + left, y + top]
      if (fromX < 0 || fromY < 0 || fromX >= image.width || fromY >= image.height) continue
      values[y * width + x] = image.values[fromY * image.width + fromX] ?? 1
    }
  }
  return { width, height, values }
}
