import { useEffect, useState } from 'react'
import type { ServiceSteps } from '../../../shared/domain/service-steps.ts'
import { useArm } from '../../arm-context.ts'

/** What this centre asks; undefined until the workplace is open. */
export function useAskedSteps(): ServiceSteps | undefined {
  const arm = useArm()
  const [asked, setAsked] = useState<ServiceSteps>()
  useEffect(() => {
    let left = false
    arm.invoke('service.steps', undefined).then((result) => {
      if (!left && result.ok) setAsked(result.value)
    })
    return () => {
      left = true
    }
  }, [arm])
  return asked
}
