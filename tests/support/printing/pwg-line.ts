const [SYNC_BYTES, HEADER_BYTES] = [4, 1796]

/**
 * One line of a PWG Raster page (PWG 5102.4), read by the book and not by our encoder: its dots, and how they are coded.
 * @param row from the top, 0 first.
 */
export function lineOfRaster(raster: Buffer, row: number): { readonly dots: Buffer; readonly coded: Buffer } {
  const header = raster.subarray(SYNC_BYTES, SYNC_BYTES + HEADER_BYTES)
  const [bytesPerDot, bytesPerLine] = [header.readUInt32BE(388) / 8, header.readUInt32BE(392)]
  let at = SYNC_BYTES + HEADER_BYTES
  for (let line = 0; at < raster.length; ) {
    const repeats = raster.readUInt8(at++) + 1
    const start = at
    const dots: Buffer[] = []
    for (let size = 0; size < bytesPerLine; ) {
      const code = raster.readUInt8(at++)
      const count = code < 128 ? code + 1 : 257 - code
      const given = raster.subarray(at, at + (code < 128 ? 1 : count) * bytesPerDot)
      for (let copy = 0; copy < (code < 128 ? count : 1); copy++) dots.push(given)
      at += given.length
      size += count * bytesPerDot
    }
    if (row < line + repeats) return { dots: Buffer.concat(dots), coded: raster.subarray(start, at) }
    line += repeats
  }
  throw new Error(`no line ${row}`)
}
