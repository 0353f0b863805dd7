import type { ReactNode } from 'react'
import { exclusionSigns, legalCapacities, lifeStatusDeceased } from '../../../shared/domain/reference-data.ts'
import { StateMark, type Tone } from '../../components/state-mark.tsx'
import { formatDate } from '../../i18n/dates.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { CheckReply } from './issue-flow.ts'

type Person = NonNullable<CheckReply['person']>

interface PersonCardProps {
  check: CheckReply
  /** Whether what the check said of the account still holds: not after a request that may have changed it. */
  accountKnown: boolean
}

/** Who stands at the counter: what the ИИН says, what the register says, what the portal says. */
export function PersonCard({ check, accountKnown }: PersonCardProps) {
  const { t } = useI18n()
  const { iin, person } = check
  return (
    <section className="card person" aria-labelledby="person-title">
      <header className="person-header">
        <h2 id="person-title" className="person-name">
          {person?.name ?? t('person.title')}
        </h2>
        {accountKnown && <AccountState check={check} />}
      </header>
      <dl className="facts">
        <Fact name={t('person.birthDate')}>
          {iin.birthDate === undefined ? t('person.birthDate.absent') : formatDate(iin.birthDate)}
        </Fact>
        <Fact name={t('person.sex')}>
          {iin.sex === undefined ? t('person.sex.absent') : t(`person.sex.${iin.sex}`)}
        </Fact>
        {person !== undefined && <RegisterFacts person={person} />}
      </dl>
      {person === undefined && <p className="quiet">{t('person.notProvided')}</p>}
    </section>
  )
}

function AccountState({ check }: { check: CheckReply }) {
  const { t } = useI18n()
  const [tone, text]: [Tone, string] =
    check.refusal !== undefined
      ? ['bad', t('person.account.refused')]
      : check.registered
        ? ['warning', t('person.account.registered')]
        : ['good', t('person.account.notRegistered')]
  return (
    <p className="person-account">
      {t('person.account')}: <StateMark tone={tone}>{text}</StateMark>
    </p>
  )
}

/** Directory entries are official texts and stay in the register's language. */
function RegisterFacts({ person }: { person: Person }) {
  const { t } = useI18n()
  const deceased = person.lifeStatus === lifeStatusDeceased
  const capacityIsFull = person.legalCapacity === '1'
  return (
    <>
      <Fact name={t('person.lifeStatus')}>
        <StateMark tone={deceased ? 'bad' : 'good'}>
          {t(deceased ? 'person.lifeStatus.deceased' : 'person.lifeStatus.other', { code: person.lifeStatus })}
        </StateMark>
      </Fact>
      <Fact name={t('person.prosecutorRecord')}>
        <StateMark tone={person.prosecutorRecord ? 'bad' : 'good'}>
          {t(person.prosecutorRecord ? 'person.prosecutorRecord.yes' : 'person.prosecutorRecord.no')}
        </StateMark>
      </Fact>
      <Fact name={t('person.exclusionSign')} wide={person.exclusionSign !== undefined}>
        {person.exclusionSign === undefined ? (
          <StateMark tone="good">{t('person.exclusionSign.none')}</StateMark>
        ) : (
          <StateMark tone="bad">
            <DirectoryEntry code={person.exclusionSign} directory={exclusionSigns} />
          </StateMark>
        )}
      </Fact>
      <Fact name={t('person.legalCapacity')} wide={!capacityIsFull}>
        <StateMark tone={capacityIsFull ? 'good' : 'warning'}>
          <DirectoryEntry code={person.legalCapacity} directory={legalCapacities} />
        </StateMark>
      </Fact>
    </>
  )
}

function DirectoryEntry({ code, directory }: { code: string; directory: Readonly<Record<string, string>> }) {
  const { t } = useI18n()
  const entry = directory[code]
  return (
    <>
      {code} — {entry === undefined ? t('common.unknown') : <span lang="ru">{entry}</span>}
    </>
  )
}

function Fact({ name, wide = false, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className="fact" data-wide={wide}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
