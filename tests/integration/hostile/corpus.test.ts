import { describe, expect, test } from 'vitest'
import { gostCases, gostMessage, gostPki } from './gost-cases.ts'
import { casesOf, type HostileCase } from './hostile-case.ts'
import { judgeMessage, judgeOne } from './judge-hostile.ts'
import { base64, judge, messageCases } from './message-cases.ts'
import { revocationCases, unchanged } from './revocation-cases.ts'
import { xmlCases } from './xml-cases.ts'

/** Everything hostile in one place. Nothing of it may pass, and each is refused for its own reason. */
const corpus: readonly HostileCase[] = [
  ...casesOf(
    'CMS message',
    messageCases.map(([name, expected, message]) => [
      name,
      expected,
      async () => {
        const made = message()
        const verdict = await judge(typeof made === 'string' ? made : base64(made))
        expect(verdict).not.toHaveProperty('content')
        return verdict
      },
    ]),
  ),
  ...gostCases,
  ...revocationCases,
  ...xmlCases,
]

describe('the hostile corpus', () => {
  test.each(corpus)('$group: $name → $expected', async (hostile) => {
    const verdict = await hostile.judge()
    expect(verdict).toMatchObject({ subIndication: hostile.expected })
    expect(verdict.indication).not.toBe('TOTAL-PASSED')
  })

  test('has names of its own, and enough of them', () => {
    const names = corpus.map(({ group, name }) => `${group}: ${name}`)
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBeGreaterThan(200)
  })
})

describe('what hostile inputs are changed from passes', () => {
  test.each(unchanged)('%s', async (_what, judgeIt) => {
    expect(await judgeIt()).toEqual({ indication: 'TOTAL-PASSED' })
  })

  test('a ГОСТ message and its signer', () => {
    expect(judgeMessage(gostMessage(), gostPki)).toEqual({ indication: 'TOTAL-PASSED' })
    expect(judgeOne(gostPki.signer, gostPki)).toEqual({ indication: 'TOTAL-PASSED' })
  })
})
