import type { Notice, NoticeData } from '../../shared/contract/channels.ts'
import type { SessionState } from './session.ts'
import type { WorkplaceServices } from './workplace.ts'

/**
 * What a lock and the end of a session bring with them: the citizen's password is wiped, the log says what happened,
 * and the window hears of it so that it shows nothing of the citizen any longer.
 */
export function followSession(options: {
  readonly state: SessionState
  readonly services: WorkplaceServices | undefined
  readonly notify: <N extends Notice>(notice: N, data: NoticeData<N>) => void
}): void {
  const { state, services } = options
  if ((state.kind === 'locked' || state.kind === 'ended') && services !== undefined) {
    const { workstation } = services
    const { login: actor, role } = state.user
    workstation.discardEnvelope({ operator: state.user })
    workstation.audit.append({ event: state.kind === 'locked' ? 'session.locked' : 'session.expired', actor, role })
  }
  options.notify('session.changed', { state: state.kind })
}
