import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { encodeFields } from './canonical-fields.ts'

const IV_BYTES = 12
const TAG_BYTES = 16

/** Where a cell stands. Authenticated with it: a ciphertext moved to another row, column or log does not open. */
export interface CellPlace {
  readonly logId: Uint8Array
  readonly seq: number
  readonly column: 'iin_cipher' | 'person_cipher'
}

/**
 * Encrypts one personal value: AES-256-GCM under the month's data key, a random IV, the place as additional data.
 * @returns IV (12) ‖ ciphertext ‖ tag (16).
 */
export function sealCell(options: { dataKey: Buffer; place: CellPlace; text: string }): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', options.dataKey, iv).setAAD(additionalData(options.place))
  return Buffer.concat([iv, cipher.update(options.text, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/** @returns undefined where the ciphertext does not belong to this key and place. */
export function openCell(options: { dataKey: Buffer; place: CellPlace; sealed: Uint8Array }): string | undefined {
  const { sealed } = options
  if (sealed.length < IV_BYTES + TAG_BYTES) return undefined
  const decipher = createDecipheriv('aes-256-gcm', options.dataKey, sealed.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(additionalData(options.place)).setAuthTag(sealed.subarray(-TAG_BYTES))
  const text = decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8')
  try {
    return text + decipher.final('utf8')
  } catch {
    return undefined
  }
}

/** HMAC-SHA-256 under the month's lookup key: equal ИИН of one month are found without being read. */
export function lookupValue(options: { lookupKey: Buffer; iin: string }): Buffer {
  return createHmac('sha256', options.lookupKey).update(options.iin, 'utf8').digest()
}

function additionalData({ logId, seq, column }: CellPlace): Buffer {
  return encodeFields('arm-tson:audit-cell:v1', [logId, seq, column])
}
