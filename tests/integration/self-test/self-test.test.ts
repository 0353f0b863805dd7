import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { runSelfTest } from '../../../src/main/adapters/self-test/run-self-test.ts'
import { answerOf, runArm } from '../../support/run-arm.ts'

const file = path.resolve(import.meta.dirname, '..', '..', '..', 'resources', 'vectors', 'kz-gost-vectors.json')
const vectors = readFileSync(file)
const failed = async (changed: Uint8Array) =>
  (await runSelfTest({ vectors: changed })).checks.filter(({ passed }) => !passed).map(({ name }) => name)

/** The file with one value changed. */
const changedVectors = (
  change: (document: {
    digests: { message: string }[]
    sets: {
      signature: { signature: string }
      xmldsig: { signed: string }
      crl: { crl: string }
      timestamp: { covered: string }
      cms: { message: string }[]
    }[]
  }) => void,
) => {
  const document = JSON.parse(vectors.toString('utf8'))
  change(document)
  return Buffer.from(JSON.stringify(document))
}

describe('the cryptographic self-test', () => {
  test('passes, through the console too', async () => {
    const report = await runSelfTest({ vectors })
    expect(report.checks.filter(({ passed }) => !passed)).toEqual([])
    expect(report.passed).toBe(true)
    expect(report.checks.length).toBeGreaterThan(25)
    const run = await runArm(['self-test', '--json'])
    expect(run.code).toBe(0)
    expect(answerOf(run)).toMatchObject({ passed: true, runtime: expect.stringContaining('OpenSSL') })
  })

  test('can fail: each change of the vectors is noticed where it belongs', async () => {
    const flipped = (hex: string) => `${hex.startsWith('0') ? '1' : '0'}${hex.slice(1)}`
    expect(
      await failed(
        changedVectors(({ digests }) => {
          for (const item of digests.slice(0, 1)) item.message = '00'
        }),
      ),
    ).toEqual(['Streebog-512, Streebog-256, ГОСТ 34.311-95'])
    expect(
      await failed(
        changedVectors(({ sets }) => {
          for (const set of sets.slice(0, 1)) set.signature.signature = flipped(set.signature.signature)
        }),
      ),
    ).toEqual(['gost2015-512: signature verifies, and not over anything else'])
    expect(
      await failed(
        changedVectors(({ sets }) => {
          for (const set of sets.slice(1)) set.timestamp.covered = flipped(set.timestamp.covered)
        }),
      ),
    ).toEqual(['gost2015-256: timestamp, and not over anything else'])
    expect(
      await failed(
        changedVectors(({ sets }) => {
          for (const set of sets.slice(0, 1)) set.crl.crl = ''
        }),
      ),
    ).toEqual(['gost2015-512: path with a CRL', 'gost2015-512: a revoked certificate is refused'])
  })

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['no JSON', Buffer.from('{')],
    ['another document', Buffer.from('{"sets":[]}')],
  ])('a file with %s fails it', async (_what, changed) => {
    expect(await failed(changed)).toEqual(['published vectors are readable'])
  })
})
