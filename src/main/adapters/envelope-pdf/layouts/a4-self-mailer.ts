import type { EnvelopeLayout } from '../envelope-layout.ts'

/**
 * A4 that is its own envelope: three panels of 90 mm in a zigzag, and a flap of 27 mm that goes round the first fold on
 * to the front and is glued there. It keeps the third panel on the secret.
 */
export const a4SelfMailer: EnvelopeLayout = {
  id: 'a4-self-mailer',
  page: { width: 210, height: 297 },
  quietEdge: 5,
  folds: [90, 180, 270],
  foldMarkLength: 4,
  address: { left: 15, top: 9, width: 92, height: 38 },
  purpose: { left: 117, top: 9, width: 78, height: 38 },
  secret: { left: 15, top: 95, width: 180, height: 33 },
  steps: { left: 15, top: 134, width: 146, height: 42 },
  detail: 'full',
  qr: { left: 170, top: 134, width: 25, height: 25 },
  cautions: { left: 15, top: 184, width: 180, height: 20 },
  helpline: { left: 15, top: 206, width: 180, height: 11 },
  footer: { left: 15, top: 219, width: 180, height: 5 },
  flap: { left: 15, top: 274, width: 180, height: 17 },
}
