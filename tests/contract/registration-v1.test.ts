import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRegistrationXmlCodec } from '../../src/main/adapters/registration-xml/create-registration-xml-codec.ts'
import { parseXml } from '../../src/main/adapters/xml/parse-xml.ts'
import { replyXml, resultXml } from '../support/registration-reply-xml.ts'
import { registrationRequests } from '../support/registration-requests.ts'
import { mutantsOf } from '../support/xml-mutants.ts'
import { xmllintAccepts, xmllintComplaint, xmllintMissing } from '../support/xmllint.ts'

const schema = fileURLToPath(new URL('../../resources/xsd/registration-v1.xsd', import.meta.url))
const codec = createRegistrationXmlCodec()
const title = (text: string) => (xmllintMissing ? `${text} (skipped: xmllint is not installed)` : text)

const replies = Object.values(resultXml).map(replyXml)
const mutants = replies.flatMap((reply) => mutantsOf(reply))

test.skipIf(xmllintMissing)(title('every request that we write is valid against the schema, by xmllint'), () => {
  const documents = fc.sample(registrationRequests, 300).map((request) => codec.encodeRequest(request))
  const verdicts = xmllintAccepts({ documents, schema })
  const refused = documents.find((_, index) => !verdicts[index])
  expect(refused && xmllintComplaint(refused, schema)).toBeUndefined()
  expect(verdicts).toHaveLength(300)
})

test.skipIf(xmllintMissing)(title('the replies of our tests are valid against the schema, and we read them'), () => {
  expect(xmllintAccepts({ documents: replies, schema })).toEqual(replies.map(() => true))
  expect(replies.map((reply) => codec.decodeReply(Buffer.from(reply)).ok)).toEqual(replies.map(() => true))
})

test.skipIf(xmllintMissing)(title('we accept no reply that the schema refuses, among its mutants'), () => {
  const verdicts = xmllintAccepts({ documents: mutants, schema })
  const accepted = mutants.filter((mutant, index) => !verdicts[index] && codec.decodeReply(mutant).ok)
  expect(accepted.map((mutant) => Buffer.from(mutant).toString())).toEqual([])
  // The judge must have had something to refuse, and something to let pass.
  expect(verdicts.filter((valid) => !valid).length).toBeGreaterThan(200)
  expect(verdicts.filter((valid) => valid).length).toBeGreaterThan(20)
})

test.skipIf(xmllintMissing)(title('we parse no document that libxml2 calls malformed'), () => {
  const limits = { bytes: 1e6, depth: 99, elements: 999, attributesPerElement: 99, text: 1e6 }
  const verdicts = xmllintAccepts({ documents: mutants })
  const parsed = mutants.filter((mutant, index) => !verdicts[index] && parseXml({ bytes: mutant, limits }).ok)
  expect(parsed.map((mutant) => Buffer.from(mutant).toString())).toEqual([])
  expect(verdicts.filter((wellFormed) => !wellFormed).length).toBeGreaterThan(50)
})
