import { useArm } from '../../arm-context.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import { SecretForm } from './secret-form.tsx'

/** Real mode, start of a shift: the passphrase opens what protects the personal data of the log. */
export function OpenVaultPage({ onOpened }: { onOpened: () => void }) {
  const arm = useArm()
  const { t } = useI18n()
  return (
    <SecretForm
      title={t('vault.title')}
      hint={t('vault.hint')}
      label={t('vault.passphrase')}
      required={t('vault.required')}
      submit={t('vault.submit')}
      failed={t('vault.failed')}
      autoComplete="off"
      onSubmit={async (passphrase) => {
        const result = await arm.invoke('vault.open', { passphrase })
        if (!result.ok) return result.failure
        onOpened()
        return undefined
      }}
    />
  )
}
