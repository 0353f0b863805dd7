import type { GreyBitmap } from './grey-bitmap.ts'

const [FILE_HEADER, INFO_HEADER, LEVELS] = [14, 40, 256]
const PIXELS_AT = FILE_HEADER + INFO_HEADER + 4 * LEVELS
const INCHES_PER_METRE = 39.37007874

/**
 * A page of grey dots as a BMP (Windows' BITMAPINFOHEADER, eight bits, a palette of greys): a picture that every browser
 * reads and that no compressor copies on its way. The caller wipes the result.
 */
export function encodeBmp({ width, height, pixels }: GreyBitmap, dpi: number): Buffer {
  const stride = (width + 3) & ~3
  const bmp = Buffer.alloc(PIXELS_AT + stride * height)
  bmp.write('BM', 0, 'latin1')
  bmp.writeUInt32LE(bmp.length, 2)
  bmp.writeUInt32LE(PIXELS_AT, 10)
  bmp.writeUInt32LE(INFO_HEADER, 14)
  bmp.writeInt32LE(width, 18)
  // Below zero: rows from the top down.
  bmp.writeInt32LE(-height, 22)
  bmp.writeUInt16LE(1, 26)
  bmp.writeUInt16LE(8, 28)
  bmp.writeUInt32LE(stride * height, 34)
  const dotsPerMetre = Math.round(dpi * INCHES_PER_METRE)
  bmp.writeInt32LE(dotsPerMetre, 38)
  bmp.writeInt32LE(dotsPerMetre, 42)
  bmp.writeUInt32LE(LEVELS, 46)
  for (let level = 0; level < LEVELS; level++)
    bmp.fill(level, FILE_HEADER + INFO_HEADER + 4 * level, FILE_HEADER + INFO_HEADER + 4 * level + 3)
  for (let row = 0; row < height; row++)
    bmp.set(pixels.subarray(row * width, (row + 1) * width), PIXELS_AT + row * stride)
  return bmp
}
