import fc from 'fast-check'
import { expect, it } from 'vitest'
import { foldText } from '../../../../src/shared/domain/fold-text.ts'

it.each([
  ['Құпиясөз ҰМЫТЫЛДЫ, ҮЛКЕН', 'купиясоз умытылды, улкен'],
  ['Ёлка Әлі Іңкәр Ғани Һәм', 'елка али инкар гани хам'],
  ['reply.NONCE-mismatch', 'reply.nonce-mismatch'],
  ['й stays й', 'й stays й'],
  ['и\u0306 written in two', 'й written in two'],
])('%s', (text, folded) => {
  expect(foldText(text)).toBe(folded)
})

it('changes nothing the second time', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => foldText(foldText(text)) === foldText(text)))
})
