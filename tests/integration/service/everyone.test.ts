import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exclusionSignCodes, legalCapacityCodes, portalMessages } from '../../../src/shared/domain/reference-data.ts'
import { listPeople, type Stand, startStand } from '../../../src/stand/start-stand.ts'
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
  stand = await startStand({ dataDir: standData })
  open = await openTrainingWorkstation({ stand, dataDir: path.join(temp.path, 'data') })
})
afterAll(async () => {
  await open.workstation.close()
  await stand.close()
  temp.remove()
})

/** Every seventh of the refused reaches every directory entry; the long run asks everybody. */
const STEP = process.env['ARM_TEST_LONG'] === '1' ? 1 : 7

test('people of the register get the answer that the stand lists, and the operator sees the statuses', async () => {
  const people = (await listPeople({ dataDir: standData })).filter(
    (person, index) => index % STEP === 0 || person.expect.outcome === 'registered',
  )
  const seen = { messages: new Set<string>(), capacities: new Set<string>(), outcomes: new Set<string>() }
  for (const { iin, name, expect: expected } of people) {
    const checked = await open.workstation.checkRegistration({ iin, confirmWarnings: false, operator })
    if (!checked.ok) throw new Error(`${iin}: ${checked.failure.code}`)
    const { person, refusal, registered } = checked.value
    expect(person?.name).toBe(name)
    seen.capacities.add(person?.legalCapacity ?? '')
    const outcome = refusal !== undefined ? 'refused' : registered ? 'registered' : 'issued'
    expect(outcome, iin).toBe(expected.outcome)
    expect(refusal?.portalMessage, iin).toBe(expected.message)
    seen.outcomes.add(outcome)
    if (refusal?.portalMessage !== undefined) seen.messages.add(refusal.portalMessage)
  }
  expect([...seen.capacities].sort()).toEqual([...legalCapacityCodes])
  expect(seen.outcomes).toEqual(new Set(['issued', 'registered', 'refused']))
  const every = [
    portalMessages.deceased,
    ...exclusionSignCodes.map(portalMessages.excluded),
    portalMessages.prosecutorRecord,
  ]
  expect([...seen.messages].sort()).toEqual([...every].sort())
}, 120_000)

test('an issue of each kind agrees with the check of it, and changes nobody else', async () => {
  const before = await listPeople({ dataDir: standData })
  const first = (outcome: string): string => before.find((person) => person.expect.outcome === outcome)?.iin ?? ''
  const issue = open.workstation.issueCredentials
  expect(await issue(issueInput(first('registered')))).toMatchObject({ value: { outcome: 'registered' } })
  expect(await issue(issueInput(first('refused')))).toMatchObject({ value: { outcome: 'refused' } })
  const fresh = first('issued')
  const issued = await issue(issueInput(fresh))
  expect(issued).toMatchObject({ value: { outcome: 'issued', action: 'created', message: portalMessages.registered } })
  const after = await listPeople({ dataDir: standData })
  const changed = after.filter(({ iin, expect: { outcome } }) => {
    return before.find((person) => person.iin === iin)?.expect.outcome !== outcome
  })
  expect(changed.map(({ iin }) => iin)).toEqual([fresh])
})
