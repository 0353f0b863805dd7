import type { EnvelopeLayout } from '../envelope-layout.ts'

/** A5 folded in three: 148 × 70, which goes into an envelope C7/6 (ISO 269, 162 × 81) or into the hand. */
export const a5FoldedTwice: EnvelopeLayout = {
  id: 'a5-folded-twice',
  page: { width: 148, height: 210 },
  quietEdge: 5,
  folds: [70, 140],
  foldMarkLength: 3,
  address: { left: 10, top: 39.5, width: 64, height: 27 },
  purpose: { left: 80, top: 39.5, width: 58, height: 27 },
  secret: { left: 10, top: 106, width: 128, height: 28 },
  steps: { left: 10, top: 74, width: 102, height: 28 },
  detail: 'brief',
  qr: { left: 118, top: 74, width: 20, height: 20 },
  cautions: { left: 10, top: 181.5, width: 88, height: 17 },
  helpline: { left: 102, top: 181, width: 36, height: 16.5 },
  footer: { left: 10, top: 199.5, width: 128, height: 4.5 },
}
