/**
 * Canonical JSON (RFC 8785) of short technical facts. Built by hand, since an object would put keys that look like
 * numbers first.
 */
export function encodeDetails(details: Readonly<Record<string, string>>): string {
  const members = Object.entries(details)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
  return `{${members.join(',')}}`
}

/** @returns undefined for a text that `encodeDetails` cannot have written: a reviewer must still see the row. */
export function decodeDetails(json: string): Readonly<Record<string, string>> | undefined {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const members: [string, unknown][] = Object.entries(value)
  return members.every((member): member is [string, string] => typeof member[1] === 'string')
    ? Object.fromEntries(members)
    : undefined
}
