import { Lock } from 'lucide-react'
import type { Role } from '../../shared/domain/session.ts'
import { useI18n } from '../i18n/i18n-context.ts'
import type { Page } from './pages.ts'

/** Says who may open the section, instead of hiding that it exists. */
export function AccessRefused({ page, role }: { page: Exclude<Page, 'help'>; role: Role }) {
  const { t } = useI18n()
  return (
    <section className="page empty-page">
      <Lock aria-hidden="true" className="empty-page-icon" />
      <h1>{t('access.title')}</h1>
      <p>{t(`access.${page}`, { role: t(`role.${role}`) })}</p>
      <p className="quiet">{t('access.hint')}</p>
    </section>
  )
}
