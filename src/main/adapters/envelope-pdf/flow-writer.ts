import type { Area } from './envelope-layout.ts'
import { type FlowColumn, fitFlow, writeFlow } from './flow-columns.ts'
import type { PageCanvas } from './page-canvas.ts'

/** Writes columns in the largest size that fits. @returns whether they fit. */
export type FlowWriter = (options: {
  readonly canvas: PageCanvas
  /** Equal for equal texts in an equal area: then the size is known. */
  readonly key: string
  readonly area: Area
  readonly columns: readonly FlowColumn[]
  readonly sizes: { readonly largest: number; readonly smallest: number }
}) => boolean

/** The words of a sheet hardly change, so the sizes found for one page are kept for the next. */
export function createFlowWriter(): FlowWriter {
  const known = new Map<string, number>()
  return ({ canvas, key, area, columns, sizes }) => {
    const size = known.get(key) ?? fitFlow(canvas, area.height, columns, sizes)
    if (size === undefined) return false
    known.set(key, size)
    writeFlow(canvas, area.top, columns, size)
    return true
  }
}
