/** One installer of a release. */
export interface UpdateFile {
  /** A plain file name: letters, digits, dot, hyphen, underscore. */
  readonly name: string
  readonly platform: 'win32' | 'linux' | 'darwin'
  readonly arch: 'x64' | 'arm64'
  /** Octets. */
  readonly size: number
  /** Hex, lower case. */
  readonly sha256: string
}

/** What the product's owner has signed: docs/updates.md. */
export interface UpdateManifest {
  readonly channel: string
  /** Grows with every release of the owner, and never goes back. */
  readonly release: number
  /** `major.minor.patch`. */
  readonly version: string
  readonly createdAt: Date
  /** After it the manifest is no longer believed: what is withheld from a closed network does not stay fresh for ever. */
  readonly expiresAt: Date
  readonly files: readonly UpdateFile[]
}

/** @returns negative where `a` is older than `b`, 0 where they are the same, else positive. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number))
  for (const index of [0, 1, 2]) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
