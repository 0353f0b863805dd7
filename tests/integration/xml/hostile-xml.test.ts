import { describe, expect, test } from 'vitest'
import { xmlsecMissing } from '../../support/xmlsec.ts'
import { bare, good, goodSoap, judgeXml, xmlsec } from '../hostile/xml-cases.ts'

/** The hostile documents themselves run with the corpus. */
describe.skipIf(xmlsecMissing)('around hostile XML (skipped without xmlsec1; the corpus lacks its XML then)', () => {
  const refusalOf = (document: string | Uint8Array): string | undefined => {
    const outcome = judgeXml(document)
    const refusal = outcome.ok ? outcome.value.find((one) => one.refusal !== undefined)?.refusal : outcome.refusal
    return refusal && `${refusal.subIndication}: ${refusal.reason}`
  }

  test('without any hostility both forms pass', () => {
    expect(refusalOf(good())).toBeUndefined()
    expect(refusalOf(bare())).toBeUndefined()
    expect(refusalOf(goodSoap())).toBeUndefined()
  })

  test('a comment put into signed text splits nothing: what comes back is what was signed', () => {
    const commented = good().replace('>100<', '>1<!-- 9 -->00<')
    const outcome = judgeXml(commented)
    const [signature] = outcome.ok ? outcome.value : []
    expect(xmlsec.complaint(commented)).toMatch(/^OK/m)
    expect(signature?.content?.document.root.children).toMatchObject([
      { local: 'b', children: [{ kind: 'text', value: '100' }] },
    ])
  })

  test('cut at each octet it is refused', () => {
    const octets = Buffer.from(goodSoap().trimEnd())
    for (let length = 0; length < octets.length; length += 1) {
      expect(refusalOf(octets.subarray(0, length)), `${length}`).toMatch(/^FORMAT_FAILURE: not XML/)
    }
  })
})
