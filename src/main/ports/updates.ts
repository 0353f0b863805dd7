import type { UpdateFile, UpdateManifest } from '../../shared/domain/update.ts'
import type { Result } from '../../shared/result.ts'

/** A manifest that the owner's key has signed, and the octets that it signed. */
export interface SignedManifest {
  readonly manifest: UpdateManifest
  readonly octets: Buffer
  readonly signature: Buffer
  /** SHA-256 of the octets, hex. */
  readonly sha256: string
}

/** Where releases lie: a folder or a server of the closed network. Nothing of it is believed unread. */
export interface UpdateSource {
  /** Failures: `update.unavailable`, `update.oversize`, `update.unsigned`, `update.forged`, `update.malformed`. */
  manifest(): Promise<Result<SignedManifest>>
  /**
   * The octets of a file that the manifest names, checked while they pass; the last of them comes only where size and hash are right.
   * Failures: `update.unavailable`, `update.truncated`, `update.oversize`, `update.altered`.
   */
  read(file: UpdateFile, take: (octets: Buffer) => Promise<void>): Promise<Result<void>>
}

/** The folder from which an installer is started: an administrator alone may write there. */
export interface UpdateStaging {
  /** Copies a release there, whole or not at all. Failures: those of `UpdateSource.read`, `update.staging-open`, `update.staging-failed`. */
  stage(source: UpdateSource, signed: SignedManifest, file: UpdateFile): Promise<Result<{ readonly path: string }>>
  /** The newest release that was staged, as a source of its own. Failures: `update.nothing-staged`, `update.staging-open`. */
  staged(): Promise<Result<{ readonly source: UpdateSource; pathOf(file: UpdateFile): string }>>
}

/** Starts an installer and waits for its end. @returns its exit code. Failure: `update.not-installable`. */
export type StartInstaller = (path: string) => Promise<Result<number>>
