import type { EnvelopeLayout } from './envelope-layout.ts'

/**
 * A4 folded twice in a zigzag to DL height: the top panel faces outwards, the bottom one lies face to face on the
 * middle one. So the secret, in the middle, has paper before and behind it.
 */
export const a4FoldedTwice: EnvelopeLayout = {
  page: { width: 210, height: 297 },
  quietEdge: 5,
  folds: [99, 198],
  foldMarkLength: 4,
  cover: { left: 20, top: 15, width: 170, height: 50 },
  address: { left: 20, top: 69, width: 170, height: 20 },
  secret: { left: 20, top: 106, width: 170, height: 85 },
  steps: { left: 20, top: 205, width: 170, height: 55 },
  helpline: { left: 20, top: 262, width: 170, height: 17 },
  footer: { left: 20, top: 284, width: 170, height: 6 },
}
