/**
 * Strict base64 (RFC 4648, 4): the standard alphabet, full padding, no stray bits; only line breaks may stand between.
 * @returns undefined for anything else, and for more than `maxOctets`.
 */
export function decodeBase64(text: string, maxOctets: number): Buffer | undefined {
  // Room for line breaks after every 64 characters, with a carriage return each.
  const maxCharacters = Math.ceil(maxOctets / 3) * 4
  if (text.length > maxCharacters * (66 / 64) + 2) return undefined
  const joined = text.replace(/[\r\n]/g, '')
  if (joined.length > maxCharacters || !/^[A-Za-z0-9+/]+={0,2}$/.test(joined)) return undefined
  const octets = Buffer.from(joined, 'base64')
  return octets.toString('base64') === joined ? octets : undefined
}
