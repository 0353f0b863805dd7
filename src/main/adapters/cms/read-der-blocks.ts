import { decodeBase64 } from './decode-base64.ts'

/**
 * Finds DER in a file that may be DER itself, base64, or PEM with any number of blocks and other text around them.
 * @param options.labels what may stand after BEGIN: letters, digits and spaces.
 * @returns the octets of each block, in the file's order; whether they are what the label says is not looked at.
 */
export function readDerBlocks(
  file: Uint8Array,
  options: { readonly labels: readonly string[]; readonly maxOctets: number },
): readonly Uint8Array[] {
  const { labels, maxOctets } = options
  if (file.length > maxOctets) return []
  if (file[0] === 0x30 && file[1] !== undefined && file[1] >= 0x80) return [file]
  const text = Buffer.from(file)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
  const label = `(?:${labels.join('|')})`
  const pem = new RegExp(`-----BEGIN ${label}-----([^-]*)-----END ${label}-----`, 'g')
  const blocks = [...text.matchAll(pem)].map(([, body = '']) => body)
  return (blocks.length > 0 ? blocks : [text]).flatMap((block) => {
    const der = decodeBase64(block.replace(/[ \t]/g, ''), maxOctets)
    return der === undefined ? [] : [der]
  })
}
