import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TrainingProfile } from '../../../src/main/compose-training.ts'
import { listPeople, type Stand, startStand, writeStandFault } from '../../../src/stand/start-stand.ts'
import { makeTempDir } from '../../support/temp-dir.ts'
import {
  issueInput,
  openTrainingWorkstation,
  operator,
  type TestWorkstation,
} from '../../support/training-workstation.ts'

/** Every profile that workstation and portal can agree on, over real TLS, with CRL and OCSP asked. */
const profiles: readonly TrainingProfile[] = (['cms', 'xmldsig'] as const).flatMap((form) =>
  (['rsa', 'gost2015'] as const).flatMap((algorithm) =>
    (['none', 'wsse'] as const).flatMap((transport) =>
      (form === 'cms' ? [false, true] : [false]).map((timestamp) => ({ form, algorithm, transport, timestamp })),
    ),
  ),
)
const nameOf = ({ form, algorithm, transport, timestamp }: TrainingProfile) =>
  [form, algorithm, transport, ...(timestamp ? ['timestamp'] : [])].join(' ')

const temp = makeTempDir()
const standData = path.join(temp.path, 'stand')
let stand: Stand
const open = new Map<string, TestWorkstation>()
beforeAll(async () => {
  stand = await startStand({ dataDir: standData })
})
afterAll(async () => {
  for (const { workstation } of open.values()) await workstation.close()
  await stand.close()
  temp.remove()
})

async function workstationOf(profile: TrainingProfile): Promise<TestWorkstation> {
  const name = nameOf(profile)
  const known = open.get(name)
  if (known !== undefined) return known
  const dataDir = path.join(temp.path, name.replaceAll(' ', '-'))
  const opened = await openTrainingWorkstation({ stand, dataDir, profile })
  open.set(name, opened)
  return opened
}

async function freshCitizen(): Promise<string> {
  const people = await listPeople({ dataDir: standData })
  return people.find((person) => person.expect.outcome === 'issued')?.iin ?? ''
}

test('there are twelve of them', () => {
  expect(profiles).toHaveLength(12)
})

test.each(profiles.map((profile) => [nameOf(profile), profile] as const))(
  '%s: a citizen is checked, issued to, and the envelope printed',
  async (_name, profile) => {
    const { workstation } = await workstationOf(profile)
    const iin = await freshCitizen()
    expect(await workstation.checkRegistration({ iin, confirmWarnings: false, operator })).toMatchObject({
      ok: true,
      value: { registered: false },
    })
    const issued = await workstation.issueCredentials(issueInput(iin))
    expect(issued).toMatchObject({ ok: true, value: { outcome: 'issued' } })
    const requestId = issued.ok ? issued.value.requestId : ''
    expect(await workstation.printEnvelope.print({ requestId, operator })).toMatchObject({ ok: true })
  },
)

describe('a signature of another profile is refused, right as it is', () => {
  const four = profiles.filter(({ transport, timestamp }) => transport === 'none' && !timestamp)
  const document = Buffer.from('<reply xmlns="urn:example"/>')

  test.each(four.map((profile) => [nameOf(profile), profile] as const))('%s', async (name, profile) => {
    const { ports } = await workstationOf(profile)
    for (const other of four) {
      const signer = (await workstationOf(other)).ports.signer
      const signed = await signer.sign(document)
      if (!signed.ok) throw new Error(signed.failure.detail)
      const verdict = await ports.verifier.verify(signed.value, new Date())
      const expected =
        nameOf(other) === name
          ? { indication: 'TOTAL-PASSED' }
          : {
              indication: 'TOTAL-FAILED',
              subIndication: other.form === profile.form ? 'CRYPTO_CONSTRAINTS_FAILURE' : 'FORMAT_FAILURE',
            }
      expect(verdict, nameOf(other)).toMatchObject(expected)
    }
  })

  test('a signature without the timestamp that was agreed on', async () => {
    const [plain, stamped] = [false, true].map((timestamp) =>
      profiles.find((one) => one.form === 'cms' && one.transport === 'none' && one.timestamp === timestamp),
    )
    if (plain === undefined || stamped === undefined) throw new Error('no such profile')
    const signed = await (await workstationOf(plain)).ports.signer.sign(document)
    const { verifier } = (await workstationOf(stamped)).ports
    expect(signed.ok && (await verifier.verify(signed.value, new Date()))).toMatchObject({
      subIndication: 'SIG_CONSTRAINTS_FAILURE',
      reason: expect.stringContaining('no timestamp'),
    })
  })
})

describe('hostile replies', () => {
  const profileOf = (change: Partial<TrainingProfile>): TrainingProfile => ({
    form: 'xmldsig',
    algorithm: 'gost2015',
    transport: 'wsse',
    timestamp: false,
    ...change,
  })

  test.each([
    ['xmldsig-wrapped', profileOf({ transport: 'none' }), /^reply\./],
    ['wsse-other-body', profileOf({}), /^gateway\.signature-wrong$/],
    ['altered-byte', profileOf({ transport: 'none' }), /^reply\./],
    ['other-signer', profileOf({ transport: 'none' }), /^reply\.signer-unexpected$/],
    ['portal-clock', profileOf({}), /^reply\.stale$/],
  ] as const)('%s: nothing is printed', async (fault, profile, code) => {
    const { workstation } = await workstationOf(profile)
    await writeStandFault({ dataDir: standData, fault })
    const issued = await workstation
      .issueCredentials(issueInput(await freshCitizen()))
      .finally(() => writeStandFault({ dataDir: standData, fault: undefined }))
    expect(issued).toMatchObject({ ok: true, value: { outcome: 'unknown' } })
    expect(issued.ok && 'failure' in issued.value ? issued.value.failure.code : '').toMatch(code)
    const requestId = issued.ok ? issued.value.requestId : ''
    expect(await workstation.printEnvelope.print({ requestId, operator })).toMatchObject({
      failure: { code: 'print.nothing-pending' },
    })
  })

  test.each(['tsa-unreachable', 'tsa-other-hash'] as const)('%s: nothing is sent', async (fault) => {
    const profile = { form: 'cms', algorithm: 'gost2015', transport: 'none', timestamp: true } as const
    const { workstation } = await workstationOf(profile)
    await writeStandFault({ dataDir: standData, fault })
    const issued = await workstation
      .issueCredentials(issueInput(await freshCitizen()))
      .finally(() => writeStandFault({ dataDir: standData, fault: undefined }))
    const code = fault === 'tsa-unreachable' ? 'sign.timestamp-unavailable' : 'sign.timestamp-wrong'
    expect(issued).toMatchObject({ ok: true, value: { outcome: 'failed', failure: { code } } })
  })
})
