import { expect, test } from 'vitest'
import { parseCertificate } from '../../../../../src/main/adapters/x509/certificate.ts'
import { checkNucSigner, checkNucTimestampAuthority } from '../../../../../src/main/adapters/x509/nuc-profile.ts'
import { extension, issueCertificate, nameOf } from '../../../../support/pki-certificate.ts'
import * as der from '../../../../support/pki-der.ts'
import { rsaKeys } from '../../../../support/pki-keys.ts'

const PERSON = '1.2.398.3.3.4.1.1'
const LEGAL = '1.2.398.3.3.4.1.2'
const EMAIL = '1.3.6.1.5.5.7.3.4'
const IIN = ['2.5.4.5', der.printable('IIN123456789011')] as const
const UID = ['0.9.2342.19200300.100.1.1', der.utf8('1.2.398.6.10.1.1')] as const
const NAME = ['2.5.4.3', der.utf8('Name')] as const

interface Recipe {
  readonly name?: readonly (readonly [type: string, value: Buffer])[]
  readonly usage?: readonly ('digitalSignature' | 'nonRepudiation' | 'keyEncipherment')[]
  readonly purposes?: readonly string[]
  readonly policy?: string
}

const certificateOf = ({
  name = [NAME, IIN],
  usage = ['digitalSignature', 'nonRepudiation'],
  purposes = [EMAIL, PERSON],
  policy = '1.2.398.3.3.2',
}: Recipe) => {
  const extensions = [
    extension.keyUsage(...usage),
    ...(purposes.length > 0 ? [extension.extendedKeyUsage(...purposes)] : []),
    extension.policies(policy),
  ]
  const issued = issueCertificate({ subject: nameOf(...name), keys: rsaKeys('shared'), extensions })
  const certificate = parseCertificate(issued.der)
  if (certificate === undefined) throw new Error('the test made a malformed certificate')
  return certificate
}

test.each<[string, Recipe]>([
  ['a person', {}],
  ['a person before 2022', { policy: '1.2.398.3.3.2.3' }],
  ['a person with a bit of authentication beside nonRepudiation', { usage: ['nonRepudiation', 'keyEncipherment'] }],
  ['a legal entity', { purposes: [EMAIL, LEGAL] }],
  ['an information system with its UID', { name: [UID, NAME], purposes: [LEGAL] }],
])("НУЦ's certificate of %s is for signing.", (_, recipe) => {
  expect(checkNucSigner(certificateOf(recipe))).toMatchObject({ ok: true })
})

test.each<[string, Recipe]>([
  ['is for authentication', { usage: ['digitalSignature', 'keyEncipherment'] }],
  ['is of nobody', { purposes: [EMAIL] }],
  ['names no purpose', { purposes: [] }],
  ["has another authority's policy", { policy: '1.2.3.4' }],
  ["has a policy that only begins like НУЦ's", { policy: '1.2.398.3.3.2.1.1' }],
  ['has the policy of timestamps', { policy: '1.2.398.3.3.2.6' }],
  ['is of an information system without UID', { name: [NAME], purposes: [LEGAL] }],
  [
    'is of an information system with a UID of another country',
    {
      name: [['0.9.2342.19200300.100.1.1', der.utf8('1.2.643.1')], NAME],
      purposes: [LEGAL],
    },
  ],
])('A certificate that %s is refused by its use.', (_, recipe) => {
  expect(checkNucSigner(certificateOf(recipe))).toMatchObject({
    ok: false,
    refusal: { indication: 'TOTAL-FAILED', subIndication: 'CHAIN_CONSTRAINTS_FAILURE' },
  })
})

test.each<[string, Recipe, boolean]>([
  [
    'passes with the purpose alone and the policy',
    { purposes: ['1.3.6.1.5.5.7.3.8'], policy: '1.2.398.3.3.2.6.1' },
    true,
  ],
  ['fails with another purpose beside', { purposes: ['1.3.6.1.5.5.7.3.8', PERSON], policy: '1.2.398.3.3.2.6' }, false],
  ['fails with a policy of signing', { purposes: ['1.3.6.1.5.5.7.3.8'] }, false],
])('A timestamp authority %s.', (_, recipe, ok) => {
  expect(checkNucTimestampAuthority(certificateOf(recipe)).ok).toBe(ok)
})
