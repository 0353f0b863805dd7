/** Millimetres from the top left corner of the sheet. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * Where things stand on a sheet, and how it is folded. Everything in millimetres. Drawing code knows no
 * coordinates of its own: another fold is another value of this type.
 */
export interface EnvelopeLayout {
  readonly page: { readonly width: number; readonly height: number }
  /** Printers cannot reach the edges: nothing is drawn nearer to them than this. */
  readonly quietEdge: number
  /** Distances of the folds from the top edge. */
  readonly folds: readonly number[]
  readonly foldMarkLength: number
  /** Seen from outside when folded: it says what this is and holds nothing personal. */
  readonly cover: Area
  /** The portal's address, on the cover too. */
  readonly address: Area
  /** Login and password. Lies between two other panels when folded. */
  readonly secret: Area
  readonly steps: Area
  readonly helpline: Area
  readonly footer: Area
}
