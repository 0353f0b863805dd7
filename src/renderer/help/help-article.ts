/** What help is about; the order is the order on the page. */
export const helpTopics = [
  'service',
  'refusals',
  'unknown',
  'ways',
  'mgov',
  'signature',
  'password',
  'lock',
  'call-centre',
  'safety',
  'keyboard',
  'sign-in',
  'journal',
  'health',
  'settings',
] as const
export type HelpTopic = (typeof helpTopics)[number]

export type HelpBlock =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list' | 'steps'; readonly items: readonly string[] }
  /** Words of the portal or of an instruction, letter for letter, in Russian as they are; `spoken`: said to the citizen. */
  | { readonly kind: 'verbatim'; readonly text: string; readonly translation?: string; readonly spoken?: true }

export interface HelpArticle {
  readonly title: string
  readonly blocks: readonly HelpBlock[]
}

export type HelpTexts = Readonly<Record<HelpTopic, HelpArticle>>

/** Where help is asked for. */
export type HelpPlace = 'sign-in' | 'issue' | 'journal' | 'accounts' | 'settings' | 'health' | 'help'

/** What a person most likely wants to know there. */
export const topicsOfPlace: Readonly<Record<HelpPlace, readonly HelpTopic[]>> = {
  'sign-in': ['sign-in', 'keyboard'],
  issue: ['service', 'refusals', 'unknown', 'keyboard'],
  journal: ['journal', 'unknown'],
  accounts: ['journal', 'unknown'],
  settings: ['settings', 'health'],
  health: ['health', 'settings'],
  help: [],
}
