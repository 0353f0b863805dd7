/** A changed document, and what was done to it. */
export interface Mutant {
  readonly change: string
  readonly document: Buffer
}

/**
 * Mutants of a signed document in UTF-8: each piece of mark-up dropped, doubled, surrounded, rewritten in a way that
 * means the same or something else; octets changed, dropped, doubled and put in all along.
 * @param step how many octets lie between two changes of single octets.
 */
export function mutantsOfSignedXml(document: string, step: number): readonly Mutant[] {
  return [...ofMarkup(document), ...ofOctets(Buffer.from(document), step)]
}

function ofMarkup(document: string): readonly Mutant[] {
  const mutants: Mutant[] = []
  const replace = (change: string, at: number, length: number, by: string) => {
    mutants.push({ change, document: Buffer.from(document.slice(0, at) + by + document.slice(at + length)) })
  }
  for (const { 0: tag, index } of document.matchAll(/<[^<>?!]+>/g)) {
    replace('a tag dropped', index, tag.length, '')
    replace('a tag doubled', index, 0, tag)
    replace('a comment before a tag', index, 0, '<!-- -->')
    replace('white space before a tag', index, 0, '\r\n')
    replace('white space inside a tag', index + tag.length - (tag.endsWith('/>') ? 2 : 1), 0, ' \n')
    replace('a processing instruction before a tag', index, 0, '<?x y?>')
    if (/^<[^/]/.test(tag)) {
      replace('an unused namespace', index + tag.search(/[\s/>]/), 0, ' xmlns:unused="urn:unused"')
      replace('a default namespace', index + tag.search(/[\s/>]/), 0, ' xmlns="urn:default"')
      replace('an attribute', index + tag.search(/[\s/>]/), 0, ' unknown="1"')
      replace('an identifier', index + tag.search(/[\s/>]/), 0, ' Id="i"')
      replace('other quotes', index, tag.length, tag.replaceAll('"', "'"))
      replace('attributes in reverse', index, tag.length, reversed(tag))
      replace('an attribute dropped', index, tag.length, tag.replace(/\s[^\s=]+="[^"]*"/, ''))
      replace('an attribute emptied', index, tag.length, tag.replace(/="[^"]*"/, '=""'))
    }
  }
  for (const { 0: whole, index } of document.matchAll(/<([a-z]*:?[A-Za-z0-9]+)(?=[\s>])[^<>]*>[^<]*<\/\1>/g)) {
    replace('an element dropped', index, whole.length, '')
    replace('an element doubled', index, 0, whole)
    replace('an element in another', index, whole.length, `<w>${whole}</w>`)
    replace('an element commented out', index, whole.length, `<!--${whole}-->`)
  }
  for (const { 0: text, index } of document.matchAll(/(?<=>)[^<]+(?=<)/g)) {
    const middle = Math.floor(text.length / 2)
    replace('text as CDATA', index, text.length, `<![CDATA[${text}]]>`)
    replace('one letter as a reference', index, 1, `&#${text.codePointAt(0)};`)
    replace('a comment inside text', index + middle, 0, '<!-- -->')
    replace('a line end inside text', index + middle, 0, '\n')
    replace('a carriage return inside text', index + middle, 0, '&#13;')
    replace('text shorter', index + middle, 1, '')
    replace('text emptied', index, text.length, '')
    replace('a letter outside', index, 0, 'Қ')
  }
  return mutants.filter((mutant) => mutant.document.toString() !== document)
}

function reversed(tag: string): string {
  const attributes = tag.match(/\s[^\s=]+="[^"]*"/g) ?? []
  const [first = ''] = attributes
  const at = tag.indexOf(first)
  const all = attributes.join('')
  return first === '' ? tag : tag.slice(0, at) + attributes.toReversed().join('') + tag.slice(at + all.length)
}

function ofOctets(octets: Buffer, step: number): readonly Mutant[] {
  const mutants: Mutant[] = []
  for (let at = 0; at < octets.length; at += step) {
    const [before, rest] = [octets.subarray(0, at), octets.subarray(at)]
    const octet = rest[0] ?? 0
    const put = (change: string, ...parts: readonly (Buffer | readonly number[])[]) =>
      mutants.push({ change, document: Buffer.concat([before, ...parts.map((part) => Buffer.from(part as Buffer))]) })
    put('an octet dropped', rest.subarray(1))
    put('an octet doubled', [octet], rest)
    put('a bit turned', [octet ^ (1 << (at % 8))], rest.subarray(1))
    put('a space put in', [0x20], rest)
  }
  return mutants
}
