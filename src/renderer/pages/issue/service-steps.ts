import type { ServiceStepName, ServiceSteps, SkipReason } from '../../../shared/domain/service-steps.ts'
import { type IssueState, isIinProblem, type Stage } from './issue-flow.ts'

export const serviceSteps = ['iin', 'check', 'document', 'agreement', 'send', 'mgov', 'print'] as const
export type ServiceStep = (typeof serviceSteps)[number]
export type ServiceStepState = 'done' | 'current' | 'stopped' | 'unknown' | 'ahead'

/** Why a step is not taken: of the service, or because this centre never asks it, or the portal has refused before. */
export type StepSkipReason = SkipReason | 'not-asked' | 'refused'

export type ShownStep =
  | { readonly step: ServiceStep; readonly state: ServiceStepState }
  | { readonly step: ServiceStep; readonly state: 'skipped'; readonly reason: StepSkipReason }

/**
 * Where the citizen stands. Every step is there from the beginning, so that nothing moves while he is served: what he
 * does not need is skipped as soon as that is known, with the reason.
 * @param asked what this centre asks; undefined until it is known.
 */
export function shownSteps(state: Pick<IssueState, 'stage' | 'done'>, asked?: ServiceSteps): readonly ShownStep[] {
  const { step: present, state: presently } = position(state.stage)
  const at = serviceSteps.indexOf(present)
  return serviceSteps.map((step, index) => {
    const reason = skippedBecause(step, { ...state, asked, passed: index < at, ahead: index > at })
    if (reason !== undefined) return { step, state: 'skipped', reason }
    return { step, state: index < at ? 'done' : index === at ? presently : 'ahead' }
  })
}

/** Neighbouring steps that were skipped for the same reason, to be told in one breath. */
export function skippedSteps(
  shown: readonly ShownStep[],
): readonly { readonly reason: StepSkipReason; readonly steps: readonly ServiceStep[] }[] {
  const told = new Map<StepSkipReason, ServiceStep[]>()
  for (const step of shown) {
    if (step.state === 'skipped') told.set(step.reason, [...(told.get(step.reason) ?? []), step.step])
  }
  return [...told].map(([reason, steps]) => ({ reason, steps }))
}

function skippedBecause(
  step: ServiceStep,
  at: Pick<IssueState, 'stage' | 'done'> & {
    readonly asked: ServiceSteps | undefined
    readonly passed: boolean
    readonly ahead: boolean
  },
): StepSkipReason | undefined {
  const { stage, done } = at
  // The service has ended: nothing of what would follow comes.
  if (stage.name === 'registered' && at.ahead) return 'account-exists'
  if (stage.name === 'refused' && at.ahead) return 'refused'
  if (done.request === 'skipped' && (step === 'send' || step === 'print')) return 'account-exists'
  if (!isOptional(step)) return undefined
  if (at.asked?.[step] === false) return 'not-asked'
  if (step === 'agreement')
    return isReissue(at) ? 'account-exists' : done.agreement === 'skipped' ? 'paper-form' : undefined
  if (step !== 'mgov' || done.mgov === 'connected') return undefined
  if (done.mgov !== undefined) return done.mgov
  if (isReissue(at)) return 'account-exists'
  // Its envelope is under way, and nobody knows of a number: a service that was taken up again behind this step.
  return at.passed ? 'interrupted' : undefined
}

const isOptional = (step: ServiceStep): step is ServiceStepName =>
  step === 'document' || step === 'agreement' || step === 'mgov'

/** Whoever has an account accepted the agreement when he got it, and came for a password alone. */
function isReissue({ stage, done }: Pick<IssueState, 'stage' | 'done'>): boolean {
  if (done.request === 'skipped') return false
  if ('check' in stage && stage.check.registered) return true
  if ('issued' in stage) return stage.issued?.action === 'regenerated'
  return 'reissueReason' in stage && stage.reissueReason !== undefined
}

function position(stage: Stage): { step: ServiceStep; state: ServiceStepState } {
  switch (stage.name) {
    case 'entry':
      return stage.problem === undefined || isIinProblem(stage.problem)
        ? { step: 'iin', state: 'current' }
        : { step: 'check', state: 'stopped' }
    case 'checking':
      return { step: 'check', state: 'current' }
    case 'registered':
      return { step: 'check', state: 'done' }
    case 'refused':
      return { step: stage.during === 'check' ? 'check' : 'send', state: 'stopped' }
    case 'document':
      return { step: 'document', state: 'current' }
    case 'agreement':
      return { step: 'agreement', state: stage.paper === 'unknown' ? 'unknown' : 'current' }
    case 'ready':
    case 'issuing':
      return { step: 'send', state: 'current' }
    case 'resolving':
      return { step: 'send', state: 'current' }
    case 'not-received':
      return { step: 'send', state: 'stopped' }
    case 'unknown':
      return { step: 'send', state: 'unknown' }
    case 'mobile':
    case 'code':
      return { step: 'mgov', state: 'current' }
    case 'mgov-done':
      return { step: 'mgov', state: 'done' }
    case 'print-unknown':
      return { step: 'print', state: 'unknown' }
    case 'issued':
    case 'printing':
    case 'printed':
    case 'confirming':
      return { step: 'print', state: 'current' }
    case 'done':
      return { step: 'print', state: stage.ending === 'handed' ? 'done' : 'stopped' }
  }
}
