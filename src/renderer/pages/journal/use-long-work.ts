import { useCallback, useEffect, useRef, useState } from 'react'
import type { Result } from '../../../shared/result.ts'
import { useArm } from '../../arm-context.ts'

/** One long work at a time: its share, and the way to end it. It is cancelled when the page is left. */
export function useLongWork() {
  const arm = useArm()
  const current = useRef<string>(undefined)
  const [share, setShare] = useState<number>()
  const [running, setRunning] = useState(false)
  const cancel = useCallback(() => {
    if (current.current !== undefined) void arm.invoke('audit.cancel', { work: current.current })
    current.current = undefined
  }, [arm])
  useEffect(() => {
    const stop = arm.onNotice('audit.progress', ({ work, done, total }) => {
      if (work === current.current && total > 0) setShare(Math.min(1, done / total))
    })
    return () => {
      stop()
      cancel()
    }
  }, [arm, cancel])
  /** @returns undefined where the work was cancelled or another one took its place. */
  const run = useCallback(
    async <T>(start: (work: string) => Promise<Result<T>>): Promise<Result<T> | undefined> => {
      cancel()
      const work = crypto.randomUUID()
      current.current = work
      setShare(undefined)
      setRunning(true)
      const result = await start(work)
      if (current.current !== work) {
        if (current.current === undefined) setRunning(false)
        return undefined
      }
      current.current = undefined
      setRunning(false)
      return result
    },
    [cancel],
  )
  return { run, cancel, running, share }
}
