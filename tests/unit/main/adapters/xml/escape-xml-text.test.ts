import { expect, test } from 'vitest'
import { escapeXmlText } from '../../../../../src/main/adapters/xml/escape-xml-text.ts'

test('markup and the carriage return are escaped, everything else stays', () => {
  expect(escapeXmlText('<a b="1">&\r\n\tә😀\'</a>')).toBe("&lt;a b=&quot;1&quot;&gt;&amp;&#13;\n\tә😀'&lt;/a&gt;")
})

test.each(['\u0000', '\u0008', '\u001F', '\uFFFE', '\uFFFF', '\uD800', '\uDC00x', 'x\uD83D'])(
  'what XML cannot carry is refused without being quoted: %j',
  (character) => {
    expect(() => escapeXmlText(`secret${character}`)).toThrow(RangeError)
    expect(() => escapeXmlText(`secret${character}`)).not.toThrow(/secret/)
  },
)
