/** RegisterUser requests that this process still serves: not leftovers, whatever their rows say. */
export interface ServicesInProgress {
  begin(requestId: string): void
  end(requestId: string): void
  has(requestId: string): boolean
}

export function createServicesInProgress(): ServicesInProgress {
  const requests = new Set<string>()
  return {
    begin: (requestId) => void requests.add(requestId),
    end: (requestId) => void requests.delete(requestId),
    has: (requestId) => requests.has(requestId),
  }
}
