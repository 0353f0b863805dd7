import { expect, test } from 'vitest'
import { parseXml } from '../../../../../src/main/adapters/xml/parse-xml.ts'
import { SequenceReader, UnexpectedXml } from '../../../../../src/main/adapters/xml/sequence-reader.ts'

function reader(content: string, ignoresAttributes?: (namespace: string) => boolean): SequenceReader {
  const bytes = new TextEncoder().encode(`<r xmlns="u" xmlns:o="o">${content}</r>`)
  const reading = parseXml({
    bytes,
    limits: { bytes: 1000, depth: 9, elements: 99, attributesPerElement: 9, text: 99 },
  })
  if (!reading.ok) throw new Error(reading.refusal)
  const { root } = reading.document
  return new SequenceReader({ element: root, namespace: 'u', ...(ignoresAttributes ? { ignoresAttributes } : {}) })
}

test('children are read in their order, white space between them passed over', () => {
  const read = reader(' <a>1</a>\n<c><d/></c>\t')
  expect(read.text('a')).toBe('1')
  expect(read.optionalText('b')).toBeUndefined()
  const inner = read.sequence('c')
  inner.empty('d')
  inner.end()
  expect(read.peek()).toBeUndefined()
  expect(() => read.end()).not.toThrow()
})

test.each<[string, string, (read: SequenceReader) => unknown]>([
  ['a missing element', '', (read) => read.text('a')],
  ['another element', '<b/>', (read) => read.text('a')],
  ['the right name in another namespace', '<o:a/>', (read) => read.text('a')],
  ['the right name in no namespace', '<a xmlns=""/>', (read) => read.text('a')],
  ['an element that is left', '<a/><b/>', (read) => [read.text('a'), read.end()]],
  ['text between elements', '<a/>x', (read) => read.text('a')],
  ['a comment between elements', '<a/><!-- -->', (read) => read.text('a')],
  ['a comment in a value', '<a>1<!-- -->2</a>', (read) => read.text('a')],
  ['a comment as a value', '<a><!--1--></a>', (read) => read.text('a')],
  ['an element in a value', '<a>1<b/></a>', (read) => read.text('a')],
  ['an attribute on a value', '<a x="1">1</a>', (read) => read.text('a')],
  ['an attribute on a group', '<a o:x="1"/>', (read) => read.sequence('a')],
  ['a value of another format', '<a>1</a>', (read) => read.text('a', /^2$/)],
  ['an optional value of another format', '<a>1</a>', (read) => read.optionalText('a', /^2$/)],
  ['content in an empty element', '<a> </a>', (read) => read.empty('a')],
])('%s is refused', (_name, content, reading) => {
  expect(() => reading(reader(content))).toThrow(UnexpectedXml)
})

test('declarations of namespaces and the attributes that are told to be ignored may stand anywhere', () => {
  const read = reader('<a xmlns:p="p" o:x="1">1</a><b o:x="1"/>', (namespace) => namespace === 'o')
  expect(read.text('a')).toBe('1')
  expect(() => read.sequence('b').end()).not.toThrow()
})
