/** A failure as it crosses IPC: its code is looked up in the texts where it is shown. */
export interface ShownFailure {
  readonly code: string
  readonly portalMessage?: string
  readonly detail?: string
  readonly requestId?: string
}
