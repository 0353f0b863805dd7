import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { judgeSignedMessage } from '../../../src/main/adapters/cms/judge-signed-message.ts'
import { readSignedMessage } from '../../../src/main/adapters/cms/read-signed-message.ts'
import { trustProfiles } from '../../../src/main/adapters/trust/trust-profile.ts'
import { parseCertificate } from '../../../src/main/adapters/x509/certificate.ts'
import { type Refusal, refusalOf } from '../../../src/main/adapters/x509/outcome.ts'
import { ANY_POLICY_WILL_DO } from '../../../src/main/adapters/x509/policy-graph.ts'
import { createTestPki, extension, issueCertificate, moments, signerExtensions } from '../../support/pki-certificate.ts'
import { attribute, signedData, signerInfo, signMessage } from '../../support/pki-cms.ts'
import * as der from '../../support/pki-der.ts'
import { createOpensslFolder } from '../../support/pki-files.ts'
import { rsaKeys } from '../../support/pki-keys.ts'
import { type Mutant, mutantsOf } from './mutate-message.ts'

const COUNT = process.env['ARM_TEST_LONG'] ? 6_000 : 300
const SEED = 20_260_601
/** OpenSSL processes in one run of the shell. */
const BATCH = 500

const { root, authority, signer } = createTestPki()
const content = Buffer.from('<request>Тест</request>', 'utf8')
const certificates = [signer, authority]
const keyed = issueCertificate({
  subject: 'By key identifier',
  keys: rsaKeys('identified'),
  issuer: authority,
  extensions: [...signerExtensions(), extension.subjectKeyIdentifier(rsaKeys('identified'))],
})
const keyIdentifier = createHash('sha1').update(keyed.keys.publicKeyInfo).digest()

/** Valid messages of several forms, all of them accepted by both sides. */
const originals: readonly Buffer[] = [
  signMessage({ signer, content, certificates }),
  signMessage({ signer, content, certificates, digest: 'sha512' }),
  signMessage({ signer, content, certificates: [signer, authority, root] }),
  signMessage({ signer: keyed, content, certificates: [keyed, authority], sid: der.implicit(0, keyIdentifier) }),
  signMessage({
    signer,
    content,
    certificates,
    unsignedAttributes: [attribute('1.2.3.4.5', der.utf8('unsigned'))],
  }),
  signedData({
    signerInfos: [
      signerInfo({
        signer,
        content,
        attributes: ({ contentType = [], messageDigest = [] }) => ({ contentType, messageDigest }),
      }),
    ],
    content,
    certificates,
  }),
]

type Judged =
  | { readonly accepted: true; readonly content: Buffer }
  | { readonly accepted: false; readonly refusal: Refusal }

/** Ours, by RFC 5280 alone, without revocation, the path from the message alone: what OpenSSL is asked too. */
function judgeOurs(message: Buffer): Judged {
  const read = readSignedMessage(message)
  if (read === undefined) return { accepted: false, refusal: refusalOf('FORMAT_FAILURE', 'no SignedData') }
  const { checkSigner, checkTimestampAuthority } = trustProfiles.rfc5280
  const anchor = parseCertificate(root.der)
  if (anchor === undefined) throw new Error('malformed certificate')
  const judged = judgeSignedMessage(read, {
    trust: { anchors: [anchor], intermediates: [], policy: ANY_POLICY_WILL_DO },
    checkSigner,
    checkTimestampAuthority,
    at: moments.now,
    now: moments.now,
  })
  const refused = judged.find(({ refusal }) => refusal !== undefined)?.refusal
  if (judged.length === 0) return { accepted: false, refusal: refusalOf('FORMAT_FAILURE', 'no signer') }
  if (refused !== undefined) return { accepted: false, refusal: refused }
  return { accepted: true, content: Buffer.from(read.content ?? []) }
}

/**
 * Why we refuse what OpenSSL takes. A difference that is none of these fails the test: it is either a fault of ours
 * or a rule that has to be written down here.
 */
const explanations: readonly (readonly [name: string, subIndication: string, reason: RegExp])[] = [
  // OpenSSL passes over lengths that are not minimal, elements too many, certificates that it cannot use, wrong
  // versions, an unannounced digest; we read a message whole or not at all.
  ['stricter reading of the structure', 'FORMAT_FAILURE', /^no SignedData$/],
  ['a message without signers says nothing', 'FORMAT_FAILURE', /^no signer$/],
  // RFC 5652, 5.3: DER, one value each; OpenSSL sorts attributes anew before it hashes them.
  ['signed attributes to the letter', 'SIG_CONSTRAINTS_FAILURE', /^(signed attributes|no signed attributes)/],
  ['content of another type than data', 'SIG_CONSTRAINTS_FAILURE', /^(content of type|the content-type attribute)/],
  ['signing-certificate-v2 is looked at', 'SIG_CONSTRAINTS_FAILURE', /^signing-certificate-v2/],
  ['signing-certificate-v2 by a digest of the list', 'CRYPTO_CONSTRAINTS_FAILURE', /^signing-certificate-v2/],
  ['algorithms of the list with parameters NULL or none', 'CRYPTO_CONSTRAINTS_FAILURE', /algorithm/],
  ['exactly one certificate answers to the signer identifier', 'NO_SIGNING_CERTIFICATE_FOUND', /./],
  ['the timestamp of a signature is judged', 'FORMAT_FAILURE', /^the (unsigned attributes|timestamp)/],
]

describe.skipIf(spawnSync('openssl', ['version']).error !== undefined)(
  `${COUNT} mutants of valid messages, judged by us and by OpenSSL (skipped where OpenSSL is absent)`,
  () => {
    const folder = createOpensslFolder()
    afterAll(() => folder.remove())
    const rootFile = folder.certificateFile('root.pem', [root])

    /** One shell for many: what OpenSSL says of each file, and the content that it hands out. */
    const judgeTheirs = (messages: readonly Buffer[]): readonly (Buffer | undefined)[] => {
      const place = folder.file('mutants')
      if (!existsSync(place)) mkdirSync(place)
      for (const [i, message] of messages.entries()) writeFileSync(path.join(place, `${i}.der`), message)
      const options = `-verify -inform DER -CAfile "${rootFile}" -no-CApath -purpose any -binary`
      const at = `-attime ${Math.floor(moments.now.getTime() / 1000)}`
      const loop = `i=0; while [ $i -lt ${messages.length} ]; do openssl cms ${options} ${at} -in "${place}/$i.der" -out "${place}/$i.out" >/dev/null 2>&1 && echo 1 || echo 0; i=$((i+1)); done`
      const run = spawnSync('sh', ['-c', loop], { encoding: 'utf8', maxBuffer: 1 << 24 })
      const lines = run.stdout.trim().split('\n')
      if (lines.length !== messages.length) throw new Error(`OpenSSL judged ${lines.length} of ${messages.length}`)
      return lines.map((line, i) => (line === '1' ? readFileSync(path.join(place, `${i}.out`)) : undefined))
    }

    test('both accept every message that mutants are made of, and its content', () => {
      expect(originals.map(judgeOurs)).toEqual(originals.map(() => ({ accepted: true, content })))
      expect(judgeTheirs(originals)).toEqual(originals.map(() => content))
    })

    test('nothing passes here that OpenSSL refuses, and every other difference has a name', () => {
      const mutants: Mutant[] = []
      for (const mutant of mutantsOf(originals, SEED)) {
        mutants.push(mutant)
        if (mutants.length === COUNT) break
      }
      const seen = { 'both refuse': 0, 'both accept': 0 } as Record<string, number>
      const unexplained: string[] = []
      for (let from = 0; from < mutants.length; from += BATCH) {
        const batch = mutants.slice(from, from + BATCH)
        const theirs = judgeTheirs(batch.map(({ message }) => message))
        for (const [i, { mutation, message }] of batch.entries()) {
          const [our, their] = [judgeOurs(message), theirs[i]]
          const name = nameOf(our, their)
          if (name === undefined) {
            const said = our.accepted ? 'accepted' : `${our.refusal.subIndication}: ${our.refusal.reason}`
            unexplained.push(
              `mutant ${from + i} (${mutation}): ours ${said}, OpenSSL ${their === undefined ? 'refused' : 'accepted'}`,
            )
          } else seen[name] = (seen[name] ?? 0) + 1
        }
      }
      expect(unexplained).toEqual([])
      // The mutants reach all three: refused by both, accepted by both, refused by us alone.
      expect(seen['both refuse']).toBeGreaterThan(COUNT / 3)
      expect(seen['both accept']).toBeGreaterThan(0)
      expect(Object.keys(seen).length).toBeGreaterThan(3)
    }, 600_000)
  },
)

function nameOf(our: Judged, their: Buffer | undefined): string | undefined {
  if (our.accepted) return their?.equals(our.content) ? 'both accept' : undefined
  if (their === undefined) return 'both refuse'
  const { subIndication, reason } = our.refusal
  return explanations.find(([, code, words]) => code === subIndication && words.test(reason))?.[0]
}
