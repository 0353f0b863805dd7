import { numberOf, textsOf } from './ipp-client.ts'
import type { IppAttributes, IppResolution, IppValue } from './ipp-message.ts'

export const PRINTER_ATTRIBUTES = [
  'printer-state',
  'printer-state-reasons',
  'printer-is-accepting-jobs',
  'document-format-supported',
  'media-ready',
  'media-supported',
  'sides-supported',
  'print-scaling-supported',
  'pwg-raster-document-resolution-supported',
  'pwg-raster-document-type-supported',
  'printer-make-and-model',
] as const

/** What a printer or a queue says of itself (RFC 8011, 5.4; PWG 5100.12), as far as it is asked. */
export interface PrinterDescription {
  /** 3 idle, 4 processing, 5 stopped. */
  readonly state: number
  readonly reasons: readonly string[]
  readonly accepting: boolean
  readonly formats: readonly string[]
  /** Undefined where the printer does not know what lies in its trays. */
  readonly mediaReady?: readonly string[]
  readonly mediaSupported?: readonly string[]
  readonly sidesSupported: readonly string[]
  readonly scalingSupported: readonly string[]
  readonly rasterResolutions: readonly IppResolution[]
  readonly rasterTypes: readonly string[]
}

/** @returns undefined where what every printer must say is missing. */
export function describePrinter(attributes: IppAttributes): PrinterDescription | undefined {
  const state = numberOf(attributes, 'printer-state')
  const accepting = attributes.get('printer-is-accepting-jobs')?.[0]
  const formats = textsOf(attributes, 'document-format-supported')
  if (state === undefined || typeof accepting !== 'boolean' || formats.length === 0) return undefined
  const media = (name: string): readonly string[] | undefined => {
    const values = textsOf(attributes, name)
    return values.length === 0 ? undefined : values
  }
  const mediaReady = media('media-ready')
  const mediaSupported = media('media-supported')
  return {
    state,
    reasons: textsOf(attributes, 'printer-state-reasons'),
    accepting,
    formats,
    ...(mediaReady === undefined ? {} : { mediaReady }),
    ...(mediaSupported === undefined ? {} : { mediaSupported }),
    sidesSupported: textsOf(attributes, 'sides-supported'),
    scalingSupported: textsOf(attributes, 'print-scaling-supported'),
    rasterResolutions: (attributes.get('pwg-raster-document-resolution-supported') ?? []).filter(isResolution),
    rasterTypes: textsOf(attributes, 'pwg-raster-document-type-supported'),
  }
}

function isResolution(value: IppValue): value is IppResolution {
  return typeof value === 'object' && 'cross' in value
}
