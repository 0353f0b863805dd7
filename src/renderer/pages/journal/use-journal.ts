import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { AuditFacets } from '../../../shared/domain/audit-review.ts'
import { useArm } from '../../arm-context.ts'
import type { ShownFailure } from '../../components/shown-failure.ts'
import { emptyForm, type FilterForm, filterOf } from './journal-filters.tsx'
import { createJournalStore, type JournalStore } from './journal-store.ts'

const noFacets: AuditFacets = { actors: [], events: [], outcomes: [], workstations: [] }

/** The search of the page: its fields, its rows, and what can be chosen. */
export function useJournal() {
  const arm = useArm()
  const [store, setStore] = useState<JournalStore>()
  const [facets, setFacets] = useState(noFacets)
  const [failure, setFailure] = useState<ShownFailure>()
  const [form, setForm] = useState<FilterForm>(emptyForm)
  const open = useCallback(async () => {
    const opened = await arm.invoke('audit.open', undefined)
    if (opened.ok) setFacets(opened.value)
    setFailure(opened.ok ? undefined : opened.failure)
    return opened.ok
  }, [arm])
  useEffect(() => {
    const made = createJournalStore(arm)
    let here = true
    setStore(made)
    void open().then((opened) => {
      if (opened && here) void made.search({})
    })
    return () => {
      here = false
      made.dispose()
    }
  }, [arm, open])
  const state = useSyncExternalStore(store?.subscribe ?? nothing, store?.state ?? searching)
  const apply = useCallback(
    (next: FilterForm) => {
      setForm(next)
      const filter = filterOf(next, new Date())
      if (filter !== undefined) void store?.search(filter)
    },
    [store],
  )
  const refresh = useCallback(() => {
    void open().then((opened) => {
      const filter = filterOf(form, new Date())
      if (opened && filter !== undefined) void store?.search(filter)
    })
  }, [open, form, store])
  return { store, state, facets, form, apply, refresh, failure: failure ?? state.failure }
}

export type Journal = ReturnType<typeof useJournal>

const before = { filter: {}, phase: 'searching', total: 0, counted: false, revision: 0 } as const
const searching = () => before
const nothing = () => () => undefined
