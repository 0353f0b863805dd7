/**
 * Characters with which a scanner can be programmed to begin each scan: of the US layout, on which scanners type.
 * None of them begins a barcode or a machine-readable zone.
 */
export const scanPrefixes = [
  '\\',
  '|',
  '`',
  '~',
  '[',
  '{',
  ']',
  '}',
  ';',
  ':',
  "'",
  '"',
  '=',
  '+',
  '#',
  '$',
  '%',
  '^',
  '&',
  '*',
  '!',
  '@',
] as const

export type ScanPrefix = (typeof scanPrefixes)[number]

export interface ScannerSettings {
  readonly prefix: ScanPrefix
}

export const defaultScannerSettings: ScannerSettings = { prefix: '\\' }
