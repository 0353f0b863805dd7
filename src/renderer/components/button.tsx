import { CornerDownLeft, LoaderCircle } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'

interface ButtonProps {
  children: ReactNode
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger'
  type?: 'button' | 'submit'
  /** Shows a spinner and takes no press, but keeps the focus; what goes on is said by the page's own status. */
  pending?: boolean
  disabled?: boolean
  autoFocus?: boolean
  /** The page moves the focus here when its stage begins. */
  nextAction?: boolean
  /** Reminds that Enter presses it, in a field too. */
  enterHint?: boolean
  /** Id of the element that says what the press is about, where the words alone do not. */
  describedBy?: string
  onPress?: () => void
}

export function Button(props: ButtonProps) {
  const { children, kind = 'primary', type = 'button', pending = false, disabled = false, onPress } = props
  return (
    <AriaButton
      className={`button button-${kind}`}
      type={pending ? 'button' : type}
      aria-disabled={pending}
      data-busy={pending}
      isDisabled={disabled}
      data-next-action={props.nextAction === true ? '' : undefined}
      {...(props.autoFocus === undefined ? {} : { autoFocus: props.autoFocus })}
      {...(props.describedBy === undefined ? {} : { 'aria-describedby': props.describedBy })}
      {...(onPress === undefined || pending ? {} : { onPress: () => onPress() })}
    >
      {pending && <LoaderCircle aria-hidden="true" className="spinner" />}
      <span>{children}</span>
      {props.enterHint === true && !pending && <CornerDownLeft aria-hidden="true" className="button-key" />}
    </AriaButton>
  )
}
