import type { EnvelopeLayout } from '../envelope-layout.ts'

/**
 * A4 for a DL envelope (ISO 269, 220 × 110) with a window of 95 × 55 at the right. The window's place on the sheet, 5 mm
 * from its top and right edges, is that of format DL/O in the requirements of Russia's tax service for mail in window
 * envelopes (http://www.consultant.ru/document/cons_doc_LAW_219680/, drawing 1). No standard of Kazakhstan fixes one.
 */
export const a4DlRightWindow: EnvelopeLayout = {
  id: 'a4-dl-right-window',
  page: { width: 210, height: 297 },
  quietEdge: 5,
  folds: [103, 200],
  foldMarkLength: 4,
  envelope: { width: 220, height: 110, window: { left: 115, top: 8.5, width: 95, height: 55 } },
  address: { left: 117, top: 10.5, width: 81, height: 44 },
  purpose: { left: 15, top: 10.5, width: 88, height: 44 },
  secret: { left: 15, top: 111, width: 180, height: 31.5 },
  steps: { left: 15, top: 149, width: 146, height: 46 },
  detail: 'full',
  qr: { left: 170, top: 149, width: 25, height: 25 },
  cautions: { left: 15, top: 205, width: 180, height: 23 },
  helpline: { left: 15, top: 231, width: 180, height: 12 },
  footer: { left: 15, top: 246, width: 180, height: 5 },
}
