/** Orders strings by their code points, as canonical XML does; JavaScript's own order is by UTF-16 units. */
export function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0
  return Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'))
}
