/** Draws numbers: from 0 up to, and without, the bound. */
export type Draw = (bound: number) => number

const NAMES = ['a', 'b', 'я', 'ұ', '_c', 'd-1', '\u{10400}', '\uF900']
const PREFIXES = ['', 'p', 'q', 'я']
// libxml2 writes an ampersand of a namespace name unescaped, against Canonical XML, so none stands here.
const NAMESPACES = ['urn:a', 'urn:b', 'http://example.kz/?a=1', 'urn:c%20d']
const TEXTS = [
  '',
  ' ',
  'текст',
  'x &lt; y &gt; z &amp; "',
  '&#13;',
  '\r\n',
  '\r',
  '\t',
  '&#x10400;',
  ']]&gt;',
  '<![CDATA[<&>"]]>',
]
const VALUES = ['', 'v', ' a  b ', 'a\nb', 'a\tb', 'a\r\nb', '&#9;&#10;&#13;', '&lt;&amp;&quot;&apos;>', '&#xD;', 'Қ']
const ASIDES = ['<!---->', '<!-- заметка -->', '<?pi?>', '<?pi  data ?>', '<?pi data?>']

/** A well-formed document with namespaces, white space and line ends of every kind. */
export function generatedXml(draw: Draw): string {
  const one = <T>(of: readonly T[]): T => of[draw(of.length)] as T
  const some = (bound: number, make: () => string): string => Array.from({ length: draw(bound) }, make).join('')

  const element = (depth: number, scope: ReadonlyMap<string, string>): string => {
    const declared = new Map<string, string>()
    for (let i = draw(3); i > 0; i -= 1) declared.set(one(PREFIXES), one(NAMESPACES))
    if (scope.get('') !== undefined && draw(4) === 0) declared.set('', '')
    const inside = new Map([...scope, ...declared])
    const bound = PREFIXES.filter((prefix) => prefix === '' || inside.has(prefix))
    const qualified = (prefix: string): string => (prefix === '' ? one(NAMES) : `${prefix}:${one(NAMES)}`)
    const attributes = new Map<string, string>()
    for (let i = draw(4); i > 0; i -= 1) {
      // Two prefixes of one namespace must not meet in one local name, so each prefixed one has a name of its own.
      const prefix = one(bound)
      attributes.set(prefix === '' ? one(NAMES) : `${prefix}:${prefix}${draw(2)}`, one(VALUES))
    }
    if (draw(5) === 0) attributes.set('xml:lang', one(['kk', 'ru']))
    if (draw(6) === 0) attributes.set('xml:space', 'preserve')
    const quote = draw(2) === 0 ? '"' : "'"
    const written = [
      ...[...declared].map(([prefix, uri]) => `${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}=${quote}${uri}${quote}`),
      ...[...attributes].map(([name, value]) => `${name}="${value}"`),
    ].sort(() => draw(3) - 1)
    const name = qualified(one(bound))
    const start = [name, ...written].join(one([' ', '\n ', '\t']))
    const content = depth === 0 ? '' : some(4, () => node(depth - 1, inside))
    return content === '' && draw(2) === 0 ? `<${start}/>` : `<${start}>${content}</${name}>`
  }
  const node = (depth: number, scope: ReadonlyMap<string, string>): string => {
    const kind = draw(5)
    if (kind === 0) return one(ASIDES)
    return kind < 3 ? one(TEXTS) : element(depth, scope)
  }
  const aside = () => `${one(ASIDES)}${one(['', '\n', ' \r\n'])}`
  const declaration = draw(2) === 0 ? '<?xml version="1.0" encoding="UTF-8"?>\n' : ''
  return `${declaration}${some(3, aside)}${element(4, new Map())}${some(3, aside)}`
}

/** Draws from a fixed list, again and again: the shorter the list, the plainer the document. */
export function drawFrom(numbers: readonly number[]): Draw {
  let at = 0
  return (bound) => {
    const number = numbers[at % numbers.length] ?? 0
    at += 1
    return (number + Math.floor(at / numbers.length)) % bound
  }
}
