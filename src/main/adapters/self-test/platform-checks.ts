import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  generateKeyPairSync,
  pbkdf2Sync,
  sign,
  verify,
  webcrypto,
} from 'node:crypto'
import type { Check } from './check.ts'

const octets = (hex: string) => Buffer.from(hex, 'hex')
const hashOf = (name: string, text: string) => createHash(name).update(text).digest('hex')

/** What the platform's own library must give: values that FIPS 180-4, RFC 4231, RFC 7914 and NIST's GCM tests publish. */
export const platformChecks: readonly Check[] = [
  [
    'SHA-256 and SHA-512',
    () =>
      hashOf('sha256', 'abc') === 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' &&
      hashOf('sha512', 'abc').startsWith('ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a'),
  ],
  [
    'HMAC-SHA-256 and HMAC-SHA-512',
    () => {
      const mac = (name: string) => createHmac(name, Buffer.alloc(20, 0x0b)).update('Hi There').digest('hex')
      return (
        mac('sha256') === 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7' &&
        mac('sha512').startsWith('87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde')
      )
    },
  ],
  [
    'PBKDF2 with SHA-256',
    () =>
      pbkdf2Sync('passwd', 'salt', 1, 64, 'sha256').toString('hex') ===
      '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc' +
        '49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783',
  ],
  [
    'AES-256-GCM, and its tag',
    () => {
      const [key, iv] = [Buffer.alloc(32), Buffer.alloc(12)]
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const sealed = Buffer.concat([cipher.update(Buffer.alloc(16)), cipher.final()])
      const tag = cipher.getAuthTag()
      const right =
        sealed.equals(octets('cea7403d4d606b6e074ec5d3baf39d18')) &&
        tag.equals(octets('d0d1c8a799996bf0265b98b5d48ab919'))
      tag[0] = (tag[0] ?? 0) ^ 1
      const decipher = createDecipheriv('aes-256-gcm', key, iv).setAuthTag(tag)
      decipher.update(sealed)
      return right && throws(() => decipher.final())
    },
  ],
  [
    "Triple DES of НУЦ's key files",
    () => {
      // NIST SP 800-67 as three times DES of FIPS 46: with equal keys it is DES itself.
      const key = octets('133457799bbcdff1'.repeat(3))
      const cipher = createCipheriv('des-ede3-cbc', key, Buffer.alloc(8)).setAutoPadding(false)
      return cipher.update(octets('0123456789abcdef')).equals(octets('85e813540f0ab405'))
    },
  ],
  [
    'RSA with SHA-256: what node signs web crypto verifies, and the reverse',
    async () => {
      const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
      const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
      const data = Buffer.from('self-test')
      const spki = publicKey.export({ format: 'der', type: 'spki' })
      const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' })
      const subtle = webcrypto.subtle
      const imported = await subtle.importKey('spki', Uint8Array.from(spki), algorithm, false, ['verify'])
      const signing = await subtle.importKey('pkcs8', Uint8Array.from(pkcs8), algorithm, false, ['sign'])
      const [ours, theirs] = [
        sign('sha256', data, privateKey),
        Buffer.from(await subtle.sign(algorithm, signing, data)),
      ]
      return (
        ours.equals(theirs) &&
        verify('sha256', data, publicKey, theirs) &&
        (await subtle.verify(algorithm, imported, Uint8Array.from(ours), data)) &&
        !verify('sha256', Buffer.from('other'), publicKey, ours)
      )
    },
  ],
]

function throws(act: () => unknown): boolean {
  try {
    act()
    return false
  } catch {
    return true
  }
}
