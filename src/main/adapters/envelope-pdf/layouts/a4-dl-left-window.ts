import type { EnvelopeLayout } from '../envelope-layout.ts'

/**
 * A4 for a DL envelope (DIN 678-1, 220 × 110) with the window of DIN 680: 90 × 45, 20 mm from the left, 15 mm from the
 * bottom. The folds and the place of the address are those of a business letter, DIN 5008 form B: 105 and 210 mm; the
 * address 45 mm from the top.
 */
export const a4DlLeftWindow: EnvelopeLayout = {
  id: 'a4-dl-left-window',
  page: { width: 210, height: 297 },
  quietEdge: 5,
  folds: [105, 210],
  foldMarkLength: 4,
  envelope: { width: 220, height: 110, window: { left: 20, top: 50, width: 90, height: 45 } },
  address: { left: 21, top: 51, width: 78, height: 38 },
  purpose: { left: 117, top: 51, width: 78, height: 38 },
  secret: { left: 15, top: 168, width: 180, height: 34 },
  steps: { left: 15, top: 111, width: 146, height: 50 },
  detail: 'full',
  qr: { left: 170, top: 111, width: 25, height: 25 },
  cautions: { left: 15, top: 261, width: 134, height: 22.5 },
  helpline: { left: 155, top: 260.5, width: 40, height: 22 },
  footer: { left: 15, top: 285.5, width: 180, height: 5 },
}
