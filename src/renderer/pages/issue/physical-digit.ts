interface KeyPress {
  readonly code: string
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
}

/**
 * The digit on the number row's key, where the layout types something else there: in the Kazakh layout ә, і, ң and
 * others stand in the place of digits, and an ИИН has nothing but digits.
 * @returns undefined where the key does by itself what it should.
 */
export function physicalDigit({ code, key, shiftKey, ctrlKey, altKey, metaKey }: KeyPress): string | undefined {
  if (shiftKey || ctrlKey || altKey || metaKey || /^[0-9]$/.test(key)) return undefined
  return /^Digit([0-9])$/.exec(code)?.[1]
}
