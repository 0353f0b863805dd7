import { type IssueState, isIinProblem, type Stage } from './issue-flow.ts'

export const serviceSteps = ['iin', 'check', 'document', 'agreement', 'send', 'mgov', 'print'] as const
export type ServiceStep = (typeof serviceSteps)[number]
export type ServiceStepState = 'done' | 'current' | 'stopped' | 'unknown' | 'skipped' | 'ahead'

export interface ShownStep {
  readonly step: ServiceStep
  readonly state: ServiceStepState
}

/** Where the citizen stands in the steps that are asked of him here. */
export function shownSteps(state: Pick<IssueState, 'stage' | 'done'>): readonly ShownStep[] {
  const { stage, done } = state
  const { step: present, state: presently } = position(stage)
  const at = serviceSteps.indexOf(present)
  const check = 'check' in stage ? stage.check : undefined
  // Whoever has an account accepted the agreement when he got it, and came for a password alone.
  const isReissue =
    check?.registered === true ||
    ('issued' in stage && stage.issued.action === 'regenerated') ||
    ('reissueReason' in stage && stage.reissueReason !== undefined)
  const isAsked = (step: ServiceStep): boolean =>
    step === 'document' || step === 'agreement' || step === 'mgov' ? check?.steps?.[step] === true : true
  const stateOf = (step: ServiceStep, index: number): ServiceStepState => {
    if (step === 'agreement' && (isReissue || done.agreement === 'skipped')) return 'skipped'
    if (step === 'mgov' && (isReissue || (done.mgov !== undefined && done.mgov !== 'connected'))) return 'skipped'
    return index < at ? 'done' : index === at ? presently : 'ahead'
  }
  return serviceSteps.map((step, index) => ({ step, state: stateOf(step, index) })).filter(({ step }) => isAsked(step))
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
