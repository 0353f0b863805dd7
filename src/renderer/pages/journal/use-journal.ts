import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { AuditFacets } from '../../../shared/domain/audit-review.ts'
import { useArm } from '../../arm-context.ts'
import type { ShownFailure } from '../../components/shown-failure.ts'
import { askJournal } from './ask-journal.ts'
import { emptyForm, type FilterForm, filterOf } from './journal-filters.tsx'
import { createJournalStore, type JournalState, type JournalStore } from './journal-store.ts'

const noFacets: AuditFacets = { actors: [], events: [], outcomes: [], workstations: [] }

/** The search of the page: its fields, its rows, and what can be chosen. */
export function useJournal() {
  const arm = useArm()
  const [store, setStore] = useState<JournalStore>()
  const [facets, setFacets] = useState(noFacets)
  const [failure, setFailure] = useState<ShownFailure>()
  const [form, setForm] = useState<FilterForm>(emptyForm)
  /** What stands in the fields now; a search that begins after a wait is for this, not for what stood there before. */
  const wanted = useRef(emptyForm)
  const opening = useRef(0)
  const search = useCallback((of: JournalStore) => {
    const filter = filterOf(wanted.current, new Date())
    if (filter !== undefined) void of.search(filter)
  }, [])
  const open = useCallback(async () => {
    opening.current += 1
    const opened = await askJournal(arm, 'audit.open', undefined)
    opening.current -= 1
    if (opened.ok) setFacets(opened.value)
    setFailure(opened.ok ? undefined : opened.failure)
    return opened.ok
  }, [arm])
  useEffect(() => {
    const made = createJournalStore(arm)
    let here = true
    setStore(made)
    void open().then((opened) => {
      if (opened && here) search(made)
    })
    return () => {
      here = false
      made.dispose()
    }
  }, [arm, open, search])
  const state = useSyncExternalStore(store?.subscribe ?? nothing, store?.state ?? searching)
  const apply = useCallback(
    (next: FilterForm) => {
      wanted.current = next
      setForm(next)
      // Where the log is being opened, the search begins when it is open.
      if (store !== undefined && opening.current === 0) search(store)
    },
    [store, search],
  )
  const refresh = useCallback(() => {
    void open().then((opened) => {
      if (opened && store !== undefined) search(store)
    })
  }, [open, search, store])
  return { store, state: shown(state, failure), facets, form, apply, refresh, failure: failure ?? state.failure }
}

export type Journal = ReturnType<typeof useJournal>

const before = { filter: {}, phase: 'searching', total: 0, counted: false, revision: 0 } as const
const searching = () => before
const nothing = () => () => undefined

/** A log that did not open is searched by nobody. */
function shown(state: JournalState, failure: ShownFailure | undefined): JournalState {
  return failure !== undefined && state.phase === 'searching' ? { ...state, phase: 'failed' } : state
}
