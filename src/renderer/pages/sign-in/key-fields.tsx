import { useEffect } from 'react'
import { Checkbox } from '../../components/checkbox.tsx'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { PersonalKeyForm } from './use-personal-key.ts'

interface KeyFieldsProps {
  /** A form beside others needs ids of its own. */
  idPrefix: string
  hasToken: boolean
  personalKey: PersonalKeyForm
}

/** The file of one's own ЭЦП, or the token, and what opens it. */
export function KeyFields({ idPrefix, hasToken, personalKey }: KeyFieldsProps) {
  const { t } = useI18n()
  const { onToken, fileName, missing, pin, chooser } = personalKey
  useEffect(() => chooser.current?.focus(), [chooser])
  return (
    <>
      <p className="quiet" id={`${idPrefix}-key-hint`}>
        {t('signIn.key.hint')}
      </p>
      {hasToken && (
        <Checkbox checked={onToken} onChange={personalKey.setOnToken}>
          {t('signIn.key.token')}
        </Checkbox>
      )}
      {!onToken && (
        <div className="field">
          <button
            ref={chooser}
            type="button"
            className="button button-secondary"
            aria-describedby={missing === 'file' ? `${idPrefix}-key-missing` : `${idPrefix}-key-hint`}
            onClick={() => void personalKey.choose()}
          >
            {t('signIn.key.choose')}
          </button>
          {fileName !== undefined && <p role="status">{t('signIn.key.chosen', { name: fileName })}</p>}
          {missing === 'file' && (
            <p className="field-error" id={`${idPrefix}-key-missing`}>
              {t('signIn.key.missing')}
            </p>
          )}
        </div>
      )}
      <div className="field">
        <label htmlFor={`${idPrefix}-pin`}>{t('signIn.key.pin')}</label>
        <input
          ref={pin}
          id={`${idPrefix}-pin`}
          className="input"
          type="password"
          autoComplete="off"
          maxLength={256}
          required
          aria-invalid={missing === 'pin'}
          aria-describedby={missing === 'pin' ? `${idPrefix}-pin-missing` : undefined}
        />
        {missing === 'pin' && (
          <p className="field-error" id={`${idPrefix}-pin-missing`}>
            {t('signIn.key.pinRequired')}
          </p>
        )}
      </div>
    </>
  )
}
