import type { EnvelopeFace } from './envelope-fonts.ts'

export interface TextStyle {
  readonly face: EnvelopeFace
  /** Points. */
  readonly size: number
  readonly color: string
  /** Points from baseline to baseline. */
  readonly leading?: number
  /** Points added after each character. */
  readonly tracking?: number
}
