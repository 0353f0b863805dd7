import type { Area } from './envelope-layout.ts'

/** Where one character of the secret stands, millimetres. */
export interface Cell {
  readonly center: number
  readonly baseline: number
  readonly width: number
}

/** Where login and password stand in the secret's area. Millimetres; sizes of letters in points. */
export interface SecretGeometry {
  readonly labelLeft: number
  readonly labelSize: number
  /** Between login and password. */
  readonly rule: number
  readonly login: { readonly cells: readonly Cell[]; readonly size: number; readonly baseline: number }
  readonly password: { readonly cells: readonly Cell[]; readonly size: number; readonly firstBaseline: number }
  /** Names below the characters; absent where the password is too long for them. */
  readonly names?: { readonly size: number; readonly leading: number; readonly spoken: boolean }
}

const MM_PER_POINT = 25.4 / 72
const GROUP = 4
const PADDING = 3
/** Above and below a character of the mono face: its ascender and descender, shares of the size. */
const [ABOVE, BELOW] = [0.74, 0.24]
/** Height of a capital, share of the size. */
export const CAP = 0.698
const LARGEST_CHARACTER = 25
export const smallestCharacter = 9
/** The longest name of a kind, «прописная», takes this share of the size for each of its letters. */
const NAME_WIDTH = 9 * 0.585
const [LARGEST_NAME, SMALLEST_NAME] = [6.25, 4]
const LEADING = 1.16

/**
 * Divides the secret's area: labels at the left, the login above, below it the password in groups of four, in one row up
 * to 12 characters, else in rows of 12 or 16.
 * @param options.languages how many languages name the characters.
 */
export function secretGeometry(
  area: Area,
  options: { readonly length: number; readonly languages: number },
): SecretGeometry {
  const narrow = area.width < 150
  const labelWidth = narrow ? 19 : 29
  const left = area.left + PADDING + labelWidth
  const width = area.width - 2 * PADDING - labelWidth

  const loginHeight = 0.27 * area.height
  const loginSize = Math.min(20, (0.62 * loginHeight) / MM_PER_POINT / CAP)
  // One label below the other, for each language, beside the login.
  const labelSize = Math.min(narrow ? 6.25 : 9, (0.8 * loginHeight) / MM_PER_POINT / (1.22 * options.languages))
  const loginBaseline = area.top + 0.5 + (loginHeight + CAP * loginSize * MM_PER_POINT) / 2
  const pitch = 0.64 * loginSize * MM_PER_POINT
  const loginCells = Array.from({ length: 12 }, (_, index) => ({
    center: left + (index + 0.5) * pitch,
    baseline: loginBaseline,
    width: pitch,
  }))

  const columns = options.length <= 24 ? 12 : 16
  const rows = Math.ceil(options.length / columns)
  const gap = narrow ? 1.5 : 3
  const cellWidth = (width - gap * (columns / GROUP - 1)) / columns
  const rule = area.top + 0.5 + loginHeight
  const rowHeight = (area.top + area.height - 0.6 - rule) / rows
  const spoken = rows === 1
  const named = options.languages * (spoken ? 2 : 1)
  const nameSize = Math.min(
    LARGEST_NAME,
    cellWidth / MM_PER_POINT / NAME_WIDTH,
    ((spoken ? 0.64 : 0.52) * rowHeight) / MM_PER_POINT / (LEADING * named),
  )
  const lines = rows > 2 || nameSize < SMALLEST_NAME ? 0 : named
  const leading = LEADING * nameSize * MM_PER_POINT
  const room = rowHeight - lines * leading
  const size = Math.min(LARGEST_CHARACTER, (0.92 * room) / MM_PER_POINT / (ABOVE + BELOW))
  const slack = room - (ABOVE + BELOW) * size * MM_PER_POINT
  const firstBaseline = rule + slack / 2 + ABOVE * size * MM_PER_POINT
  const cells = Array.from({ length: options.length }, (_, index) => {
    const column = index % columns
    return {
      center: left + column * cellWidth + Math.floor(column / GROUP) * gap + cellWidth / 2,
      baseline: firstBaseline + Math.floor(index / columns) * rowHeight,
      width: cellWidth,
    }
  })
  return {
    labelLeft: area.left + PADDING,
    labelSize,
    rule,
    login: { cells: loginCells, size: loginSize, baseline: loginBaseline },
    password: { cells, size, firstBaseline },
    ...(lines === 0 ? {} : { names: { size: nameSize, leading, spoken } }),
  }
}

/** From a character's baseline to that of the first name below it, millimetres. */
export function firstNameBelow({ password, names }: SecretGeometry): number {
  return BELOW * password.size * MM_PER_POINT + 0.8 * (names?.leading ?? 0)
}
