import { describe, expect, test } from 'vitest'
import { parseXml } from '../../../../src/stand/xml/parse-xml.ts'
import { textElement } from '../../../../src/stand/xml/xml-text.ts'

const parse = (text: string | Uint8Array, maxBytes = 100_000) => parseXml({ document: Buffer.from(text), maxBytes })
const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

describe('a small document', () => {
  test('is read with namespaces, attributes and text', () => {
    const root = parse(
      '<?xml version="1.0" encoding="utf-8"?>\n<p:a xmlns:p="u" xmlns="v" p:x="1" y="&quot;"><b> t&#x41; </b></p:a>',
    )
    expect(root).toMatchObject({ namespace: 'u', name: 'a', text: '' })
    expect([...(root?.attributes ?? [])]).toEqual([
      ['{u}x', '1'],
      ['y', '"'],
    ])
    expect(root?.children).toMatchObject([{ namespace: 'v', name: 'b', text: ' tA ' }])
  })

  test('has its xsi:type resolved', () => {
    expect(parse(`<a ${XSI} xmlns:s="u" xsi:type="s:string"/>`)?.type).toBe('{u}string')
    expect(parse(`<a ${XSI} xmlns="v" xsi:type="string"/>`)?.type).toBe('{v}string')
    expect(parse(`<a ${XSI} xsi:type="nowhere:string"/>`)).toBeUndefined()
  })

  test('keeps a text that was escaped as it was', () => {
    const text = ' <a> & "b" \'c\' ]]> \r\n\t😀 Қазақ 0x1F '
    expect(parse(textElement('t', text))?.text).toBe(text)
  })

  test('has its line ends as XML 1.0 wants them, and no others touched', () => {
    expect(parse('<a>1\r\n2\r3\u2028\u0085</a>')?.text).toBe('1\n2\n3\u2028\u0085')
  })
})

describe('refused', () => {
  test.each([
    ['a DOCTYPE', '<!DOCTYPE a><a/>'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'],
    ['an unknown entity', '<a>&nbsp;</a>'],
    ['a comment', '<a>1<!-- -->2</a>'],
    ['CDATA', '<a><![CDATA[x]]></a>'],
    ['a processing instruction', '<a><?x y?></a>'],
    ['another encoding', '<?xml version="1.0" encoding="windows-1251"?><a/>'],
    ['XML 1.1', '<?xml version="1.1"?><a/>'],
    ['two roots', '<a/><a/>'],
    ['text after the root', '<a/>x'],
    ['text between elements', '<a><b/>x</a>'],
    ['an unclosed element', '<a><b></a>'],
    ['an attribute twice', '<a x="1" x="2"/>'],
    ['an attribute without quotes', '<a x=1/>'],
    ['an unbound prefix', '<p:a/>'],
    ['an unbound prefix of an attribute', '<a p:x="1"/>'],
    ['a bare ]]>', '<a>]]></a>'],
    ['a bare &', '<a>&</a>'],
    ['a null character', '<a>\u0000</a>'],
    ['a null character by reference', '<a>&#0;</a>'],
    ['a null character in an attribute', '<a x="&#0;"/>'],
    ['half of a surrogate pair by reference', '<a>&#xD800;</a>'],
    ['more than 16 levels', `${'<a>'.repeat(17)}${'</a>'.repeat(17)}`],
    ['more than 400 tags', `<a>${'<b/>'.repeat(400)}</a>`],
    ['nothing', ''],
    ['plain text', 'hello'],
  ])('%s', (_, text) => {
    expect(parse(text)).toBeUndefined()
  })

  test('bytes that are not UTF-8', () => {
    expect(parse(Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]))).toBeUndefined()
  })

  test('a document one byte too large', () => {
    expect(parse('<a/>', 4)).toBeDefined()
    expect(parse('<a/> ', 4)).toBeUndefined()
  })

  test('ten megabytes of depth, before a parser sees them', () => {
    expect(parse('<a>'.repeat(3_000_000), 20_000_000)).toBeUndefined()
  })
})
