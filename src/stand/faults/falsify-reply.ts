import { randomBytes, randomUUID } from 'node:crypto'
import type { Issuer } from '../certification-authority/issue-certificate.ts'
import type { KeyAlgorithm } from '../crypto/signature-suites.ts'
import { readBusinessDocument } from '../portal/business-document.ts'
import type { ReplySigner } from '../portal/sign-reply.ts'
import { wrapSignedXml } from './wrap-signed-xml.ts'

export const replyFaults = [
  'wrong-iin',
  'wrong-nonce',
  'wrong-request-id',
  'stale-reply',
  'other-signer',
  'altered-byte',
  'xmldsig-wrapped',
] as const
export type ReplyFault = (typeof replyFaults)[number]

const STALE_MS = 20 * 60 * 1000

/**
 * Makes a right reply wrong in one way. All but `altered-byte` are signed again, in the reply's own profile, so that
 * nothing else is wrong. A CMS cannot be wrapped and stays right.
 * @param options.otherIin an ИИН that exists and is not the reply's.
 */
export async function falsifyReply(options: {
  readonly reply: Buffer
  readonly fault: ReplyFault
  readonly sign: ReplySigner
  readonly signAsOther: ReplySigner
  readonly portal: (algorithm: KeyAlgorithm) => Issuer
  readonly otherIin: (iin: string) => string
  readonly now: Date
}): Promise<Buffer> {
  const { fault, sign, signAsOther, now } = options
  const read = readBusinessDocument(options.reply)
  if (read?.signature === undefined) throw new Error('the portal signed something unreadable')
  const { content, profile } = read
  if (fault === 'altered-byte') return alterByte(options.reply, content)
  if (fault === 'other-signer') return signAsOther(content, now, profile)
  if (fault === 'xmldsig-wrapped') {
    return profile.form === 'cms'
      ? options.reply
      : wrapSignedXml({ content, signer: options.portal(profile.algorithm) })
  }
  const document = content.toString('utf8')
  /** The first element of this name is the reply's own: the writer puts the binding before the result. */
  const replace = (name: string, change: (value: string) => string): Promise<Buffer> => {
    const element = new RegExp(`<${name}>([^<]*)</${name}>`)
    const changed = document.replace(element, (_, value: string) => `<${name}>${change(value)}</${name}>`)
    return sign(Buffer.from(changed, 'utf8'), now, profile)
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

/** One bit of the ИИН inside the signed content, so that an XML document stays one. */
function alterByte(reply: Buffer, content: Buffer): Buffer {
  const altered = Buffer.from(reply)
  const position = altered.indexOf(Buffer.from(elementOf(content, 'iin'))) + '<iin>'.length
  altered.writeUInt8(altered.readUInt8(position) ^ 1, position)
  return altered
}

function elementOf(content: Buffer, name: string): string {
  const element = new RegExp(`<${name}>[^<]*</${name}>`).exec(content.toString('utf8'))?.[0]
  if (element === undefined) throw new Error(`the reply has no ${name}`)
  return element
}
