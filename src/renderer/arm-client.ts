import type { Channel, ChannelInput, ChannelOutput, Notice, NoticeData } from '../shared/contract/channels.ts'
import type { Result } from '../shared/result.ts'

/** What the preload exposes as `window.arm`. */
export interface ArmBridge {
  invoke<C extends Channel>(channel: C, input: ChannelInput<C>): Promise<Result<ChannelOutput<C>>>
  onNotice<N extends Notice>(notice: N, listener: (data: NoticeData<N>) => void): () => void
}

declare global {
  interface Window {
    readonly arm: ArmBridge
  }
}

/** What the pages use to reach the main process. */
export type ArmClient = ArmBridge

/**
 * The only user of the bridge. Every page learns of a lost session in the same way, whatever it was doing.
 * @param options.onSessionLost called when the main process answers `session.required`.
 */
export function createArmClient(options: { bridge: ArmBridge; onSessionLost: () => void }): ArmClient {
  const { bridge, onSessionLost } = options
  return {
    async invoke(channel, input) {
      const result = await bridge.invoke(channel, input)
      if (!result.ok && result.failure.code === 'session.required') onSessionLost()
      return result
    },
    onNotice: (notice, listener) => bridge.onNotice(notice, listener),
  }
}
