import { type RefObject, useCallback, useRef, useState } from 'react'
import { useArm } from '../../arm-context.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import { takeSecret } from './take-secret.ts'

export interface TakenKey {
  readonly place: 'file' | 'token'
  /** To be wiped once it was sent. */
  readonly pin: Uint8Array<ArrayBuffer>
}

export interface PersonalKeyForm {
  readonly onToken: boolean
  readonly fileName: string | undefined
  readonly missing: 'file' | 'pin' | undefined
  readonly pin: RefObject<HTMLInputElement | null>
  readonly chooser: RefObject<HTMLButtonElement | null>
  setOnToken(onToken: boolean): void
  choose(): Promise<void>
  /** Moves the PIN out of its field; undefined, and the focus where something is missing. */
  take(): TakenKey | undefined
  focusPin(): void
}

/** A person's own key: which file, or the token, and its PIN, which never becomes state of the page. */
export function usePersonalKey({ hasToken }: { hasToken: boolean }): PersonalKeyForm {
  const arm = useArm()
  const { language } = useI18n()
  const [tokenWanted, setOnToken] = useState(false)
  const [fileName, setFileName] = useState<string>()
  const [missing, setMissing] = useState<'file' | 'pin'>()
  const pin = useRef<HTMLInputElement>(null)
  const chooser = useRef<HTMLButtonElement>(null)
  const onToken = hasToken && tokenWanted
  const focusPin = useCallback(() => pin.current?.focus(), [])
  return {
    onToken,
    fileName,
    missing,
    pin,
    chooser,
    setOnToken,
    async choose() {
      const chosen = await arm.invoke('session.choose-key-file', { language })
      if (!chosen.ok || chosen.value === null) return
      setFileName(chosen.value.name)
      setMissing(undefined)
      focusPin()
    },
    take() {
      const lacks = !onToken && fileName === undefined ? 'file' : pin.current?.value ? undefined : 'pin'
      setMissing(lacks)
      if (lacks === 'file') chooser.current?.focus()
      if (lacks === 'pin') focusPin()
      if (lacks !== undefined || pin.current === null) return undefined
      return { place: onToken ? 'token' : 'file', pin: takeSecret(pin.current) }
    },
    focusPin,
  }
}
