import { formatTreeHead, parseTreeHead, type TreeHead } from '../../../../shared/domain/audit-head.ts'

/** A head as it leaves the machine: with its signature, or without one where it is kept by somebody else's word. */
export interface CarriedHead {
  readonly head: TreeHead
  /** Base64 of an attached CMS over the head's text. */
  readonly cms?: string
}

const BEGIN = '-----BEGIN CMS-----'
const END = '-----END CMS-----'
const HEADS =
  /arm-tson\/audit-head\/v1\n(?:[^\n]*\n){6}(?:-----BEGIN CMS-----\n[A-Za-z0-9+/=\n]*-----END CMS-----\n)?/gy

/** Text of one head after another: seven lines, and the signature as PEM (RFC 7468) where there is one. */
export function formatHeadFile(heads: readonly CarriedHead[]): string {
  return heads.map(({ head, cms }) => formatTreeHead(head) + (cms === undefined ? '' : pem(cms))).join('')
}

/** @returns undefined where anything in the text is not a head. Line ends may be those of Windows. */
export function parseHeadFile(text: string): readonly CarriedHead[] | undefined {
  const normal = text
    .replaceAll('\r\n', '\n')
    .replace(/\n*$/, '\n')
    .replace(/^\ufeff?\n*/, '')
  const heads: CarriedHead[] = []
  let end = 0
  for (const { 0: found, index } of normal.matchAll(HEADS)) {
    const begin = found.indexOf(BEGIN)
    const head = parseTreeHead(begin === -1 ? found : found.slice(0, begin))
    if (head === undefined || index !== end) return undefined
    end = index + found.length
    const cms = begin === -1 ? undefined : found.slice(begin + BEGIN.length, found.indexOf(END)).replaceAll('\n', '')
    heads.push({ head, ...(cms !== undefined && { cms }) })
  }
  return heads.length > 0 && end === normal.length ? heads : undefined
}

function pem(cms: string): string {
  return `${BEGIN}\n${(cms.match(/.{1,64}/g) ?? []).join('\n')}\n${END}\n`
}
