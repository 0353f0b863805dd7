import type { EnvelopeLayoutId } from '../../../shared/domain/envelope.ts'

/** Millimetres from the top left corner of the sheet. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** An envelope with a window, both in millimetres; the window's place is counted from the envelope's top left corner. */
export interface WindowEnvelope {
  readonly width: number
  readonly height: number
  readonly window: Area
}

/**
 * Where things stand on a sheet, and how it is folded. Everything in millimetres. Drawing code knows no
 * coordinates of its own: another fold is another value of this type.
 *
 * Every layout is a zigzag of a sheet printed on one side. The first panel is folded back, so its print faces outwards;
 * the third is folded forward, so its print lies face to face on the second, which holds the secret. Before the secret
 * stand, from the front, the print of the first panel and two sheets of paper; from the back, one sheet and the print of
 * the third panel. What these two print over the secret is derived from the folds: see folding.ts.
 */
export interface EnvelopeLayout {
  readonly id: EnvelopeLayoutId
  readonly page: { readonly width: number; readonly height: number }
  /** Printers cannot reach the edges: nothing is drawn nearer to them than this. */
  readonly quietEdge: number
  /** Distances of the folds from the top edge: back, forward, and for a flap forward again. */
  readonly folds: readonly [number, number] | readonly [number, number, number]
  readonly foldMarkLength: number
  readonly envelope?: WindowEnvelope
  /** What an outsider may see: what this is, the portal's address, a number. In a window it is never cut off. */
  readonly address: Area
  /** Beside the address: why the citizen has it. Public. */
  readonly purpose: Area
  /** Login and password, on the second panel. */
  readonly secret: Area
  readonly steps: Area
  /** `brief` leaves the explanations of the steps out and shortens the cautions. */
  readonly detail: 'full' | 'brief'
  readonly qr: Area
  readonly cautions: Area
  readonly helpline: Area
  readonly footer: Area
  /** Folded over the front and glued. */
  readonly flap?: Area
}
