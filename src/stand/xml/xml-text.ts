/** Escapes text for an element's content or a quoted attribute. A carriage return would not survive parsing. */
export function xmlText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
}

/** One element with escaped text. */
export function textElement(name: string, text: string): string {
  return `<${name}>${xmlText(text)}</${name}>`
}
