import type { ReactNode } from 'react'
import { roles } from '../../../shared/domain/session.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { Translate } from '../../i18n/translator.ts'
import type { JournalRow } from './journal-row.ts'
import { outcomeText } from './outcome-text.ts'

/** All that the row holds, in full. */
export function JournalRowDetails({ row }: { row: JournalRow }) {
  const { language, t } = useI18n()
  return (
    <dl className="facts row-facts">
      <Fact name={t('journal.row.seq')}>{row.seq}</Fact>
      <Fact name={t('journal.row.utc')}>
        <code>{row.at}</code>
      </Fact>
      <Fact name={t('journal.row.workstation')}>{row.workstation}</Fact>
      <Fact name={t('journal.row.role')}>{row.role === undefined ? undefined : roleName(row.role, t)}</Fact>
      <Fact name={t('journal.row.operation')}>
        {row.operation === undefined ? undefined : operationName(row.operation, t)}
      </Fact>
      <Fact name={t('common.requestId')}>{row.requestId !== undefined && <code>{row.requestId}</code>}</Fact>
      <Fact name={t('journal.column.outcome')}>
        {row.outcome !== undefined && (
          <>
            {outcomeText(row.outcome, language)} <code>{row.outcome}</code>
          </>
        )}
      </Fact>
      <Fact name={t('journal.row.note')}>{row.note}</Fact>
      {Object.entries(row.details ?? {}).map(([name, value]) => (
        <Fact key={name} name={<code>{name}</code>}>
          <code>{value}</code>
        </Fact>
      ))}
    </dl>
  )
}

function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  if (children === undefined || children === false) return null
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function roleName(role: string, t: Translate): string {
  if (role === 'system') return t('journal.role.system')
  const known = roles.find((candidate) => candidate === role)
  return known === undefined ? role : t(`role.${known}`)
}

function operationName(operation: string, t: Translate): string {
  return operation === 'CheckRegistration' || operation === 'RegisterUser'
    ? t(`journal.operation.${operation}`)
    : operation
}
