import { useCallback, useEffect, useState } from 'react'
import { defaultScannerSettings, type ScanPrefix } from '../../../shared/domain/scanner.ts'
import { useArm } from '../../arm-context.ts'
import { readScan, type ScanReading } from '../../scanner/read-scan.ts'
import { useScanner } from '../../scanner/use-scanner.ts'
import type { IssueController } from './issue-controller.ts'
import type { IssueState } from './issue-flow.ts'

export type ScanRefusal = Extract<ScanReading, { ok: false }>['reason'] | 'busy'

/**
 * A scanned document fills the ИИН, whatever has the focus.
 * @param onFilled must keep its identity between renders.
 * @returns why the last scan filled nothing; it is told until the page goes on.
 */
export function useDocumentScan(options: {
  readonly controller: IssueController
  readonly state: IssueState
  readonly onFilled: () => void
}): ScanRefusal | undefined {
  const { controller, state, onFilled } = options
  const arm = useArm()
  // The workplace may still be opening when the first citizen's card is scanned.
  const [prefix, setPrefix] = useState<ScanPrefix>(defaultScannerSettings.prefix)
  const [refused, setRefused] = useState<{ readonly during: IssueState; readonly why: ScanRefusal }>()
  useEffect(() => {
    let left = false
    arm.invoke('workstation.scanner', undefined).then((result) => {
      if (!left && result.ok) setPrefix(result.value.prefix)
    })
    return () => {
      left = true
    }
  }, [arm])
  const take = useCallback(
    (text: string) => {
      const during = controller.state()
      const reading = readScan(text, new Date())
      if (!reading.ok) setRefused({ during, why: reading.reason })
      else if (!controller.scanIin(reading.iin, reading.document)) setRefused({ during, why: 'busy' })
      else {
        setRefused(undefined)
        // In the document's own step the page puts the focus where it belongs.
        if (controller.state().stage.name !== 'document') onFilled()
      }
    },
    [controller, onFilled],
  )
  useScanner(prefix, take)
  return refused?.during === state ? refused.why : undefined
}
