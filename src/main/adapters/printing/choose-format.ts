import type { PrinterDescription } from './printer-description.ts'

export type PageFormat =
  | { readonly kind: 'pdf' }
  /** PWG Raster (PWG 5102.4): dots an inch, grey with one byte a dot. */
  | { readonly kind: 'pwg-raster'; readonly dpi: number; readonly color: 'sgray_8' | 'srgb_8' }

const MIN_DPI = 200
const MAX_DPI = 600

/** PDF where the printer takes it, since it is what we made; else raster; undefined where neither is taken. */
export function chooseFormat(printer: PrinterDescription): PageFormat | undefined {
  if (printer.formats.includes('application/pdf')) return { kind: 'pdf' }
  if (!printer.formats.includes('image/pwg-raster')) return undefined
  const color = (['sgray_8', 'srgb_8'] as const).find((type) => printer.rasterTypes.includes(type))
  const dpi = printer.rasterResolutions
    .filter(({ cross, feed, perInch }) => perInch && cross === feed && cross >= MIN_DPI && cross <= MAX_DPI)
    .map(({ cross }) => cross)
    // Nearest to 300: finer is slower and no better to read.
    .sort((a, b) => Math.abs(a - 300) - Math.abs(b - 300))[0]
  return color === undefined || dpi === undefined ? undefined : { kind: 'pwg-raster', dpi, color }
}
