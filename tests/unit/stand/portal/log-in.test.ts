import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { createPopulationRegister } from '../../../../src/stand/population-register/population-register.ts'
import { createAccountBook } from '../../../../src/stand/portal/account-book.ts'
import { createLogIn, type LogIn, type LoginOutcome } from '../../../../src/stand/portal/log-in.ts'
import { createPortalLog } from '../../../../src/stand/portal/portal-log.ts'
import { makeTempDir } from '../../../support/temp-dir.ts'

const register = createPopulationRegister()
const iin = register.people.at(-1)?.iin ?? ''
const password = Buffer.from('Abcdef1!')
let folder: string
let logFile: string
let time: number
let logIn: LogIn

function open(): LogIn {
  const now = () => new Date(time)
  const accounts = createAccountBook({ folder: join(folder, 'accounts'), register, now })
  const log = createPortalLog({ file: logFile, now })
  return createLogIn({ folder: join(folder, 'attempts'), register, accounts, log, now })
}

beforeEach(async () => {
  const temp = makeTempDir()
  folder = temp.path
  logFile = join(folder, 'portal.log')
  time = Date.UTC(2026, 0, 1)
  const accounts = createAccountBook({ folder: join(folder, 'accounts'), register, now: () => new Date(time) })
  expect(await accounts.issue({ iin, password, replace: false })).toBe('created')
  logIn = open()
  return () => temp.remove()
})

const attempt = (text: string | Buffer, login = iin): Promise<LoginOutcome> =>
  logIn.attempt({ login, password: Buffer.from(text) })
async function fail(times: number): Promise<LoginOutcome[]> {
  const outcomes: LoginOutcome[] = []
  for (let round = 0; round < times; round += 1) outcomes.push(await attempt('wrong'))
  return outcomes
}

test('the tenth failure locks for 15 minutes to the millisecond, and then the count begins anew', async () => {
  expect(await fail(9)).toEqual(Array(9).fill('wrong'))
  logIn = open()
  expect(await fail(1)).toEqual(['wrong-and-locked'])
  logIn = open()
  expect(await attempt(password)).toBe('locked')
  time += 15 * 60_000 - 1
  expect(await attempt(password)).toBe('locked')
  time += 1
  expect(await fail(9)).toEqual(Array(9).fill('wrong'))
  expect(await attempt(password)).toBe('right')
})

test('a success forgets the failures before it', async () => {
  await fail(9)
  expect(await attempt(password)).toBe('right')
  expect(await fail(9)).toEqual(Array(9).fill('wrong'))
  expect(await attempt(password)).toBe('right')
})

test('a person without an account is locked like one with an account', async () => {
  const other = register.people.at(-2)?.iin ?? ''
  for (let round = 0; round < 9; round += 1) expect(await attempt('wrong', other)).toBe('wrong')
  expect(await attempt('wrong', other)).toBe('wrong-and-locked')
})

test('a login that the register does not know is wrong, and leaves nothing but a line in the log', async () => {
  for (const login of ['000101500012', '', 'Abcdef1!', '../../x']) expect(await attempt(password, login)).toBe('wrong')
  const lines = readFileSync(logFile, 'utf8').trim().split('\n')
  expect(lines.map((line) => JSON.parse(line).login)).toEqual(['000101******', 'malformed', 'malformed', 'malformed'])
})

test('every failure is logged with its time, never the password', async () => {
  await attempt('Secret-1')
  expect(JSON.parse(readFileSync(logFile, 'utf8'))).toEqual({
    at: '2026-01-01T00:00:00.000Z',
    event: 'login-failed',
    login: `${iin.slice(0, 6)}******`,
    outcome: 'wrong',
  })
})
