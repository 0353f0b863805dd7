import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapeXmlText } from '../../../../../src/main/adapters/xml/escape-xml-text.ts'
import { parseXml, type XmlLimits, type XmlRefusal } from '../../../../../src/main/adapters/xml/parse-xml.ts'

const limits: XmlLimits = { bytes: 4096, depth: 5, elements: 10, attributesPerElement: 4, text: 100 }

function read(document: string | Uint8Array, overrides: Partial<XmlLimits> = {}) {
  const bytes = typeof document === 'string' ? new TextEncoder().encode(document) : document
  return parseXml({ bytes, limits: { ...limits, ...overrides } })
}

function root(document: string | Uint8Array) {
  const reading = read(document)
  if (!reading.ok) throw new Error(reading.refusal)
  return reading.document.root
}

function refusal(document: string | Uint8Array, overrides: Partial<XmlLimits> = {}): XmlRefusal | 'read' {
  const reading = read(document, overrides)
  return reading.ok ? 'read' : reading.refusal
}

const bytesOf = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : Buffer.from(part))))

describe('a document is read into a tree', () => {
  test('with prefixes, namespaces and attributes in their order', () => {
    const element = root('<p:a xmlns:p="urn:p" z="1" p:y="2"><b xmlns="urn:b"/></p:a>')
    expect(element).toMatchObject({ name: 'p:a', prefix: 'p', local: 'a', namespace: 'urn:p' })
    expect(element.attributes.map(({ name, namespace, value }) => [name, namespace, value])).toEqual([
      ['xmlns:p', 'http://www.w3.org/2000/xmlns/', 'urn:p'],
      ['z', '', '1'],
      ['p:y', 'urn:p', '2'],
    ])
    expect(element.children).toMatchObject([{ kind: 'element', prefix: '', local: 'b', namespace: 'urn:b' }])
  })

  test('a namespace ends with its element', () => {
    expect(root('<a><b xmlns="urn:b"/><c/></a>').children).toMatchObject([{ namespace: 'urn:b' }, { namespace: '' }])
    expect(refusal('<a><b xmlns:p="urn:p"/><p:c/></a>')).toBe('not-well-formed')
  })

  test('CDATA and references are text, one node with their neighbours', () => {
    expect(root('<a>x&lt;<![CDATA[<&]]>&#1241;&#x1F600;y</a>').children).toEqual([{ kind: 'text', value: 'x<<&ә😀y' }])
  })

  test('a comment stays a node of its own and splits the text around it', () => {
    expect(root('<a>1<!--x-->2</a>').children).toEqual([
      { kind: 'text', value: '1' },
      { kind: 'comment', value: 'x' },
      { kind: 'text', value: '2' },
    ])
  })

  test('comments around the root are kept in order', () => {
    const reading = read('<!--1--><a/><!--2-->')
    expect(reading.ok && reading.document.children.map((node) => node.kind)).toEqual(['comment', 'element', 'comment'])
  })

  test('processing instructions are kept where asked for, without the white space after the target', () => {
    const reading = parseXml({
      bytes: Buffer.from('<?x  y z ?><a>1<?w?>2</a><?v \r\n?>'),
      limits,
      processingInstructions: 'keep',
    })
    expect(reading.ok && reading.document.children).toMatchObject([
      { kind: 'processing-instruction', target: 'x', data: 'y z ' },
      {
        kind: 'element',
        children: [{ value: '1' }, { kind: 'processing-instruction', target: 'w', data: '' }, { value: '2' }],
      },
      { kind: 'processing-instruction', target: 'v', data: '' },
    ])
  })

  test.each(['<?p:x y?><a/>', '<?xml version="1.0"?><?xml version="1.0"?><a/>', '<a><?XML?></a>', '<?x'])(
    '%j is refused even where processing instructions are kept',
    (document) => {
      const reading = parseXml({ bytes: Buffer.from(document), limits, processingInstructions: 'keep' })
      expect(reading).toEqual({ ok: false, refusal: 'not-well-formed' })
    },
  )

  test('line ends become line feeds, and a written carriage return stays', () => {
    expect(root('<a>1\r\n2\r3&#13;4</a>').children).toEqual([{ kind: 'text', value: '1\n2\n3\r4' }])
  })

  test('a byte order mark is dropped, once', () => {
    expect(root(bytesOf([0xef, 0xbb, 0xbf], '<a/>')).local).toBe('a')
    expect(refusal(bytesOf([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], '<a/>'))).toBe('not-well-formed')
  })

  test('nothing in it can be changed afterwards', () => {
    const element = root('<a b="c">d</a>')
    expect(Object.isFrozen(element)).toBe(true)
    expect(Object.isFrozen(element.children) && Object.isFrozen(element.children[0])).toBe(true)
    expect(Object.isFrozen(element.attributes) && Object.isFrozen(element.attributes[0])).toBe(true)
  })

  test('any text that XML can carry comes back as it was written', () => {
    const character = fc
      .integer({ min: 0x20, max: 0x10ffff })
      .filter((code) => code < 0xd800 || (code > 0xdfff && code !== 0xfffe && code !== 0xffff))
      .map((code) => String.fromCodePoint(code))
    const special = fc.constantFrom(
      '<',
      '>',
      '&',
      ']]>',
      '<![CDATA[',
      '<!--',
      '-->',
      '&amp;',
      '\r',
      '\n',
      '\t',
      '"',
      "'",
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(character, special), { minLength: 1, maxLength: 20 }), (parts) => {
        const text = parts.join('')
        expect(root(`<a>${escapeXmlText(text)}</a>`).children).toEqual([{ kind: 'text', value: text }])
      }),
    )
  })
})

describe('a document is refused', () => {
  test.each<[string, string | Uint8Array, XmlRefusal]>([
    ['empty', '', 'not-well-formed'],
    ['only white space', ' \n ', 'not-well-formed'],
    ['not XML', 'hello', 'not-well-formed'],
    ['cut in a tag', '<a><b', 'not-well-formed'],
    ['cut before the end', '<a>', 'not-well-formed'],
    ['cut in a comment', '<a/><!--', 'not-well-formed'],
    ['cut in CDATA', '<a><![CDATA[x</a>', 'not-well-formed'],
    ['two roots', '<a/><b/>', 'not-well-formed'],
    ['text after the root', '<a/>x', 'not-well-formed'],
    ['CDATA outside the root', '<![CDATA[x]]><a/>', 'not-well-formed'],
    ['crossed tags', '<a><b></a></b>', 'not-well-formed'],
    ['a DOCTYPE', '<!DOCTYPE a><a/>', 'doctype'],
    ['a DOCTYPE with an external subset', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'doctype'],
    ['a DOCTYPE with entities', '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>', 'doctype'],
    ['a DOCTYPE in lower case', '<!doctype a><a/>', 'not-well-formed'],
    ['a processing instruction', '<?x y?><a/>', 'processing-instruction'],
    ['a processing instruction inside', '<a><?x y?></a>', 'processing-instruction'],
    ['a style sheet', '<?xml-stylesheet href="x"?><a/>', 'processing-instruction'],
    ['an unknown entity', '<a>&nbsp;</a>', 'not-well-formed'],
    ['an entity named like a property of objects', '<a>&constructor;</a>', 'not-well-formed'],
    ['an entity named like a prototype', '<a>&__proto__;</a>', 'not-well-formed'],
    ['a bare ampersand', '<a>1 & 2</a>', 'not-well-formed'],
    ['a reference to NUL', '<a>&#0;</a>', 'not-well-formed'],
    ['a reference to a control character', '<a>&#8;</a>', 'not-well-formed'],
    ['a reference to a surrogate', '<a>&#xD800;</a>', 'not-well-formed'],
    ['a reference beyond Unicode', '<a>&#x110000;</a>', 'not-well-formed'],
    ['NUL', bytesOf('<a>', [0], '</a>'), 'not-well-formed'],
    ['a control character', '<a>\u0008</a>', 'not-well-formed'],
    ['U+FFFE', '<a>\uFFFE</a>', 'not-well-formed'],
    ['bytes that are no UTF-8', bytesOf('<a>', [0xff], '</a>'), 'not-utf-8'],
    ['an overlong form', bytesOf('<a>', [0xc0, 0xbc], '</a>'), 'not-utf-8'],
    ['a surrogate in UTF-8', bytesOf('<a>', [0xed, 0xa0, 0x80], '</a>'), 'not-utf-8'],
    ['a cut character', bytesOf('<a>', [0xd3], '</a>'), 'not-utf-8'],
    ['UTF-16', Buffer.from('\uFEFF<a/>', 'utf16le'), 'not-utf-8'],
    ['another declared encoding', '<?xml version="1.0" encoding="windows-1251"?><a/>', 'not-utf-8'],
    ['XML 1.1', '<?xml version="1.1"?><a/>', 'xml-version'],
    ['a declaration that is not first', ' <?xml version="1.0"?><a/>', 'not-well-formed'],
    ['a repeated attribute', '<a b="1" b="2"/>', 'not-well-formed'],
    ['a repeated attribute by namespace', '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>', 'not-well-formed'],
    ['an attribute without quotes', '<a b=1/>', 'not-well-formed'],
    ['a less-than sign in an attribute', '<a b="<"/>', 'not-well-formed'],
    ['an unbound prefix', '<p:a/>', 'not-well-formed'],
    ['an unbound prefix of an attribute', '<a p:b="1"/>', 'not-well-formed'],
    ['a prefix that is unbound again', '<p:a xmlns:p="u"><b xmlns:p=""/></p:a>', 'not-well-formed'],
    ['two colons in a name', '<a:b:c xmlns:a="u"/>', 'not-well-formed'],
    ['an attribute whose local name starts with a hyphen', '<a xmlns:p="u" p:-b="1"/>', 'not-well-formed'],
    ['a local name that starts with a digit', '<p:1 xmlns:p="u"/>', 'not-well-formed'],
    ['a namespace with spaces around it', '<a xmlns=" urn:x "/>', 'not-well-formed'],
    ['a prefixed namespace with a line end in it', '<p:a xmlns:p="urn:x\n"/>', 'not-well-formed'],
    ['the xmlns prefix on an element', '<xmlns:a/>', 'not-well-formed'],
    ['another namespace for xml', '<a xmlns:xml="urn:x"/>', 'not-well-formed'],
    ['two hyphens in a comment', '<a><!-- -- --></a>', 'not-well-formed'],
    ['the end of CDATA in text', '<a>]]></a>', 'not-well-formed'],
  ])('%s', (_name, document, expected) => {
    expect(refusal(document)).toBe(expected)
  })

  test.each<[keyof XmlLimits, string, number, XmlRefusal]>([
    ['bytes', '<a/>', 4, 'too-large'],
    ['depth', '<a><b><c/></b></a>', 3, 'too-deep'],
    ['elements', '<a><b/><b/></a>', 3, 'too-many-elements'],
    ['attributesPerElement', '<a b="1" c="2" xmlns:d="3"/>', 3, 'too-many-attributes'],
    ['text', '<a>12<![CDATA[3]]>&#52;</a>', 4, 'text-too-long'],
    ['text', '<a b="1234"/>', 4, 'text-too-long'],
  ])('beyond the bound of %s, and read at it: %s', (bound, document, at, expected) => {
    expect(refusal(document, { [bound]: at })).toBe('read')
    expect(refusal(document, { [bound]: at - 1 })).toBe(expected)
  })

  test('cut at any byte', () => {
    const whole = new TextEncoder().encode('<p:a xmlns:p="u" b="&amp;"><!--c-->ә<![CDATA[d]]><e/></p:a>')
    expect(refusal(whole)).toBe('read')
    for (let length = 0; length < whole.length; length += 1) expect(refusal(whole.subarray(0, length))).not.toBe('read')
  })

  test('ten thousand elements deep, or ten megabytes, or a hundred thousand attributes, without building them', () => {
    expect(refusal('<a>'.repeat(10_000), { bytes: 1e8, elements: 1e8 })).toBe('too-deep')
    expect(refusal(`<a>${'x'.repeat(1e7)}</a>`)).toBe('too-large')
    expect(refusal(`<a ${'b="1" '.repeat(1e5)}/>`, { bytes: 1e8 })).toBe('too-many-attributes')
  })

  test('without quoting it', () => {
    for (const document of ['<secret', '<secret>&secret;</secret>', '<secret:x/>']) {
      expect(JSON.stringify(read(document))).not.toContain('secret')
    }
  })
})
