import { useI18n } from '../i18n/i18n-context.ts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

export function CrashPage({ onReopen }: { onReopen: () => void }) {
  const { t } = useI18n()
  return (
    <main className="window-content window-content-centred">
      <Notice tone="refusal" title={t('app.crashed')} role="alert">
        <p>{t('app.crashed.text')}</p>
        <div className="notice-actions">
          <Button autoFocus onPress={onReopen}>
            {t('app.reload')}
          </Button>
        </div>
      </Notice>
    </main>
  )
}
