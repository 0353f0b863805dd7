import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createRegistrationXmlCodec } from '../../src/main/adapters/registration-xml/create-registration-xml-codec.ts'
import { xmllintComplaint, xmllintMissing } from '../support/xmllint.ts'

const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url))
const examples = [...readFileSync(path('docs/wire-format.md'), 'utf8').matchAll(/```xml\n(.*?)```/gs)].map(
  ([, xml = '']) => xml,
)

test('docs/wire-format.md has an example of each message', () => {
  const messages = examples.map((example) => /<(?:\w+:)?(SendMessage\w*|Fault|registration\w+)/.exec(example)?.[1])
  expect(new Set(messages)).toEqual(
    new Set(['SendMessage', 'SendMessageResponse', 'Fault', 'registrationRequest', 'registrationReply']),
  )
})

test.skipIf(xmllintMissing).each(examples)(
  `the example is valid against its schema${xmllintMissing ? ' (skipped: xmllint is not installed)' : ''}: %#`,
  (example) => {
    const schema = example.includes('<soapenv:') ? 'shep-envelope.xsd' : 'registration-v1.xsd'
    expect(xmllintComplaint(example, path(`resources/xsd/${schema}`))).toBe('- validates\n')
  },
)

test('the replies among the examples are read', () => {
  const replies = examples.filter((example) => example.includes('<registrationReply'))
  const read = replies.map((reply) => createRegistrationXmlCodec().decodeReply(Buffer.from(reply)))
  expect(read.map(({ ok }) => ok)).toEqual(replies.map(() => true))
  expect(replies.length).toBeGreaterThan(2)
})
