import { useCallback, useEffect, useRef, useState } from 'react'
import type { ChannelOutput } from '../../../shared/contract/channels.ts'
import { type HealthArea, healthAreas } from '../../../shared/domain/health.ts'
import { useArm } from '../../arm-context.ts'
import type { ShownFailure } from '../../components/shown-failure.ts'

export type AreaFinding = ChannelOutput<'health.look'>['findings'][number]

export interface HealthReading {
  /** What has answered so far. */
  readonly findings: Readonly<Partial<Record<HealthArea, readonly AreaFinding[]>>>
  /** When the last area answered; undefined while some are looked at. */
  readonly at?: Date
  readonly failure?: ShownFailure
}

/** Looks at every part of the workstation on opening and when asked; each part is shown as soon as it answers. */
export function useHealth(): { readonly reading: HealthReading; readonly refresh: () => void } {
  const arm = useArm()
  const [reading, setReading] = useState<HealthReading>({ findings: {} })
  const round = useRef(0)

  const refresh = useCallback(() => {
    round.current += 1
    const mine = round.current
    setReading({ findings: {} })
    const asked = healthAreas.map(async (area) => {
      const looked = await arm.invoke('health.look', { area })
      if (mine !== round.current) return
      setReading((now) =>
        looked.ok
          ? { ...now, findings: { ...now.findings, [area]: looked.value.findings } }
          : { ...now, failure: looked.failure },
      )
    })
    Promise.all(asked).then(() => {
      if (mine === round.current) setReading((now) => ({ ...now, at: new Date() }))
    })
  }, [arm])

  useEffect(() => {
    refresh()
    return () => {
      round.current += 1
    }
  }, [refresh])
  return { reading, refresh }
}
