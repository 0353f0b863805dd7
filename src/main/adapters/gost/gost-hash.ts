/** A hash in progress. The caller may feed it in any portions: only the bytes count, not where they were cut. */
export interface GostHash {
  /** Length of the digest, bytes. */
  readonly outputLength: number
  update(chunk: Uint8Array): this
  /** Ends the hash. The object is spent: any later call throws. */
  digest(): Uint8Array
}
