import { useCallback, useEffect, useState } from 'react'
import type { TrainingMessage, TrainingPerson, TrainingSwitch } from '../../shared/domain/training.ts'
import { useArm } from '../arm-context.ts'
import type { ShownFailure } from '../components/shown-failure.ts'
import type { IssueController } from '../pages/issue/issue-controller.ts'
import { followTasks, rememberedTasks, rememberTasks, type TrainingTask } from './training-tasks.ts'

export interface TrainingDesk {
  readonly people: readonly TrainingPerson[]
  readonly sms: readonly TrainingMessage[]
  readonly position: TrainingSwitch | null
  readonly failure: ShownFailure | undefined
  /** Reads people and switches anew. */
  refresh(): Promise<void>
  turn(position: TrainingSwitch | null): Promise<void>
}

export function useTrainingDesk(): TrainingDesk {
  const arm = useArm()
  const [people, setPeople] = useState<readonly TrainingPerson[]>([])
  const [sms, setSms] = useState<readonly TrainingMessage[]>([])
  const [position, setPosition] = useState<TrainingSwitch | null>(null)
  const [failure, setFailure] = useState<ShownFailure>()
  const refresh = useCallback(async () => {
    const [listed, messages, current] = await Promise.all([
      arm.invoke('training.people', undefined),
      arm.invoke('training.sms', undefined),
      arm.invoke('training.current-switch', undefined),
    ])
    if (listed.ok) setPeople(listed.value)
    if (messages.ok) setSms(messages.value)
    if (current.ok) setPosition(current.value.position)
    setFailure(listed.ok ? (current.ok ? undefined : current.failure) : listed.failure)
  }, [arm])
  const turn = useCallback(
    async (next: TrainingSwitch | null) => {
      const turned = await arm.invoke('training.set-switch', { position: next })
      if (turned.ok) setPosition(next)
      setFailure(turned.ok ? undefined : turned.failure)
    },
    [arm],
  )
  useEffect(() => {
    refresh()
  }, [refresh])
  return { people, sms, position, failure, refresh, turn }
}

/** Follows the page and checks the tasks. @returns what is done, and what was done last. */
export function useTrainingTasks(controller: IssueController): {
  readonly done: ReadonlySet<TrainingTask>
  readonly latest: TrainingTask | undefined
} {
  const [done, setDone] = useState(() => rememberedTasks(localStorage).done)
  const [latest, setLatest] = useState<TrainingTask>()
  useEffect(() => {
    let progress = rememberedTasks(localStorage)
    let before = controller.state()
    return controller.subscribe(() => {
      const after = controller.state()
      const next = followTasks(progress, before, after)
      before = after
      if (next.done !== progress.done) {
        setLatest([...next.done].find((task) => !progress.done.has(task)))
        setDone(next.done)
        rememberTasks(localStorage, next)
      }
      progress = next
    })
  }, [controller])
  return { done, latest }
}
