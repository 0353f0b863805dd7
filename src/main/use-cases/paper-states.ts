/** Where the paper of a request stands. A request that is not known here has none yet. */
export type PaperState =
  | { readonly name: 'printing'; readonly cancel: AbortController }
  | { readonly name: 'printed' }
  /** A sheet may be out: somebody must look. */
  | { readonly name: 'unknown' }

/** Set as the reason of a cancelled print where the operator has left the request. */
export const ABANDONED = 'abandoned'

/** What this process knows of paper, so that one envelope is printed once. */
export interface PaperStates {
  of(requestId: string): PaperState | undefined
  set(requestId: string, state: PaperState | undefined): void
}

export function createPaperStates(): PaperStates {
  const states = new Map<string, PaperState>()
  return {
    of: (requestId) => states.get(requestId),
    set(requestId, state) {
      if (state === undefined) states.delete(requestId)
      else states.set(requestId, state)
    },
  }
}
