import { AxiosError } from 'axios'
import { expect, test } from 'vitest'
import { exchangeFailure } from '../../../../../src/main/adapters/shep/exchange-failure.ts'

test('of an error that holds the request only a code is taken, and only one that looks like a code', () => {
  const secret = 'secret body'
  const broken = {
    host: 'gateway.example',
    deadlinePassed: false,
    progress: { stage: 'connecting', tooLarge: false },
  } as const
  const config = { data: secret, headers: {} } as never
  const named = exchangeFailure({ ...broken, error: new AxiosError(secret, 'ECONNREFUSED', config) })
  const unnamed = exchangeFailure({ ...broken, error: new AxiosError(secret, secret, config) })
  expect(named.failure).toEqual({ code: 'gateway.unreachable', detail: 'gateway.example ECONNREFUSED' })
  expect(unnamed.failure).toEqual({ code: 'gateway.unreachable', detail: 'gateway.example' })
  expect(exchangeFailure({ ...broken, error: secret }).failure).toEqual(unnamed.failure)
})
