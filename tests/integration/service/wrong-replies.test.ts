import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FailureCode } from '../../../src/shared/contract/failure.ts'
import type { StandFault } from '../../../src/shared/domain/training.ts'
import { listPeople, type Stand, startStand, writeStandFault } from '../../../src/stand/start-stand.ts'
import { filesHolding } from '../../support/search-files.ts'
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
let open: TestWorkstation

beforeAll(async () => {
  stand = await startStand({ dataDir: standData, slowMs: 300 })
  open = await openTrainingWorkstation({
    stand,
    dataDir: path.join(temp.path, 'data'),
    // The least that can be agreed on: what is refused here is refused for its content. Profiles have their own test.
    profile: { form: 'cms', algorithm: 'rsa', transport: 'none', timestamp: false },
    change: (document) => ({ ...document, gateway: { ...document.gateway, deadlineSeconds: 2 } }),
  })
})
afterAll(async () => {
  await open.workstation.close()
  await stand.close()
  temp.remove()
})

async function freshCitizen(): Promise<string> {
  const people = await listPeople({ dataDir: standData })
  return people.find((person) => person.expect.outcome === 'issued')?.iin ?? ''
}

const refusals: readonly (readonly [StandFault, FailureCode])[] = [
  ['wrong-iin', 'reply.iin-mismatch'],
  ['wrong-nonce', 'reply.nonce-mismatch'],
  ['wrong-request-id', 'reply.request-id-mismatch'],
  ['other-signer', 'reply.signer-unexpected'],
  ['stale-reply', 'reply.stale'],
  ['fault', 'gateway.fault'],
  ['gateway-error', 'gateway.status'],
  ['garbage', 'gateway.malformed'],
  ['silence', 'gateway.timeout'],
  ['http-500', 'gateway.http-status'],
  ['oversized', 'gateway.too-large'],
]

describe('a reply that does not count', () => {
  test.each(refusals)('%s is refused as %s: the outcome is unknown and nothing can be printed', async (fault, code) => {
    const iin = await freshCitizen()
    await writeStandFault({ dataDir: standData, fault })
    const issued = await open.workstation
      .issueCredentials(issueInput(iin))
      .finally(() => writeStandFault({ dataDir: standData, fault: undefined }))
    if (!issued.ok) throw new Error(issued.failure.code)
    expect(issued.value).toMatchObject({ outcome: 'unknown', failure: { code } })
    const { requestId } = issued.value
    expect(await open.workstation.printEnvelope.print({ requestId, operator })).toMatchObject({
      failure: { code: 'print.nothing-pending' },
    })
    expect(open.workstation.recovery.list().map((request) => request.requestId)).toContain(requestId)
    const [row] = open.ports.audit.list({ limit: 1 })
    expect(row).toMatchObject({ event: 'request.outcome-unknown', outcome: code, requestId })
  })

  test('an altered byte of the signed message is refused wherever it lands', async () => {
    const iin = await freshCitizen()
    await writeStandFault({ dataDir: standData, fault: 'altered-byte' })
    const issued = await open.workstation
      .issueCredentials(issueInput(iin))
      .finally(() => writeStandFault({ dataDir: standData, fault: undefined }))
    expect(issued).toMatchObject({ ok: true, value: { outcome: 'unknown' } })
    expect(issued.ok && 'failure' in issued.value && issued.value.failure.code).toMatch(/^reply\./)
  })

  test('the same faults on a check end it as failed: a check changes nothing', async () => {
    const iin = await freshCitizen()
    for (const [fault, code] of refusals.slice(0, 3)) {
      await writeStandFault({ dataDir: standData, fault })
      const checked = await open.workstation.checkRegistration({ iin, confirmWarnings: false, operator })
      expect(checked).toMatchObject({
        ok: false,
        failure: { code, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      })
    }
    await writeStandFault({ dataDir: standData, fault: undefined })
    const open2 = open.workstation.recovery.list()
    expect(open2.every((request) => request.state === 'unknown')).toBe(true)
  })
})

test("the portal's own failure is a verified refusal, not an unknown outcome", async () => {
  await writeStandFault({ dataDir: standData, fault: 'portal-failure' })
  const issued = await open.workstation
    .issueCredentials(issueInput(await freshCitizen()))
    .finally(() => writeStandFault({ dataDir: standData, fault: undefined }))
  expect(issued).toMatchObject({ ok: true, value: { outcome: 'refused', failure: { code: 'portal.failed' } } })
})

test('a slow portal within the deadline is waited for', async () => {
  await writeStandFault({ dataDir: standData, fault: 'slow' })
  const issued = await open.workstation
    .issueCredentials(issueInput(await freshCitizen()))
    .finally(() => writeStandFault({ dataDir: standData, fault: undefined }))
  expect(issued).toMatchObject({ ok: true, value: { outcome: 'issued' } })
})

test('a gateway that is not there is a plain failure: nothing left, nothing is unknown', async () => {
  const elsewhere = await openTrainingWorkstation({
    stand,
    dataDir: path.join(temp.path, 'unreachable'),
    change: (document) => ({ ...document, gateway: { ...document.gateway, url: 'https://127.0.0.1:9/' } }),
  })
  const issued = await elsewhere.workstation.issueCredentials(issueInput(await freshCitizen()))
  expect(issued).toMatchObject({ ok: true, value: { outcome: 'failed', failure: { code: 'gateway.unreachable' } } })
  expect(elsewhere.workstation.recovery.list()).toEqual([])
  await elsewhere.workstation.close()
})

test('the profile plain issues and prints as well, and an unasked delivery is refused', async () => {
  const plain = await openTrainingWorkstation({
    stand,
    dataDir: path.join(temp.path, 'plain'),
    change: (document) => ({ ...document, passwordDelivery: 'plain' }),
  })
  const issued = await plain.workstation.issueCredentials(issueInput(await freshCitizen()))
  if (!issued.ok || issued.value.outcome !== 'issued') throw new Error('not issued')
  const { requestId } = issued.value
  const printed = await plain.workstation.printEnvelope.print({ requestId, operator })
  expect(printed.ok).toBe(true)
  expect(await plain.workstation.printEnvelope.print({ requestId, operator })).toMatchObject({
    failure: { code: 'print.already-printed' },
  })
  expect(plain.workstation.printEnvelope.confirm({ requestId, handed: false, operator })).toMatchObject({ ok: true })
  expect(plain.ports.audit.list({ limit: 1 })[0]).toMatchObject({ event: 'envelope.not-handed' })
  await plain.workstation.close()
})

test('an envelope that nobody prints is discarded when the operator goes on, and its password is wiped', async () => {
  let captured: Uint8Array | undefined
  const watched = await openTrainingWorkstation({
    stand,
    dataDir: path.join(temp.path, 'watched'),
    wrap: (ports) => ({
      ...ports,
      seal: {
        ...ports.seal,
        async newOneTimeKey() {
          const key = await ports.seal.newOneTimeKey()
          return {
            ...key,
            async open(sealed) {
              const opened = await key.open(sealed)
              if (opened.ok) captured = opened.value
              return opened
            },
          }
        },
      },
    }),
  })
  const issued = await watched.workstation.issueCredentials(issueInput(await freshCitizen()))
  expect(issued).toMatchObject({ value: { outcome: 'issued' } })
  const password = Buffer.from(captured ?? []).toString('latin1')
  expect(password).toMatch(/^[!-~]{12}$/)
  watched.workstation.discardEnvelope({ operator })
  expect(captured?.every((byte) => byte === 0)).toBe(true)
  expect(watched.ports.audit.list({ limit: 1 })[0]).toMatchObject({ event: 'envelope.discarded' })
  await watched.workstation.close()
  expect(filesHolding(temp.path, password)).toEqual([])
})
