import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listPeople, type Stand } from '../../../src/stand/start-stand.ts'
import { type StandProcess, startStandProcess } from '../../support/stand-process.ts'
import {
  askPortal,
  elementText,
  openKeyFile,
  replyOf,
  requestDocument,
  type SigningKey,
  sendSoap,
  signCades,
  soapMessage,
  verifyReply,
} from '../../support/stand-workstation.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

const temp = makeTempDir()
const dataDir = join(temp.path, 'stand')
const processes: StandProcess[] = []
let stands: readonly Stand[]
let key: SigningKey
beforeAll(async () => {
  processes.push(...(await Promise.all([startStandProcess(dataDir), startStandProcess(dataDir)])))
  stands = processes.map(({ stand }) => stand)
  key = openKeyFile(join(dataDir, 'authority', 'keys', 'workstation.p12'), temp.path)
}, 120_000)
afterAll(async () => {
  await Promise.all(processes.map((process) => process.kill()))
  temp.remove()
})

const registerPlain = '<registerUser><plainPassword/></registerUser>'
const reissuePlain = '<registerUser><reissueReason>Утрачен пароль</reissueReason><plainPassword/></registerUser>'
const issuable = async (): Promise<readonly string[]> =>
  (await listPeople({ dataDir })).filter((person) => person.expect.outcome === 'issued').map((person) => person.iin)
const signed = (iin: string, operation: string): string =>
  soapMessage(signCades(requestDocument({ iin, operation }), key).toString('base64'))

/** Sends each process its message at the same time. @returns the verified replies. */
async function askAtOnce(messages: readonly string[]): Promise<readonly string[]> {
  const sending = stands.map((stand, position) => sendSoap(stand, messages[position] ?? ''))
  return (await Promise.all(sending)).map((answer, position) => {
    const stand = stands[position]
    if (stand === undefined) throw new Error('no such process')
    return verifyReply(replyOf(answer), stand)
  })
}

test('two processes that create the stand at once share one authority', async () => {
  expect(readdirSync(dataDir)).toEqual(['authority'])
  const [iin = ''] = await issuable()
  for (const stand of stands) {
    expect(elementText(await askPortal(stand, key, requestDocument({ iin })), 'registered')).toBe('false')
  }
})

test('of requests to two processes for one citizen exactly one creates the account', async () => {
  for (const iin of (await issuable()).slice(0, 3)) {
    const replies = await askAtOnce([signed(iin, registerPlain), signed(iin, registerPlain)])
    expect(replies.filter((reply) => reply.includes('<accountIssued>'))).toHaveLength(1)
    expect(replies.filter((reply) => reply.includes('<alreadyRegistered/>'))).toHaveLength(1)
  }
})

test('one request sent to two processes is served once', async () => {
  const [iin = ''] = await issuable()
  const message = signed(iin, reissuePlain)
  const replies = await askAtOnce([message, message])
  expect(replies.filter((reply) => reply.includes('<accountIssued>'))).toHaveLength(1)
  expect(replies.filter((reply) => elementText(reply, 'reason') === 'failed')).toHaveLength(1)
})

test('a process killed while it works leaves accounts that the other reads, and no lock', async () => {
  const [victim, survivor] = processes
  if (victim === undefined || survivor === undefined) throw new Error('two processes were started')
  const iins = (await issuable()).slice(0, 6)
  const done = await askPortal(victim.stand, key, requestDocument({ iin: iins[0] ?? '', operation: registerPlain }))
  expect(done).toContain('<action>created</action>')
  const messages = iins.slice(1).map((iin) => signed(iin, registerPlain))
  const sending = Promise.allSettled(messages.map((message) => sendSoap(victim.stand, message)))
  await new Promise((resolve) => setTimeout(resolve, 100))
  await victim.kill()
  await sending
  for (const [position, iin] of iins.entries()) {
    const reply = await askPortal(survivor.stand, key, requestDocument({ iin, operation: reissuePlain }))
    if (position === 0) expect(elementText(reply, 'action')).toBe('regenerated')
    expect(elementText(reply, 'plainPassword')).toHaveLength(12)
  }
})
