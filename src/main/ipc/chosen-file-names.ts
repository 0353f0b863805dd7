/** Day of this machine's clock, as it stands in the names of files: 2026-11-25. */
export function localDay(date: Date): string {
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`
}

export function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

/** All that the window learns of a chosen place. */
export function lastPart(file: string): string {
  return file.split(/[/\\]/).at(-1) ?? file
}
