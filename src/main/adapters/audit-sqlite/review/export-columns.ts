import { eventText, outcomeText } from '../../../../shared/contract/event-texts.ts'
import type { Language } from '../../../../shared/domain/language.ts'
import type { StoredRow } from '../stored-row.ts'

/** Columns of a table for people. `iin` has six digits and asterisks unless the export was asked for in full. */
export interface ExportColumn {
  readonly title: Readonly<Record<Language, string>>
  /** Characters, for a workbook's column. */
  readonly width: number
  readonly value: (row: StoredRow, iin: string | undefined, language: Language) => string | number
}

export const exportColumns: readonly ExportColumn[] = [
  { title: { kk: 'Нөмірі', ru: 'Номер', en: 'Number' }, width: 10, value: (row) => row.seq },
  {
    title: { kk: 'Уақыты', ru: 'Время', en: 'Time' },
    width: 20,
    value: (row) => localMoment(row.at),
  },
  { title: { kk: 'UTC уақыты', ru: 'Время UTC', en: 'Time UTC' }, width: 25, value: (row) => row.at },
  { title: { kk: 'Жұмыс орны', ru: 'Рабочее место', en: 'Workstation' }, width: 16, value: (row) => row.workstation },
  { title: { kk: 'Пайдаланушы', ru: 'Пользователь', en: 'User' }, width: 16, value: (row) => row.actor },
  { title: { kk: 'Рөлі', ru: 'Роль', en: 'Role' }, width: 12, value: (row) => row.role ?? '' },
  { title: { kk: 'Оқиға', ru: 'Событие', en: 'Event' }, width: 26, value: (row) => row.event },
  {
    title: { kk: 'Оқиға сөзбен', ru: 'Событие словами', en: 'Event in words' },
    width: 34,
    value: (row, _iin, language) => eventText(row.event, language) ?? '',
  },
  { title: { kk: 'Операция', ru: 'Операция', en: 'Operation' }, width: 19, value: (row) => row.operation ?? '' },
  { title: { kk: 'Нәтижесі', ru: 'Исход', en: 'Outcome' }, width: 26, value: (row) => row.outcome ?? '' },
  {
    title: { kk: 'Нәтиже сөзбен', ru: 'Исход словами', en: 'Outcome in words' },
    width: 44,
    value: (row, _iin, language) => (row.outcome === null ? '' : (outcomeText(row.outcome, language) ?? '')),
  },
  { title: { kk: 'ЖСН', ru: 'ИИН', en: 'IIN' }, width: 14, value: (_row, iin) => iin ?? '' },
  { title: { kk: 'Сұрау', ru: 'Запрос', en: 'Request' }, width: 38, value: (row) => row.request_id ?? '' },
  { title: { kk: 'Себебі', ru: 'Причина', en: 'Reason' }, width: 40, value: (row) => row.note ?? '' },
  { title: { kk: 'Мәліметтер', ru: 'Сведения', en: 'Facts' }, width: 40, value: (row) => row.details ?? '' },
]

/** A text that a spreadsheet program would calculate instead of showing (OWASP, CSV Injection). */
export function looksLikeFormula(text: string): boolean {
  return /^[=+\-@\t\r\n]/.test(text)
}

const two = (value: number): string => String(value).padStart(2, '0')

function localMoment(iso: string): string {
  const date = new Date(iso)
  const day = `${two(date.getDate())}.${two(date.getMonth() + 1)}.${date.getFullYear()}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}
