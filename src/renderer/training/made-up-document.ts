import type { ScannedDocument } from '../pages/issue/issue-flow.ts'

/** The identity card that a made-up citizen would lay before the scanner: valid for years, its number out of the ИИН. */
export function madeUpDocument(iin: string, today = new Date()): ScannedDocument {
  return { number: iin.slice(-9), validUntil: `${today.getFullYear() + 5}-06-30` }
}
