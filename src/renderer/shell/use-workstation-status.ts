import { useEffect, useState } from 'react'
import type { ChannelOutput } from '../../shared/contract/channels.ts'
import type { ArmClient } from '../arm-client.ts'
import type { ShownFailure } from '../components/shown-failure.ts'

export type WorkstationStatus = ChannelOutput<'workstation.status'>

export interface StatusReading {
  /** Undefined until it is known. */
  readonly status?: WorkstationStatus
  /** Why the main process can serve nobody: its journal, its key or its settings failed at the start. */
  readonly failure?: ShownFailure
}

/** The state of the outside things, read once and then as the main process tells it. */
export function useWorkstationStatus(client: ArmClient): StatusReading {
  const [reading, setReading] = useState<StatusReading>({})
  useEffect(() => {
    let noticed = false
    const stop = client.onNotice('workstation.status', (latest) => {
      noticed = true
      setReading({ status: latest })
    })
    client.invoke('workstation.status', undefined).then((result) => {
      // A notice that overtook this reply is newer.
      if (noticed) return
      setReading(result.ok ? { status: result.value } : { failure: result.failure })
    })
    return () => {
      noticed = true
      stop()
    }
  }, [client])
  return reading
}
