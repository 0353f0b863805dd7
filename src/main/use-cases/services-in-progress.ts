/** RegisterUser requests that this process still serves: not leftovers, whatever their rows say. */
export interface ServicesInProgress {
  begin(requestId: string): void
  end(requestId: string): void
  has(requestId: string): boolean
  /** One citizen at a time. @returns how to let the next one in; undefined where somebody is being served. */
  enter(): (() => void) | undefined
}

export function createServicesInProgress(): ServicesInProgress {
  const requests = new Set<string>()
  let busy = false
  return {
    begin: (requestId) => void requests.add(requestId),
    end: (requestId) => void requests.delete(requestId),
    has: (requestId) => requests.has(requestId),
    enter() {
      if (busy) return undefined
      busy = true
      return () => {
        busy = false
      }
    },
  }
}
