/**
 * Moves what was typed out of a field: the field is empty afterwards, the bytes are the caller's to wipe. The text
 * itself never becomes state of the page.
 * @returns UTF-8 bytes of the field's value.
 */
export function takeSecret(field: { value: string }): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(field.value)
  field.value = ''
  return bytes
}
