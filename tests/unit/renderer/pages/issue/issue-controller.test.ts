import { describe, expect, test } from 'vitest'
import type { ArmClient } from '../../../../../src/renderer/arm-client.ts'
import { createIssueController } from '../../../../../src/renderer/pages/issue/issue-controller.ts'
import type { Channel, ChannelInput, Notice, NoticeData } from '../../../../../src/shared/contract/channels.ts'
import { succeed } from '../../../../../src/shared/result.ts'

const IIN = '910101300019'
const REQUEST = 'a6a5bb3c-6f6c-4a53-9a5e-3f4a6e5d7c10'

/** The other end of the bridge: keeps what was sent and answers when the test says so. */
function startMainProcess() {
  const sent: { channel: Channel; input: unknown; reply: (result: unknown) => void }[] = []
  const listeners = new Map<Notice, Set<(data: never) => void>>()
  const client: ArmClient = {
    invoke: <C extends Channel>(channel: C, input: ChannelInput<C>) =>
      new Promise((resolve) => {
        sent.push({ channel, input, reply: resolve as (result: unknown) => void })
      }),
    onNotice(notice, listener) {
      const known = listeners.get(notice) ?? new Set()
      listeners.set(notice, known.add(listener))
      return () => known.delete(listener)
    },
  }
  return {
    client,
    /** Besides the question with which each page begins. */
    channels: () => sent.map(({ channel }) => channel).filter((channel) => channel !== 'service.current'),
    asked: (channel: Channel) => sent.filter((call) => call.channel === channel).length,
    inputOf: (channel: Channel) => sent.findLast((call) => call.channel === channel)?.input,
    async answer(channel: Channel, value: unknown) {
      sent.findLast((call) => call.channel === channel)?.reply(succeed(value))
      await new Promise(setImmediate)
    },
    notify<N extends Notice>(notice: N, data: NoticeData<N>) {
      for (const listener of listeners.get(notice) ?? []) listener(data as never)
    },
    listenerCount: () => [...listeners.values()].reduce((count, { size }) => count + size, 0),
  }
}

function openPage() {
  const main = startMainProcess()
  const controller = createIssueController({ client: main.client, now: () => new Date('2026-11-22T00:00:00Z') })
  return { main, controller, disconnect: controller.connect(), stage: () => controller.state().stage.name }
}

const check = { requestId: REQUEST, iin: { iin: IIN, warnings: [] }, registered: false }
const issued = { outcome: 'issued', requestId: REQUEST, action: 'created', message: 'Поздравляем' }

async function openIssued() {
  const page = openPage()
  page.controller.typeIin(IIN)
  page.controller.check()
  await page.main.answer('registration.check', check)
  page.controller.issue()
  await page.main.answer('credentials.issue', issued)
  return page
}

describe('a page that begins anew', () => {
  const service = {
    serviceId: REQUEST,
    iin: IIN,
    confirmWarnings: false,
    step: 'agreement',
    registered: false,
    iinFacts: check.iin,
    steps: { document: true, agreement: true, mgov: true },
    documentChecked: true,
    agreement: 'printed',
    mgovOnly: false,
    requesting: false,
  }

  test('stands where the service stood, and goes on from there', async () => {
    const { main, controller, stage } = openPage()
    await main.answer('service.current', service)
    expect([stage(), controller.state().iin, controller.state().stage]).toMatchObject([
      'agreement',
      IIN,
      { paper: 'printed' },
    ])
    controller.agreementSigned()
    await main.answer('service.agreement-signed', undefined)
    expect(main.inputOf('credentials.issue')).toEqual({ iin: IIN, confirmWarnings: false })
  })

  test('asks before it goes on with what a restart interrupted, and ends it at a word', async () => {
    const { main, controller, stage } = openPage()
    await main.answer('service.current', { ...service, interruptedAt: '2026-11-25T08:45:00.000Z' })
    expect([stage(), controller.state().iin]).toEqual(['entry', ''])
    controller.resume()
    await main.answer('service.resume', undefined)
    expect(stage()).toBe('agreement')
    const other = openPage()
    await other.main.answer('service.current', { ...service, interruptedAt: '2026-11-25T08:45:00.000Z' })
    other.controller.endInterrupted()
    expect(other.main.channels()).toEqual(['service.leave'])
    expect(other.controller.state()).not.toHaveProperty('interrupted')
  })

  test('asks for a number where the citizen came for mGov alone, and for no password', async () => {
    const { main, controller, stage } = openPage()
    await main.answer('service.current', { ...service, registered: true, mgovOnly: true })
    expect(stage()).toBe('agreement')
    controller.agreementSigned()
    await main.answer('service.agreement-signed', undefined)
    expect([stage(), main.asked('credentials.issue')]).toEqual(['mobile', 0])
  })

  test('asks after a request that is under way, until its end is known', async () => {
    const { main, stage } = openPage()
    await main.answer('service.current', { ...service, requesting: true })
    expect(stage()).toBe('issuing')
    const envelope = { requestId: REQUEST, action: 'created', message: 'Поздравляем', paper: 'none' }
    await expect.poll(() => main.asked('service.current')).toBe(2)
    await main.answer('service.current', { ...service, envelope })
    expect(stage()).toBe('mobile')
  })

  test('is empty again where what was under way left nothing to do', async () => {
    const { main, stage } = openPage()
    await main.answer('service.current', { ...service, requesting: true })
    await expect.poll(() => main.asked('service.current')).toBe(2)
    await main.answer('service.current', null)
    expect(stage()).toBe('entry')
  })

  test('leaves alone what the operator has begun to type', async () => {
    const { main, controller, stage } = openPage()
    controller.typeIin('9')
    await main.answer('service.current', service)
    expect([stage(), controller.state().iin]).toEqual(['entry', '9'])
  })
})

describe('the issue page and the main process', () => {
  test('walk from the ИИН to the handed envelope', async () => {
    const { main, controller, stage } = await openIssued()
    expect(main.inputOf('registration.check')).toEqual({ iin: IIN, confirmWarnings: false })
    expect(main.inputOf('credentials.issue')).toEqual({ iin: IIN, confirmWarnings: false })
    controller.print()
    await main.answer('envelope.print', { place: 'envelope.pdf', word: 'printer' as const })
    controller.confirm(true)
    await main.answer('envelope.confirm', undefined)
    expect(stage()).toBe('done')
    expect(main.inputOf('envelope.confirm')).toEqual({ requestId: REQUEST, handed: true })
    controller.nextCitizen()
    expect(controller.state()).toMatchObject({ iin: '', stage: { name: 'entry' } })
  })

  test('send each command once, however often it is pressed', async () => {
    const { main, controller } = openPage()
    controller.typeIin(IIN)
    controller.check()
    controller.check()
    await main.answer('registration.check', check)
    controller.issue()
    controller.issue()
    await main.answer('credentials.issue', issued)
    controller.print()
    controller.print()
    await main.answer('envelope.print', { place: 'envelope.pdf', word: 'printer' as const })
    controller.confirm(true)
    controller.confirm(false)
    expect(main.channels()).toEqual(['registration.check', 'credentials.issue', 'envelope.print', 'envelope.confirm'])
    expect(main.inputOf('envelope.confirm')).toMatchObject({ handed: true })
  })

  test('send nothing for a number that cannot be right', () => {
    const { main, controller } = openPage()
    controller.typeIin('910101300018')
    controller.check()
    expect(main.channels()).toEqual([])
  })

  test('send a trimmed reason with a new password, and no request without one', async () => {
    const { main, controller } = openPage()
    controller.typeIin(IIN)
    controller.check()
    await main.answer('registration.check', { ...check, registered: true })
    controller.issue()
    controller.issue('  ')
    expect(main.channels()).toEqual(['registration.check'])
    controller.issue('  утратил пароль ')
    expect(main.inputOf('credentials.issue')).toMatchObject({ reissueReason: 'утратил пароль' })
  })

  test('carry the confirmation of an unusual number', () => {
    const { main, controller } = openPage()
    controller.typeIin('910232300011')
    controller.check()
    expect(main.channels()).toEqual([])
    controller.confirmWarnings(true)
    controller.check()
    expect(main.inputOf('registration.check')).toEqual({ iin: '910232300011', confirmWarnings: true })
  })

  test('show the step that the main process names', async () => {
    const { main, controller } = openPage()
    controller.typeIin(IIN)
    controller.check()
    await main.answer('registration.check', check)
    controller.issue()
    main.notify('issue.step', { step: 'verify' })
    expect(controller.state().stage).toMatchObject({ name: 'issuing', step: 'verify' })
  })

  test('forget the envelope when its password expired, and tell every listener', async () => {
    const { main, controller, stage } = await openIssued()
    let told = 0
    const stop = controller.subscribe(() => {
      told += 1
    })
    main.notify('envelope.expired', { requestId: REQUEST })
    expect([stage(), told]).toEqual(['done', 1])
    stop()
    controller.nextCitizen()
    expect(told).toBe(1)
  })

  test('wipe a waiting password when the page is given up, and ask for nothing when none waits', async () => {
    const { main, controller } = await openIssued()
    controller.discard()
    expect(main.inputOf('envelope.discard')).toEqual({ requestId: REQUEST })
    const empty = openPage()
    await empty.controller.discard()
    expect(empty.main.channels()).toEqual([])
  })

  test('stop listening when the page is closed', () => {
    const { main, disconnect } = openPage()
    expect(main.listenerCount()).toBe(3)
    disconnect()
    expect(main.listenerCount()).toBe(0)
  })
})
