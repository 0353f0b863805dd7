import type { KeyPress } from '../../../../src/renderer/scanner/scan-detector.ts'
import { usCharacter } from '../../../../src/renderer/scanner/us-keyboard.ts'

/** What the keys type in Windows' layouts: plain, and with Shift. */
const rows = ['Backquote', ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map((digit) => `Digit${digit}`), 'Minus', 'Equal']
const top = [...'QWERTYUIOP'].map((letter) => `Key${letter}`)
const home = [...'ASDFGHJKL'].map((letter) => `Key${letter}`)
const low = [...'ZXCVBNM'].map((letter) => `Key${letter}`)
const codes = [
  ...rows,
  ...top,
  'BracketLeft',
  'BracketRight',
  'Backslash',
  ...home,
  'Semicolon',
  'Quote',
  ...low,
  'Comma',
  'Period',
  'Slash',
  'Space',
]

function layout(plain: string, shifted: string): Readonly<Record<string, readonly [string, string]>> {
  const [a, b] = [[...plain], [...shifted]]
  if (a.length !== codes.length || b.length !== codes.length) throw new Error(`${a.length} ${b.length} ${codes.length}`)
  return Object.fromEntries(codes.map((code, index) => [code, [a[index] ?? '', b[index] ?? '']]))
}

export const layouts = {
  english: layout(
    "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./ ",
    '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>? ',
  ),
  russian: layout(
    'ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю. ',
    'Ё!"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ, ',
  ),
  kazakh: layout(
    '("әіңғ,.үұқөһйцукенгшщзхъ\\фывапролджэячсмитьбю№ ',
    ')!ӘІҢҒ;:ҮҰҚӨҺЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ? ',
  ),
} as const
export type Layout = keyof typeof layouts

type Key = Omit<KeyPress, 'at'>

export function typedKey(code: string, shift: boolean, name: Layout): Key {
  const [plain = '', shifted = ''] = layouts[name][code] ?? []
  return { code, key: shift ? shifted : plain, shift, special: false }
}

/** By the character that a US keyboard types. */
const keyOf = new Map<string, { readonly code: string; readonly shift: boolean }>()
for (const shift of [true, false]) {
  // Letters come in capitals, with Shift.
  for (const code of codes) keyOf.set(usCharacter(code, shift) ?? '', { code, shift: shift || /^Key/.test(code) })
}

/** The keys with which a scanner, a US keyboard, types a text; each Shift is a key of its own. */
export function scannerKeys(text: string, name: Layout): Key[] {
  return [...text].flatMap((letter) => {
    if (letter === '\n') return [{ code: 'Enter', key: 'Enter', shift: false, special: false }]
    const known = keyOf.get(letter)
    if (known === undefined) throw new Error(`no key types ${letter}`)
    const key = typedKey(known.code, known.shift, name)
    return known.shift ? [{ code: 'ShiftLeft', key: 'Shift', shift: true, special: false }, key] : [key]
  })
}
