import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { type CanonicalisationMethod, canonicalise } from '../../../src/main/adapters/xml-signature/canonicalise.ts'
import { readSignedDocument } from '../../../src/main/adapters/xml-signature/signed-document.ts'
import { drawFrom, generatedXml } from '../../support/generated-xml.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import { xmllintMissing } from '../../support/xmllint.ts'

const folder = makeTempDir()
afterAll(() => folder.remove())

const inclusive: CanonicalisationMethod = { exclusive: false, comments: true }
const exclusive: CanonicalisationMethod = { exclusive: true, comments: true }

function canonical(document: string | Uint8Array, method: CanonicalisationMethod): string {
  const reading = readSignedDocument(Buffer.from(document as string))
  if (!reading.ok) throw new Error(`${reading.refusal.reason}: ${document}`)
  return canonicalise({ document: reading.value, method }).toString('utf8')
}

/** libxml2's canonical forms of several documents, in one process, joined. */
function xmllint(option: '--c14n' | '--exc-c14n', documents: readonly string[]): string {
  const files = documents.map((document, i) => {
    const file = path.join(folder.path, `${i}.xml`)
    writeFileSync(file, document)
    return file
  })
  return execFileSync('xmllint', ['--nonet', option, ...files], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

describe.skipIf(xmllintMissing)('libxml2 as the judge of canonical forms (skipped without xmllint)', () => {
  test.each([
    ['inclusive', '--c14n', inclusive],
    ['exclusive', '--exc-c14n', exclusive],
  ] as const)('generated documents have its %s form', (_, option, method) => {
    const entropy = fc.array(fc.nat(65_535), { minLength: 1, maxLength: 80 })
    fc.assert(
      fc.property(fc.array(entropy, { minLength: 40, maxLength: 40 }), (seeds) => {
        const documents = seeds.map((numbers) => generatedXml(drawFrom(numbers)))
        expect(documents.map((document) => canonical(document, method)).join('')).toBe(xmllint(option, documents))
      }),
      { numRuns: process.env['ARM_TEST_LONG'] === '1' ? 100 : 12 },
    )
  })

  test.each([
    ['inclusive', '--c14n', inclusive],
    ['exclusive', '--exc-c14n', exclusive],
  ] as const)("a canonical form is its own %s form, by the judge's word too", (_, option, method) => {
    fc.assert(
      fc.property(fc.array(fc.nat(65_535), { minLength: 1, maxLength: 60 }), (numbers) => {
        const once = canonical(generatedXml(drawFrom(numbers)), method)
        expect(canonical(once, method)).toBe(once)
        expect(xmllint(option, [once])).toBe(once)
      }),
      { numRuns: 20 },
    )
  })
})

describe('the examples of the recommendations', () => {
  test('Canonical XML 1.0, 3.1: processing instructions, comments and outside of the document element', () => {
    const document = [
      '<?xml version="1.0"?>\n\n<?xml-stylesheet   href="doc.xsl"\n   type="text/xsl"   ?>\n\n',
      '<doc>Hello, world!<!-- Comment 1 --></doc>\n\n<?pi-without-data     ?>\n\n<!-- Comment 2 -->\n\n<!-- Comment 3 -->',
    ].join('')
    const instruction = '<?xml-stylesheet href="doc.xsl"\n   type="text/xsl"   ?>\n'
    expect(canonical(document, { exclusive: false, comments: false })).toBe(
      `${instruction}<doc>Hello, world!</doc>\n<?pi-without-data?>`,
    )
    expect(canonical(document, inclusive)).toBe(
      `${instruction}<doc>Hello, world!<!-- Comment 1 --></doc>\n<?pi-without-data?>\n<!-- Comment 2 -->\n<!-- Comment 3 -->`,
    )
  })

  test('Canonical XML 1.0, 3.3: start and end tags', () => {
    const document = `<doc>
   <e1   />
   <e2   ></e2>
   <e3   name = "elem3"   id="elem3"   />
   <e5 a:attr="out" b:attr="sorted" attr2="all" attr="I'm"
      xmlns:b="http://www.ietf.org"
      xmlns:a="http://www.w3.org"
      xmlns="http://example.org"/>
   <e6 xmlns="" xmlns:a="http://www.w3.org">
      <e7 xmlns="http://www.ietf.org">
         <e8 xmlns="" xmlns:a="http://www.w3.org">
            <e9 xmlns="" xmlns:a="http://www.ietf.org"/>
         </e8>
      </e7>
   </e6>
</doc>`
    expect(canonical(document, inclusive)).toBe(`<doc>
   <e1></e1>
   <e2></e2>
   <e3 id="elem3" name="elem3"></e3>
   <e5 xmlns="http://example.org" xmlns:a="http://www.w3.org" xmlns:b="http://www.ietf.org" attr="I'm" attr2="all" b:attr="sorted" a:attr="out"></e5>
   <e6 xmlns:a="http://www.w3.org">
      <e7 xmlns="http://www.ietf.org">
         <e8 xmlns="">
            <e9 xmlns:a="http://www.ietf.org"></e9>
         </e8>
      </e7>
   </e6>
</doc>`)
  })
})

describe('an element by itself', () => {
  const form = (document: string, method: CanonicalisationMethod) => {
    const reading = readSignedDocument(Buffer.from(document))
    if (!reading.ok) throw new Error(reading.refusal.reason)
    const [outer] = reading.value.root.children
    const apex = outer?.kind === 'element' ? outer.children[0] : undefined
    if (apex?.kind !== 'element') throw new Error('no apex')
    return canonicalise({ document: reading.value, apex, method }).toString('utf8')
  }
  // Exclusive XML Canonicalization 1.0, 2.2.
  const example =
    '<n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org"><n1:w xmlns:n1="x" xml:lang="en" xml:space="preserve">' +
    '<n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff/></n1:elem2></n1:w></n0:local>'

  test('inclusive: with all that is in scope, and with the inherited attributes of xml', () => {
    expect(form(example, inclusive)).toBe(
      '<n1:elem2 xmlns:n0="foo:bar" xmlns:n1="http://example.net" xmlns:n3="ftp://example.org" xml:lang="en" xml:space="preserve"><n3:stuff></n3:stuff></n1:elem2>',
    )
  })

  test('exclusive: with what it uses itself', () => {
    expect(form(example, exclusive)).toBe(
      '<n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"></n3:stuff></n1:elem2>',
    )
  })

  test('exclusive with a list of prefixes: with those too', () => {
    expect(form(example, { ...exclusive, inclusivePrefixes: new Set(['n0', 'n3', 'absent']) })).toBe(
      '<n1:elem2 xmlns:n0="foo:bar" xmlns:n1="http://example.net" xmlns:n3="ftp://example.org" xml:lang="en"><n3:stuff></n3:stuff></n1:elem2>',
    )
  })

  test('the default namespace is one of the prefixes', () => {
    const document = '<a xmlns="urn:a"><b><p:c xmlns:p="urn:p"><p:d/></p:c></b></a>'
    expect(form(document, exclusive)).toBe('<p:c xmlns:p="urn:p"><p:d></p:d></p:c>')
    expect(form(document, { ...exclusive, inclusivePrefixes: new Set(['']) })).toBe(
      '<p:c xmlns="urn:a" xmlns:p="urn:p"><p:d></p:d></p:c>',
    )
  })
})
