import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WorkstationPorts } from '../../../src/main/compose.ts'
import type { SettingsDocument } from '../../../src/main/settings/load-settings.ts'
import type { FailureCode } from '../../../src/shared/contract/failure.ts'
import type { StandFault } from '../../../src/shared/domain/training.ts'
import { listPeople, type Stand, startStand, writeStandFault } from '../../../src/stand/start-stand.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import {
  issueInput,
  openTrainingWorkstation,
  operator,
  type TestWorkstation,
} from '../../support/training-workstation.ts'

const temp = makeTempDir()
const standData = path.join(temp.path, 'stand')
let stand: Stand
beforeAll(async () => {
  stand = await startStand({ dataDir: standData })
})
afterAll(async () => {
  await stand.close()
  temp.remove()
})

let folders = 0
/** A workstation whose memory of evidence is empty: every fault is met at once. */
const openFresh = (
  change: (document: SettingsDocument) => SettingsDocument,
  wrap: (ports: WorkstationPorts) => WorkstationPorts = (same) => same,
  transport: 'none' | 'wsse' = 'none',
): Promise<TestWorkstation> =>
  openTrainingWorkstation({
    stand,
    dataDir: path.join(temp.path, `data-${++folders}`),
    profile: { form: 'cms', algorithm: 'rsa', transport, timestamp: false },
    change,
    wrap,
  })

const onlyOcsp = (document: SettingsDocument): SettingsDocument => ({
  ...document,
  revocation: { ...document.revocation, crl: false, authorityRevocation: 'where-available', retrySeconds: 0 },
})
const onlyCrl = (document: SettingsDocument): SettingsDocument => ({
  ...document,
  revocation: { ...document.revocation, ocsp: false, retrySeconds: 0 },
})

async function underFault<T>(fault: StandFault | undefined, work: () => Promise<T>): Promise<T> {
  await writeStandFault({ dataDir: standData, fault })
  return work().finally(() => writeStandFault({ dataDir: standData, fault: undefined }))
}

async function freshCitizen(): Promise<string> {
  const people = await listPeople({ dataDir: standData })
  return people.find((person) => person.expect.outcome === 'issued')?.iin ?? ''
}

/** Issues, and sees to it that nothing of a refusal can be printed. */
async function issueWith({ workstation }: TestWorkstation) {
  const issued = await workstation.issueCredentials(issueInput(await freshCitizen()))
  if (!issued.ok) throw new Error(issued.failure.code)
  if (issued.value.outcome !== 'issued') {
    expect(await workstation.printEnvelope.print({ requestId: issued.value.requestId, operator })).toMatchObject({
      failure: { code: 'print.nothing-pending' },
    })
  }
  return issued.value
}

describe('the own certificate, before anything is signed', () => {
  const faults: readonly (readonly [StandFault, typeof onlyOcsp, FailureCode, RegExp])[] = [
    ['workstation-certificate-revoked', onlyOcsp, 'sign.certificate-revoked', /^REVOKED: .*keyCompromise/],
    ['workstation-certificate-revoked', onlyCrl, 'sign.certificate-revoked', /^REVOKED: .*keyCompromise/],
    ['ocsp-unreachable', onlyOcsp, 'sign.certificate-status-unknown', /OCSP 127\.0\.0\.1:\d+ ECONNRESET/],
    ['ocsp-stale', onlyOcsp, 'sign.certificate-status-unknown', /stale/],
    ['crl-unreachable', (both) => both, 'sign.certificate-status-unknown', /УЧЕБНЫЙ УДОСТОВЕРЯЮЩИЙ ЦЕНТР/],
    ['crl-unreachable', onlyCrl, 'sign.certificate-status-unknown', /CRL 127\.0\.0\.1:\d+ ECONNRESET/],
  ]

  test.each(faults)('%s: nothing is sent', async (fault, change, code, why) => {
    await underFault(fault, async () => {
      const open = await openFresh(change)
      const issued = await issueWith(open)
      expect(issued).toMatchObject({ outcome: 'failed', failure: { code, detail: expect.stringMatching(why) } })
      const { requestId } = issued
      const events = open.ports.audit
        .list({ limit: 50 })
        .flatMap((row) => (row.requestId === requestId ? row.event : []))
      expect(events).toEqual(['request.failed', 'request.prepared'])
      await open.workstation.close()
    })
  })

  test('the key of a revoked certificate stays refused, and its state says so', async () => {
    const open = await openFresh(onlyOcsp)
    await underFault('workstation-certificate-revoked', async () => {
      await issueWith(open)
    })
    expect(open.workstation.watch.current().key).toMatchObject({ state: 'refused' })
    expect(await issueWith(open)).toMatchObject({ outcome: 'failed', failure: { code: 'sign.certificate-revoked' } })
    await open.workstation.close()
  })

  test('a service that answers again is asked again', async () => {
    const open = await openFresh(onlyOcsp)
    await underFault('ocsp-unreachable', async () => {
      await issueWith(open)
    })
    expect(await issueWith(open)).toMatchObject({ outcome: 'issued' })
    await open.workstation.close()
  })
})

describe('the portal’s certificate, after the reply has come', () => {
  /** The fault begins when the reply is there. */
  const repliedBefore = async (fault: StandFault, change: typeof onlyOcsp) => {
    const open = await openFresh(change, (ports) => ({
      ...ports,
      gateway: {
        ...ports.gateway,
        async send(message) {
          const answer = await ports.gateway.send(message)
          await writeStandFault({ dataDir: standData, fault })
          return answer
        },
      },
    }))
    const issued = await underFault(undefined, () => issueWith(open))
    await open.workstation.close()
    return issued
  }

  const faults: readonly (readonly [StandFault, FailureCode, RegExp])[] = [
    ['portal-certificate-revoked', 'reply.certificate-revoked', /^TOTAL-FAILED\/REVOKED: .*keyCompromise/],
    ['ocsp-unreachable', 'reply.certificate-status-unknown', /^INDETERMINATE\/TRY_LATER: OCSP .*ECONNRESET/],
    ['ocsp-stale', 'reply.certificate-status-unknown', /^INDETERMINATE\/TRY_LATER: .*stale/],
    ['ocsp-other-certificate', 'reply.certificate-status-unknown', /no OCSP response speaks of it/],
    ['ocsp-unauthorised', 'reply.certificate-status-unknown', /signed by nobody entitled/],
  ]

  test.each(faults)('%s: nothing is printed, and the code says why', async (fault, code, why) => {
    const issued = await repliedBefore(fault, onlyOcsp)
    expect(issued).toMatchObject({ outcome: 'unknown', failure: { code, detail: expect.stringMatching(why) } })
  })

  test('with CRLs beside OCSP one that is silent does no harm, and a revocation by either decides', async () => {
    const both = (same: SettingsDocument) => same
    const open = await openFresh(both)
    expect(await underFault('ocsp-unreachable', () => issueWith(open))).toMatchObject({ outcome: 'issued' })
    await open.workstation.close()
    const revoked = await repliedBefore('portal-certificate-revoked', both)
    expect(revoked).toMatchObject({ outcome: 'unknown', failure: { code: 'reply.certificate-revoked' } })
  })
})

test('whoever signed the envelope is revoked: refused before the document in it is looked at', async () => {
  const open = await openFresh(
    onlyOcsp,
    (ports) => ({
      ...ports,
      signer: {
        ...ports.signer,
        async sign(content) {
          const signed = await ports.signer.sign(content)
          await writeStandFault({ dataDir: standData, fault: 'portal-certificate-revoked' })
          return signed
        },
      },
    }),
    'wsse',
  )
  const issued = await underFault(undefined, () => issueWith(open))
  await open.workstation.close()
  expect(issued).toMatchObject({
    outcome: 'unknown',
    failure: { code: 'gateway.signature-untrusted', detail: expect.stringContaining('REVOKED') },
  })
})

test('a portal whose clock is three minutes ahead is served, and the difference is told', async () => {
  const ahead = await startStand({
    dataDir: path.join(temp.path, 'stand-ahead'),
    now: () => new Date(Date.now() + 3 * 60_000),
  })
  const open = await openTrainingWorkstation({
    stand: ahead,
    dataDir: path.join(temp.path, 'data-ahead'),
    // The authority's clock is ahead as well, by more than its answers may be.
    change: (document) => ({ ...document, revocation: { crl: false, ocsp: false } }),
  })
  expect(open.workstation.watch.current().clock).toEqual({})
  const people = await listPeople({ dataDir: path.join(temp.path, 'stand-ahead') })
  const iin = people.find((person) => person.expect.outcome === 'issued')?.iin ?? ''
  expect(await open.workstation.issueCredentials(issueInput(iin))).toMatchObject({ value: { outcome: 'issued' } })
  const { offsetSeconds } = open.workstation.watch.current().clock
  expect(offsetSeconds).toBeGreaterThan(170)
  expect(offsetSeconds).toBeLessThanOrEqual(180)
  await open.workstation.close()
  await ahead.close()
})
