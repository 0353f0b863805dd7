const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A reader would turn a bare carriage return into a line feed.
  '\r': '&#13;',
}

/** XML 1.0, production 2; a lone surrogate is no character. */
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u

/**
 * Escapes text for element content.
 * @throws RangeError where a character cannot stand in XML 1.0 at all: the caller's bounds should have refused it.
 */
export function escapeXmlText(text: string): string {
  if (NOT_XML.test(text)) throw new RangeError('text holds a character that XML 1.0 cannot carry')
  return text.replace(/[&<>"\r]/g, (character) => ESCAPES[character] ?? character)
}
