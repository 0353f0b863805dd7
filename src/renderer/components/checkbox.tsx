import { Check } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { Checkbox as AriaCheckbox } from 'react-aria-components'

interface CheckboxProps {
  children: ReactNode
  checked: boolean
  disabled?: boolean
  invalid?: boolean
  inputRef?: RefObject<HTMLInputElement | null>
  onChange: (checked: boolean) => void
}

export function Checkbox({ children, checked, disabled = false, invalid = false, inputRef, onChange }: CheckboxProps) {
  return (
    <AriaCheckbox
      className="checkbox"
      isSelected={checked}
      isDisabled={disabled}
      isInvalid={invalid}
      onChange={onChange}
      {...(inputRef === undefined ? {} : { inputRef })}
    >
      <span className="checkbox-box" aria-hidden="true">
        <Check />
      </span>
      <span>{children}</span>
    </AriaCheckbox>
  )
}
