import { useI18n } from '../i18n/i18n-context.ts'

/** The portal's message, never translated or corrected. */
export function Verbatim({ children }: { children: string }) {
  const { t } = useI18n()
  return (
    <figure className="verbatim">
      <figcaption>{t('issue.verbatim')}</figcaption>
      <blockquote lang="ru">{children}</blockquote>
    </figure>
  )
}
