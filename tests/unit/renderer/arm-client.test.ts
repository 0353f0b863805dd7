import { expect, test } from 'vitest'
import { type ArmBridge, createArmClient } from '../../../src/renderer/arm-client.ts'
import { fail, type Result, succeed } from '../../../src/shared/result.ts'

function clientOver(result: Result<unknown>) {
  let lost = 0
  const bridge = { invoke: async () => result, onNotice: () => () => undefined } as unknown as ArmBridge
  const onSessionLost = () => {
    lost += 1
  }
  return { client: createArmClient({ bridge, onSessionLost }), lost: () => lost }
}

test('a lost session is told apart from every other failure, whatever was asked', async () => {
  const ended = clientOver(fail({ code: 'session.required' }))
  expect(await ended.client.invoke('recovery.list', undefined)).toEqual(fail({ code: 'session.required' }))
  expect(ended.lost()).toBe(1)
  for (const result of [fail({ code: 'session.forbidden' }), succeed([])]) {
    const open = clientOver(result)
    await open.client.invoke('recovery.list', undefined)
    expect(open.lost()).toBe(0)
  }
})
