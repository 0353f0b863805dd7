import { type Channel, type ChannelInput, type ChannelOutput, channels } from '../../shared/contract/channels.ts'
import type { Failure, FailureCode } from '../../shared/contract/failure.ts'
import type { AuditEntry } from '../../shared/domain/audit-event.ts'
import type { User } from '../../shared/domain/session.ts'
import { fail, type Result } from '../../shared/result.ts'
import type { Session } from './session.ts'

/** What a handler gets: input that passed its schema, and the user of the session where the channel asks for one. */
export type Handlers = {
  readonly [C in Channel]: (
    input: ChannelInput<C>,
    caller: (typeof channels)[C]['access'] extends 'public' ? User | undefined : User,
  ) => Promise<Result<ChannelOutput<C>>> | Result<ChannelOutput<C>>
}

export interface RegisterOptions<Sender> {
  /** `ipcMain.handle`, handed in by desktop/: this folder knows no Electron. */
  readonly handle: (channel: string, listener: (event: Sender, input: unknown) => Promise<unknown>) => void
  /** Exact origin and main frame of our own window. */
  readonly isTrusted: (event: Sender) => boolean
  readonly session: Session
  readonly handlers: Handlers
  /** Records refusals, also those from before the log was open. */
  readonly recordRefusal: (entry: AuditEntry) => void
  /** Hears of each call that failed or threw: its channel and its code, or the thrown value. */
  readonly onFailed?: (failed: FailedCall) => void
}

export interface FailedCall {
  readonly channel: Channel
  readonly code?: FailureCode
  readonly thrown?: unknown
}

/**
 * The one place where a channel of the contract becomes a handler. Nothing of a handler runs before the sender, the
 * input, the session and the role were checked, in this order; each refusal is a failure and a row in the log.
 */
export function registerChannels<Sender>(options: RegisterOptions<Sender>): void {
  for (const channel of Object.keys(channels) as Channel[]) {
    options.handle(channel, (event, input) => answer(channel, event, input))
  }

  async function answer<C extends Channel>(channel: C, event: Sender, input: unknown): Promise<unknown> {
    if (!options.isTrusted(event)) return refuse(channel, 'session.untrusted-sender')
    const parsed = channels[channel].input.safeParse(input)
    if (!parsed.success) return refuse(channel, 'session.invalid-input')
    const { access } = channels[channel]
    const state = options.session.state()
    const user = state.kind === 'active' || state.kind === 'locked' ? state.user : undefined
    if (access !== 'public') {
      if (user === undefined) return refuse(channel, state.kind === 'ended' ? 'session.expired' : 'session.required')
      if (state.kind === 'locked' && !('whileLocked' in channels[channel])) {
        return refuse(channel, 'session.locked', user)
      }
      if (!(access as readonly string[]).includes(user.role)) return refuse(channel, 'session.forbidden', user)
    }
    const handler = options.handlers[channel] as (input: unknown, caller: User | undefined) => Promise<Result<unknown>>
    try {
      const result = await handler(parsed.data, user)
      if (!result.ok) options.onFailed?.({ channel, code: result.failure.code })
      return result
    } catch (thrown) {
      options.onFailed?.({ channel, thrown })
      // Electron sends a rejection's message to the window and to stderr, and it may hold anything.
      throw new Error('internal')
    }
  }

  function refuse(channel: Channel, code: FailureCode, user?: User): Result<never> {
    const failure: Failure = { code }
    options.recordRefusal({
      event: 'access.refused',
      actor: user?.login ?? 'unknown',
      ...(user === undefined ? {} : { role: user.role }),
      outcome: code,
      details: { channel },
    })
    return fail(failure)
  }
}
