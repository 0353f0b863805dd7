import type { Channel, ChannelInput, ChannelOutput } from '../../../shared/contract/channels.ts'
import { fail, type Result } from '../../../shared/result.ts'
import type { ArmClient } from '../../arm-client.ts'

/** Longer than a first screen of any log takes. */
const ANSWER_WITHIN_MS = 20_000

/**
 * A question that does not stay open: a channel that throws or gives no answer in time is a failure like any other, which
 * the page shows with another try. A list that waits on looks like an empty one.
 */
export async function askJournal<C extends Channel>(
  arm: ArmClient,
  channel: C,
  input: ChannelInput<C>,
): Promise<Result<ChannelOutput<C>>> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<Result<never>>((resolve) => {
    timer = setTimeout(() => resolve(fail({ code: 'audit.unavailable', detail: 'no answer' })), ANSWER_WITHIN_MS)
  })
  try {
    return await Promise.race([arm.invoke(channel, input), late])
  } catch {
    return fail({ code: 'audit.unavailable', detail: 'unexpected' })
  } finally {
    clearTimeout(timer)
  }
}
