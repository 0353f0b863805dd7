/** What a long run of a workstation found. */
export interface SoakReport {
  readonly issues: number
  readonly outcomes: Readonly<Record<string, number>>
  /** Requests whose end nobody knows. */
  readonly open: number
  readonly log: { readonly state: string; readonly rows: number }
  /** Median of fifty issues around the beginning and before the end. */
  readonly rssMib: { readonly settled: number; readonly end: number }
  readonly handles: readonly {
    readonly issue: number
    readonly descriptors: number
    readonly threads: number
    readonly resources: Readonly<Record<string, number>>
  }[]
  readonly pauses: {
    readonly longestMs: number
    /** Of it, time that the thread itself worked. */
    readonly ownLongestMs: number
    /** The twelve longest of its own. */
    readonly worst: readonly {
      readonly issue: number
      readonly phase: string
      readonly ownMs: number
      readonly wallMs: number
    }[]
    readonly over50: number
    readonly p999Ms: number
  }
  /** Of issues without a fault, printing and handing over included. */
  readonly p95Ms: { readonly first: number; readonly last: number }
  /** The same, of the time that the JavaScript thread worked. */
  readonly ownP95Ms: { readonly first: number; readonly last: number }
  readonly memoryEvery: readonly {
    readonly rss: number
    readonly heapTotal: number
    readonly heapUsed: number
    readonly external: number
    readonly arrayBuffers: number
  }[]
}
