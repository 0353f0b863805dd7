import type { Language } from './language.ts'

/** What a citizen whom the portal refused takes home: no secret and no name, the ИИН is masked. */
export interface RefusalNote {
  /** The language that he reads; the portal's words stand in the portal's besides. */
  readonly language: Language
  /** The portal's own text, letter for letter. */
  readonly portalMessage?: string
  readonly translation?: string
  readonly tell: string
  readonly place: string
  readonly iinMasked: string
  readonly date: Date
  readonly workstation: string
  /** Short reference for the audit log. */
  readonly reference: string
  readonly training: boolean
}
