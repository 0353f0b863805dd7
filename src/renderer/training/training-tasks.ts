import type { IssueState, Stage } from '../pages/issue/issue-flow.ts'

/** Short exercises; each is done when the page has gone through it. */
export const trainingTasks = ['envelope', 'mgov', 'new-password', 'refusal', 'lost-reply', 'no-paper'] as const
export type TrainingTask = (typeof trainingTasks)[number]

/** What has to be remembered between two states of the page. */
export interface TaskProgress {
  readonly done: ReadonlySet<TrainingTask>
  /** The request whose sheet did not come out at first. */
  readonly unprinted?: string
  /** After an unknown outcome the portal is being asked again. */
  readonly askedAgain?: true
}

/**
 * Checks the tasks by what the operator did.
 * @returns the very same progress where nothing changed.
 */
export function followTasks(progress: TaskProgress, before: IssueState, after: IssueState): TaskProgress {
  const [from, to] = [before.stage, after.stage]
  if (to.name === 'issued' && to.problem?.failure.code === 'print.out-of-paper') {
    return { ...progress, unprinted: to.issued.requestId }
  }
  if (from.name === 'unknown' && isAsking(to)) return { ...progress, askedAgain: true }
  const finished: TrainingTask[] = []
  if (from.name !== 'done' && to.name === 'done' && to.ending === 'handed') {
    finished.push(to.issued.action === 'created' ? 'envelope' : 'new-password')
    if (progress.unprinted === to.issued.requestId) finished.push('no-paper')
  }
  if (before.done.mgov !== 'connected' && after.done.mgov === 'connected') finished.push('mgov')
  if (from.name === 'refused' && to.name === 'entry' && after.iin === '') finished.push('refusal')
  if (progress.askedAgain !== true || !isAsking(from)) return withDone(progress, finished)
  // An answer is the point; where there is none again, the question is still open.
  if (isAsking(to)) return progress
  if (to.name !== 'entry' && to.name !== 'unknown') finished.push('lost-reply')
  const { askedAgain: _asked, ...rest } = progress
  return withDone(rest, finished)
}

function isAsking({ name }: Stage): boolean {
  return name === 'checking' || name === 'resolving'
}

function withDone(progress: TaskProgress, finished: readonly TrainingTask[]): TaskProgress {
  if (finished.every((task) => progress.done.has(task))) return progress
  return { ...progress, done: new Set([...progress.done, ...finished]) }
}

const STORAGE_KEY = 'arm.training-tasks'

export function rememberedTasks(storage: { getItem(key: string): string | null }): TaskProgress {
  const names = (storage.getItem(STORAGE_KEY) ?? '').split(' ')
  return { done: new Set(trainingTasks.filter((task) => names.includes(task))) }
}

export function rememberTasks(storage: { setItem(key: string, value: string): void }, { done }: TaskProgress): void {
  storage.setItem(STORAGE_KEY, [...done].join(' '))
}
