import { randomBytes, randomUUID } from 'node:crypto'
import type { ReplySigner } from '../portal/sign-reply.ts'
import { readSignedDocument } from '../portal/signed-document.ts'

export const replyFaults = [
  'wrong-iin',
  'wrong-nonce',
  'wrong-request-id',
  'stale-reply',
  'other-signer',
  'altered-byte',
] as const
export type ReplyFault = (typeof replyFaults)[number]

const STALE_MS = 20 * 60 * 1000

/**
 * Makes a right reply wrong in one way. All but `altered-byte` are signed again, so that nothing else is wrong.
 * @param options.otherIin an ИИН that exists and is not the reply's.
 */
export async function falsifyReply(options: {
  readonly reply: Buffer
  readonly fault: ReplyFault
  readonly sign: ReplySigner
  readonly signAsOther: ReplySigner
  readonly otherIin: (iin: string) => string
  readonly now: Date
}): Promise<Buffer> {
  const { fault, sign, signAsOther, now } = options
  const content = readSignedDocument(options.reply)?.content
  if (content === undefined) throw new Error('the portal signed something unreadable')
  if (fault === 'altered-byte') return alterByte(options.reply, content)
  if (fault === 'other-signer') return signAsOther(content, now)
  const document = content.toString('utf8')
  /** The first element of this name is the reply's own: the writer puts the binding before the result. */
  const replace = (name: string, change: (value: string) => string): Promise<Buffer> => {
    const element = new RegExp(`<${name}>([^<]*)</${name}>`)
    const changed = document.replace(element, (_, value: string) => `<${name}>${change(value)}</${name}>`)
    return sign(Buffer.from(changed, 'utf8'), now)
  }
  switch (fault) {
    case 'wrong-iin':
      return replace('iin', options.otherIin)
    case 'wrong-nonce':
      return replace('nonce', () => randomBytes(32).toString('base64'))
    case 'wrong-request-id':
      return replace('requestId', () => randomUUID())
    case 'stale-reply':
      return replace('repliedAt', (value) => new Date(Date.parse(value) - STALE_MS).toISOString())
  }
}

/** One bit in the middle of the signed content. */
function alterByte(reply: Buffer, content: Buffer): Buffer {
  const altered = Buffer.from(reply)
  const position = altered.indexOf(content) + Math.floor(content.length / 2)
  altered.writeUInt8(altered.readUInt8(position) ^ 1, position)
  return altered
}
