import { useI18n } from '../i18n/i18n-context.ts'

/** The portal's message, or other words that are never corrected; `caption` says whose, where not the portal's. */
export function Verbatim({ children, caption }: { children: string; caption?: string | undefined }) {
  const { t } = useI18n()
  return (
    <figure className="verbatim">
      <figcaption>{caption ?? t('issue.verbatim')}</figcaption>
      <blockquote lang="ru">{children}</blockquote>
    </figure>
  )
}
