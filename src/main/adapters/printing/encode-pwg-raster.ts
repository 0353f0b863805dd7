import type { GreyBitmap } from './grey-bitmap.ts'

const HEADER_BYTES = 1796
const SYNC_WORD = 'RaS2'
const COLOR_SPACE = { sgray_8: 18, srgb_8: 19 } as const
const MAX_RUN = 128
const MAX_REPEATED_LINES = 256

/**
 * Encodes a page as PWG Raster (PWG 5102.4-2012): one page header and run-length coded lines. Grey dots become equal
 * red, green and blue where the printer takes colour alone. The caller wipes the result.
 * @param options.mediaName PWG 5101.1, as `iso_a4_210x297mm`.
 */
export function encodePwgRaster(options: {
  readonly bitmap: GreyBitmap
  readonly dpi: number
  readonly color: 'sgray_8' | 'srgb_8'
  readonly mediaName: string
}): Buffer {
  const { bitmap, dpi, color } = options
  const channels = color === 'srgb_8' ? 3 : 1
  const header = Buffer.alloc(HEADER_BYTES)
  const word = (at: number, value: number): void => void header.writeUInt32BE(value, at)
  header.write('PwgRaster', 0, 'latin1')
  word(276, dpi)
  word(280, dpi)
  word(340, 1) // NumCopies
  word(352, Math.round((bitmap.width * 72) / dpi))
  word(356, Math.round((bitmap.height * 72) / dpi))
  word(372, bitmap.width)
  word(376, bitmap.height)
  word(384, 8) // BitsPerColor
  word(388, 8 * channels)
  word(392, bitmap.width * channels) // BytesPerLine
  word(400, COLOR_SPACE[color])
  word(420, channels)
  word(452, 1) // TotalPageCount
  word(456, 1) // CrossFeedTransform
  word(460, 1) // FeedTransform
  header.write(options.mediaName, 1732, 63, 'latin1')

  // One length byte for every line and every 128 dots is the most that the coding can add.
  const longestLine = 1 + bitmap.width * channels + Math.ceil(bitmap.width / MAX_RUN)
  const body = Buffer.allocUnsafeSlow(bitmap.height * longestLine)
  let at = 0
  for (let row = 0; row < bitmap.height; ) {
    const line = lineAt(bitmap, row)
    let repeats = 1
    while (repeats < MAX_REPEATED_LINES && row + repeats < bitmap.height) {
      if (Buffer.compare(line, lineAt(bitmap, row + repeats)) !== 0) break
      repeats++
    }
    body[at++] = repeats - 1
    at = encodeLine(line, channels, body, at)
    row += repeats
  }
  const whole = Buffer.concat([Buffer.from(SYNC_WORD, 'latin1'), header, body.subarray(0, at)])
  body.fill(0, 0, at)
  return whole
}

function lineAt({ width, pixels }: GreyBitmap, row: number): Uint8Array {
  return pixels.subarray(row * width, (row + 1) * width)
}

function encodeLine(line: Uint8Array, channels: number, into: Buffer, start: number): number {
  let at = start
  const dot = (value: number): void => {
    for (let channel = 0; channel < channels; channel++) into[at++] = value
  }
  for (let x = 0; x < line.length; ) {
    const run = runLength(line, x)
    if (run > 1) {
      into[at++] = run - 1
      dot(line[x] ?? 0)
      x += run
      continue
    }
    const begin = x
    x++
    while (x < line.length && x - begin < MAX_RUN && runLength(line, x) === 1) x++
    if (x - begin === 1) {
      into[at++] = 0
      dot(line[begin] ?? 0)
      continue
    }
    // A count above 127 says how many different dots follow: 257 less the count.
    into[at++] = 257 - (x - begin)
    for (let copy = begin; copy < x; copy++) dot(line[copy] ?? 0)
  }
  return at
}

function runLength(line: Uint8Array, from: number): number {
  let to = from + 1
  while (to < line.length && to - from < MAX_RUN && line[to] === line[from]) to++
  return to - from
}
