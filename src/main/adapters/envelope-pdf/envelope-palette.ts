/** One accent and its tints. The tints stay readable when a laser printer turns them into dots. */
export const envelopePalette = {
  ink: '#16242b',
  quiet: '#4c5d66',
  accent: '#0b5d73',
  line: '#b5cdd4',
  tint: '#eff6f8',
  foldMark: '#7d8c94',
  trainingMark: '#e2e8eb',
  /** The secret and what covers it: full black, which no printer turns into dots with light between them. */
  black: '#000000',
} as const
