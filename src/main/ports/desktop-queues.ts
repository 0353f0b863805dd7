import type { SystemQueue } from '../../shared/domain/system-queue.ts'

/** One sheet as a picture, for a queue that takes nothing else from us. */
export interface SheetPicture {
  /** As the system names it. */
  readonly queue: string
  /** Shown in the queue; carries no personal data. */
  readonly jobName: string
  /** A BMP; wiped by the callee as soon as it is shown. */
  readonly bmp: Buffer
  readonly dpi: number
  readonly size: { readonly name: 'A4' | 'A5'; readonly widthMm: number; readonly heightMm: number }
  readonly signal?: AbortSignal
}

/** `handed`: the system's queue has it, and nothing is known of paper. `refused`: it never went there. */
export interface HandOver {
  readonly kind: 'handed' | 'refused' | 'unknown'
  /** A word of ours, or the desktop's reason. */
  readonly detail?: string
}

/** The system's print queues as the desktop reaches them, for systems without an IPP endpoint. */
export interface DesktopQueues {
  list(): Promise<readonly SystemQueue[]>
  print(sheet: SheetPicture): Promise<HandOver>
}
