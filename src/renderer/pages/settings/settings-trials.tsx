import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import type { Result } from '../../../shared/result.ts'
import { useArm } from '../../arm-context.ts'
import { AdministratorFailure } from '../../components/administrator-failure.tsx'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import type { ShownFailure } from '../../components/shown-failure.ts'
import { formatDate } from '../../i18n/dates.ts'
import { takeSecret } from '../sign-in/take-secret.ts'
import type { SettingsTexts } from './settings-text-types.ts'
import { fill } from './settings-texts.ts'
import type { SettingsValues } from './use-settings.ts'

interface TrialProps {
  texts: SettingsTexts
  values: SettingsValues
}

type Seen = { readonly title: string; readonly facts?: string } | { readonly failure: ShownFailure }

/** Tries the gateway as it is typed. */
export function TryGateway({ texts, values }: TrialProps) {
  const arm = useArm()
  const { words } = texts
  const trial = useTrial(async () => {
    const seen = await arm.invoke('settings.try-gateway', { values })
    return told(seen, ({ notAfter, ...facts }) => ({
      title: words.gatewaySeen,
      facts: fill(words.gatewayFacts, { ...facts, date: formatDate(notAfter) }),
    }))
  })
  return <Trial {...trial} texts={texts} button={words.tryGateway} />
}

/** Opens the key that is typed, once. */
export function TryKey({ texts, values }: TrialProps) {
  const arm = useArm()
  const { words } = texts
  const pin = useRef<HTMLInputElement>(null)
  const trial = useTrial(async () => {
    if (pin.current === null || pin.current.value === '') {
      pin.current?.focus()
      return undefined
    }
    const secret = takeSecret(pin.current)
    const seen = await arm.invoke('settings.try-key', { values, pin: secret })
    secret.fill(0)
    return told(seen, ({ subject, notAfter, daysLeft }) => ({
      title: words.keySeen,
      facts: fill(words.keyFacts, { subject, date: formatDate(notAfter), days: daysLeft }),
    }))
  })
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    trial.run()
  }
  return (
    <Trial {...trial} texts={texts} button={words.tryKey}>
      <div className="field">
        <label htmlFor="settings-pin">{words.pin}</label>
        <input
          ref={pin}
          id="settings-pin"
          className="input"
          type="password"
          autoComplete="off"
          maxLength={256}
          aria-describedby="settings-pin-hint"
          onKeyDown={press}
        />
        <p className="setting-note" id="settings-pin-hint">
          {words.pinHint}
        </p>
      </div>
    </Trial>
  )
}

/** Prints a sample on the printer that is typed. */
export function TryPrinter({ texts, values }: TrialProps) {
  const arm = useArm()
  const { words } = texts
  const trial = useTrial(async () => {
    const seen = await arm.invoke('settings.try-printer', { values })
    return told(seen, ({ place }) => ({ title: words.pagePrinted, facts: place }))
  })
  return <Trial {...trial} texts={texts} button={words.tryPrinter} />
}

function told<T>(result: Result<T>, tell: (value: T) => Seen): Seen {
  return result.ok ? tell(result.value) : { failure: result.failure }
}

interface RunningTrial {
  readonly busy: boolean
  readonly seen: Seen | undefined
  run(): void
}

/** @param look undefined where there was nothing to look with. */
function useTrial(look: () => Promise<Seen | undefined>): RunningTrial {
  const [busy, setBusy] = useState(false)
  const [seen, setSeen] = useState<Seen>()
  const run = async () => {
    if (busy) return
    setBusy(true)
    setSeen(undefined)
    setSeen(await look())
    setBusy(false)
  }
  return { busy, seen, run }
}

function Trial(props: RunningTrial & { texts: SettingsTexts; button: string; children?: ReactNode }) {
  const { busy, seen, run, texts, button, children } = props
  return (
    <div className="settings-trial">
      {children}
      <div className="settings-trial-row">
        <Button kind="secondary" pending={busy} onPress={run}>
          {button}
        </Button>
        <p className="setting-note">{texts.words.trialHint}</p>
      </div>
      {seen !== undefined &&
        ('failure' in seen ? (
          <AdministratorFailure title={texts.words.failed} failure={seen.failure} />
        ) : (
          <Notice tone="success" role="status" title={seen.title}>
            {seen.facts !== undefined && <p className="settings-facts">{seen.facts}</p>}
          </Notice>
        ))}
    </div>
  )
}
