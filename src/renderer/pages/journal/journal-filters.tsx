import { Search, X } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import type { AuditFacets, AuditFilter } from '../../../shared/domain/audit-review.ts'
import { Button } from '../../components/button.tsx'
import { useI18n } from '../../i18n/i18n-context.ts'
import { type Period, periodBounds, periods, readQuery } from './journal-query.ts'
import type { JournalRow } from './journal-row.ts'
import { outcomeText } from './outcome-text.ts'

/** What stands in the fields; the filter follows from it. */
export interface FilterForm {
  readonly query: string
  readonly period: Period
  readonly from: string
  readonly to: string
  readonly event: string
  readonly actor: string
  readonly outcome: string
  readonly workstation: string
}

export const emptyForm: FilterForm = {
  query: '',
  period: 'all',
  from: '',
  to: '',
  event: '',
  actor: '',
  outcome: '',
  workstation: '',
}

/** @returns undefined where the query cannot be taken. */
export function filterOf(form: FilterForm, today: Date): AuditFilter | undefined {
  const query = readQuery(form.query)
  if (query.kind === 'iin-among-words') return undefined
  const { event, actor, outcome, workstation } = form
  return {
    ...query.filter,
    ...periodBounds(form.period, today, form),
    ...(event !== '' && { event }),
    ...(actor !== '' && { actor }),
    ...(outcome !== '' && { outcome }),
    ...(workstation !== '' && { workstation }),
  }
}

interface JournalFiltersProps {
  readonly form: FilterForm
  readonly facets: AuditFacets
  readonly onChange: (form: FilterForm) => void
}

/** Lists apply at once; the query applies by Enter, since every search is written into the log. */
export function JournalFilters({ form, facets, onChange }: JournalFiltersProps) {
  const { language, t } = useI18n()
  const [typed, setTyped] = useState(form.query)
  const [shown, setShown] = useState(form.query)
  if (shown !== form.query) {
    setShown(form.query)
    setTyped(form.query)
  }
  const [refused, setRefused] = useState(false)
  const queryId = useId()
  const change = (part: Partial<FilterForm>): void => onChange({ ...form, query: typed, ...part })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const taken = readQuery(typed).kind === 'filter'
    setRefused(!taken)
    if (taken) change({})
  }
  const filtered = JSON.stringify({ ...form, query: typed }) !== JSON.stringify(emptyForm)

  return (
    <search className="journal-filters">
      <form className="journal-query" onSubmit={submit}>
        <label htmlFor={queryId} className="visually-hidden">
          {t('journal.filter.query')}
        </label>
        <Search aria-hidden="true" />
        <input
          id={queryId}
          className="input"
          type="text"
          autoComplete="off"
          maxLength={200}
          placeholder={t('journal.filter.placeholder')}
          value={typed}
          aria-invalid={refused}
          aria-describedby={refused ? `${queryId}-error` : undefined}
          onChange={(event) => {
            setTyped(event.target.value)
            setRefused(false)
          }}
        />
        {refused && (
          <p id={`${queryId}-error`} className="field-error" role="alert">
            {t('journal.filter.iinAmongWords')}
          </p>
        )}
      </form>
      <Choice
        name={t('journal.filter.period')}
        value={form.period}
        values={periods.map((period) => [period, t(`journal.period.${period}`)])}
        onChange={(period) => change({ period: period as Period })}
      />
      {form.period === 'custom' && (
        <span className="journal-dates">
          <input
            type="date"
            className="input"
            aria-label={t('journal.filter.from')}
            value={form.from}
            onChange={(event) => change({ from: event.target.value })}
          />
          <span aria-hidden="true">–</span>
          <input
            type="date"
            className="input"
            aria-label={t('journal.filter.to')}
            value={form.to}
            onChange={(event) => change({ to: event.target.value })}
          />
        </span>
      )}
      <Choice
        name={t('journal.column.event')}
        value={form.event}
        values={facets.events.map((event) => [event, t(`event.${event as JournalRow['event']}`)])}
        onChange={(event) => change({ event })}
        any={t('journal.filter.anyEvent')}
      />
      <Choice
        name={t('journal.column.operator')}
        value={form.actor}
        values={facets.actors.map((actor) => [actor, actor])}
        onChange={(actor) => change({ actor })}
        any={t('journal.filter.anyUser')}
      />
      <Choice
        name={t('journal.column.outcome')}
        value={form.outcome}
        values={facets.outcomes.map((code) => [code, outcomeText(code, language)])}
        onChange={(outcome) => change({ outcome })}
        any={t('journal.filter.anyOutcome')}
      />
      {facets.workstations.length > 1 && (
        <Choice
          name={t('journal.row.workstation')}
          value={form.workstation}
          values={facets.workstations.map((name) => [name, name])}
          onChange={(workstation) => change({ workstation })}
          any={t('journal.filter.anyWorkstation')}
        />
      )}
      {filtered && (
        <Button
          kind="quiet"
          onPress={() => {
            setTyped('')
            setRefused(false)
            onChange(emptyForm)
          }}
        >
          <X aria-hidden="true" />
          {t('journal.filter.clear')}
        </Button>
      )}
    </search>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly value: string
  readonly values: readonly (readonly [value: string, text: string])[]
  /** The choice of everything. */
  readonly any?: string
  readonly onChange: (value: string) => void
}

function Choice({ name, value, values, any, onChange }: ChoiceProps) {
  return (
    <select
      className="select"
      aria-label={name}
      value={value}
      data-set={any !== undefined && value !== ''}
      onChange={(event) => onChange(event.target.value)}
    >
      {any !== undefined && <option value="">{any}</option>}
      {values.map(([choice, text]) => (
        <option key={choice} value={choice}>
          {text}
        </option>
      ))}
    </select>
  )
}
