import { describe, expect, test } from 'vitest'
import { createHandlers } from '../../../../src/main/ipc/create-handlers.ts'
import type { Session } from '../../../../src/main/ipc/session.ts'
import type { Workplace, WorkplaceServices } from '../../../../src/main/ipc/workplace.ts'
import type { TrainingStand } from '../../../../src/main/ports/training-stand.ts'
import type { TrainingSwitch } from '../../../../src/shared/domain/training.ts'
import { fail, succeed } from '../../../../src/shared/result.ts'

const operator = { login: 'operator', name: 'Оператор', role: 'operator' } as const

function handlersOver(mode: Workplace['mode'], training?: TrainingStand) {
  // The training channels look at nothing else of the services.
  const services = { ...(training && { training }) } as WorkplaceServices
  const workplace: Workplace = {
    mode,
    needs: () => 'nothing',
    hasPersonalToken: () => false,
    entrance: async () => fail({ code: 'vault.closed' }),
    services: async () => succeed(services),
    whenOpen: async () => services,
    openVault: async () => succeed(undefined),
    close: async () => undefined,
  }
  return createHandlers({
    workplace,
    session: {} as Session,
    notify: () => undefined,
    chooseFile: async () => undefined,
    chooseExisting: async () => undefined,
    chooseKeyFile: async () => undefined,
  })
}

describe('the channels of training', () => {
  test('refuse everything in real mode, the operator included', async () => {
    const handlers = handlersOver('real')
    const refused = fail({ code: 'session.forbidden' })
    expect(await handlers['training.people'](undefined, operator)).toEqual(refused)
    expect(await handlers['training.current-switch'](undefined, operator)).toEqual(refused)
    expect(await handlers['training.set-switch']({ position: 'slow' }, operator)).toEqual(refused)
  })

  test('reach the stand in training mode', async () => {
    let position: TrainingSwitch | null = null
    const person = { iin: '910101300019', name: 'Ким', outcome: 'issued' } as const
    const handlers = handlersOver('training', {
      people: async () => [person],
      sms: async () => [],
      currentSwitch: async () => position,
      async setSwitch(next) {
        position = next
      },
    })
    expect(await handlers['training.people'](undefined, operator)).toEqual(succeed([person]))
    expect(await handlers['training.set-switch']({ position: 'no-paper' }, operator)).toEqual(succeed(undefined))
    expect(await handlers['training.current-switch'](undefined, operator)).toEqual(succeed({ position: 'no-paper' }))
  })
})
