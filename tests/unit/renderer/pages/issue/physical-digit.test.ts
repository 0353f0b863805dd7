import { expect, test } from 'vitest'
import { physicalDigit } from '../../../../../src/renderer/pages/issue/physical-digit.ts'
import { layouts } from '../../scanner/keyboards.ts'

const plain = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false }
const digits = [...'0123456789']

test('the number row types digits into the ИИН in the Kazakh layout too', () => {
  const typed = digits.map((digit) => {
    const code = `Digit${digit}`
    return physicalDigit({ ...plain, code, key: layouts.kazakh[code]?.[0] ?? '' })
  })
  expect(typed).toEqual(digits)
})

test('a key that types its digit, another key and a shortcut are left alone', () => {
  for (const digit of digits) expect(physicalDigit({ ...plain, code: `Digit${digit}`, key: digit })).toBeUndefined()
  expect(physicalDigit({ ...plain, code: 'KeyA', key: 'ф' })).toBeUndefined()
  expect(physicalDigit({ ...plain, code: 'Numpad1', key: 'End' })).toBeUndefined()
  for (const held of ['shiftKey', 'ctrlKey', 'altKey', 'metaKey']) {
    expect(physicalDigit({ ...plain, [held]: true, code: 'Digit2', key: 'ә' })).toBeUndefined()
  }
})
