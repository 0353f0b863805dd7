import { isIinProblem, type Stage } from './issue-flow.ts'

export const serviceSteps = ['iin', 'check', 'send', 'print'] as const
export type ServiceStep = (typeof serviceSteps)[number]
export type ServiceStepState = 'done' | 'current' | 'stopped' | 'unknown' | 'ahead'

/** Where the citizen stands in the four steps of the service. */
export function serviceStepStates(stage: Stage): Readonly<Record<ServiceStep, ServiceStepState>> {
  const { step, state } = position(stage)
  const at = serviceSteps.indexOf(step)
  const stateOf = (index: number): ServiceStepState => (index < at ? 'done' : index === at ? state : 'ahead')
  return { iin: stateOf(0), check: stateOf(1), send: stateOf(2), print: stateOf(3) }
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
    case 'ready':
    case 'issuing':
      return { step: 'send', state: 'current' }
    case 'resolving':
      return { step: 'send', state: 'current' }
    case 'not-received':
      return { step: 'send', state: 'stopped' }
    case 'unknown':
      return { step: 'send', state: 'unknown' }
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
