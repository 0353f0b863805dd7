/** What each physical key (`KeyboardEvent.code`) types on the US layout: plain, and with Shift. */
const KEYS: Readonly<Record<string, string>> = {
  Digit1: '1!',
  Digit2: '2@',
  Digit3: '3#',
  Digit4: '4$',
  Digit5: '5%',
  Digit6: '6^',
  Digit7: '7&',
  Digit8: '8*',
  Digit9: '9(',
  Digit0: '0)',
  Minus: '-_',
  Equal: '=+',
  BracketLeft: '[{',
  BracketRight: ']}',
  Backslash: '\\|',
  Semicolon: ';:',
  Quote: '\'"',
  Backquote: '`~',
  Comma: ',<',
  Period: '.>',
  Slash: '/?',
  Space: '  ',
}

const LETTER = /^Key([A-Z])$/
const NUMPAD_DIGIT = /^Numpad([0-9])$/

/**
 * The character that a scanner meant by a key. It types as a US keyboard does, whatever layout the operator has
 * chosen. Letters come as capitals: documents have no others, and a scanner may obey Caps Lock.
 * @returns undefined for a key that types nothing.
 */
export function usCharacter(code: string, shift: boolean): string | undefined {
  const letter = LETTER.exec(code)?.[1] ?? NUMPAD_DIGIT.exec(code)?.[1]
  return letter ?? KEYS[code]?.[shift ? 1 : 0]
}
