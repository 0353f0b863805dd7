import path from 'node:path'
import type { TrainingProfile } from '../../src/main/compose-training.ts'
import { type Figure, figure } from './figure.ts'
import { need, openBenchWorkstation } from './open-bench-workstation.ts'
import { timeMany } from './stopwatch.ts'
import type { Yardsticks } from './yardsticks.ts'

const RUNS = 60
const WARM_UPS = 6
/** A document is verified once: a signature found right is remembered. */
const DOCUMENTS = 2 * (RUNS + WARM_UPS)
const TARGETS_MS = { rsa: 15, gost2015: 30 } as const

/** What a reply looks like to a verifier: about as long, and one signature of the profile. */
const reply = Buffer.from(`<reply xmlns="urn:example">${'x'.repeat(1500)}</reply>`)

/**
 * The whole verification of a reply, thread and back, with path and revocation, whose evidence is at hand from the first
 * run on; one profile after another.
 */
export async function measureVerification(options: {
  readonly folder: string
  readonly yardsticks: Yardsticks
}): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const form of ['cms', 'xmldsig'] as const) {
    for (const algorithm of ['rsa', 'gost2015'] as const) {
      const profile: TrainingProfile = { form, algorithm, transport: 'none', timestamp: false }
      const dataDir = path.join(options.folder, `verification-${form}-${algorithm}`)
      const bench = await openBenchWorkstation({ dataDir, profile, onStep: () => undefined })
      try {
        const { signer, verifier } = bench.ports
        const signed = await Promise.all(Array.from({ length: DOCUMENTS }, () => signer.sign(reply)))
        const documents = signed.map(need)
        const verify = async () => {
          const { indication } = await verifier.verify(documents.pop() ?? '', new Date())
          if (indication !== 'TOTAL-PASSED') throw new Error(indication)
        }
        await timeMany(WARM_UPS, verify)
        const name = `whole verification of a reply, ${form} ${algorithm === 'rsa' ? 'RSA' : 'ГОСТ-512'}`
        const samples = await timeMany(RUNS, verify)
        figures.push(figure(name, 'median', samples, options.yardsticks.rsaVerify, TARGETS_MS[algorithm]))
      } finally {
        await bench.close()
      }
    }
  }
  return figures
}
