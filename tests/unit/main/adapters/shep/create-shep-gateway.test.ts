import { expect, test } from 'vitest'
import { createShepGateway } from '../../../../../src/main/adapters/shep/create-shep-gateway.ts'

const options = { serviceId: 's', senderId: 'i', deadlineMs: 1000, authorityPem: '' }

test.each(['http://gateway.example/', 'ftp://gateway.example/', 'https://user:secret@gateway.example/', 'gateway', ''])(
  'an address that is not plain https is refused, without being quoted: %j',
  (url) => {
    expect(() => createShepGateway({ ...options, url })).toThrow(/needs an https: URL/)
    expect(() => createShepGateway({ ...options, url })).not.toThrow(/secret/)
  },
)

test.each([
  ['nothing', ''],
  ['no list', []],
  ['no certificate', 'hello'],
  ['one bad among others', ['hello']],
])('an authority that is %s is refused at once', (_name, authorityPem) => {
  expect(() => createShepGateway({ ...options, url: 'https://gateway.example/', authorityPem })).toThrow()
})
