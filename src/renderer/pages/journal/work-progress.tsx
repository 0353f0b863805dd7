import { Button } from '../../components/button.tsx'
import { useI18n } from '../../i18n/i18n-context.ts'

/** Long work: what it is, how far it is, and the way to end it. */
export function WorkProgress({ text, share, onCancel }: { text: string; share?: number; onCancel: () => void }) {
  const { t } = useI18n()
  return (
    <div className="work-progress" role="status">
      <span>{text}</span>
      <progress aria-label={text} max={1} {...(share === undefined ? {} : { value: share })} />
      <Button kind="quiet" onPress={onCancel}>
        {t('common.cancel')}
      </Button>
    </div>
  )
}
