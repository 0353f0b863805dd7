import type { Result } from '../../shared/result.ts'

/** Signs heads of the log with the workstation's key, whatever form requests are signed in. */
export interface HeadSigner {
  /** @returns base64 of an attached CMS over the text. Failures: `sign.*`; `sign.locked` while there is no key. */
  signHead(text: Uint8Array): Promise<Result<string>>
}
