import { Lock } from 'lucide-react'
import {
  type SettingLock,
  type SettingPath,
  type SettingProblem,
  settingField,
} from '../../../shared/domain/settings-fields.ts'
import type { SettingsTexts } from './settings-text-types.ts'
import { choiceText, fill } from './settings-texts.ts'

interface SettingControlProps {
  setting: SettingPath
  value: string
  texts: SettingsTexts
  mode: 'training' | 'real'
  lock: SettingLock | undefined
  problem: SettingProblem | undefined
  own: boolean
  /** Values that are known to exist; others can be typed too. */
  known?: readonly string[]
  onChange: (value: string) => void
}

export function settingId(setting: SettingPath): string {
  return `setting-${setting}`
}

/** One setting: its words, its value, what is wrong with it, and why it cannot be changed where it cannot. */
export function SettingControl(props: SettingControlProps) {
  const { setting, texts, lock, problem, own } = props
  const id = settingId(setting)
  const { label, hint } = texts.fields[setting]
  const said = [hint && `${id}-hint`, lock && `${id}-lock`, problem && `${id}-error`].filter(
    (part) => part !== undefined,
  )
  return (
    <div className="field setting" data-locked={lock !== undefined}>
      <label htmlFor={id}>{label}</label>
      <Input {...props} id={id} describedBy={said.length === 0 ? undefined : said.join(' ')} />
      {problem !== undefined && (
        <p className="field-error" id={`${id}-error`}>
          {problemText(texts, setting, problem)}
        </p>
      )}
      {lock !== undefined && (
        <p className="setting-note" id={`${id}-lock`}>
          <Lock aria-hidden="true" />
          {texts.locks[lock]}
        </p>
      )}
      {hint !== undefined && (
        <p className="setting-note" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {own && lock === undefined && <p className="setting-note setting-own">{texts.words.own}</p>}
    </div>
  )
}

function Input(props: SettingControlProps & { id: string; describedBy: string | undefined }) {
  const { setting, value, texts, lock, problem, id, describedBy, onChange } = props
  const field = settingField(setting)
  const shared = {
    id,
    className: 'input',
    'aria-invalid': problem !== undefined,
    'aria-describedby': describedBy,
  }
  if (field.kind === 'choice' || field.kind === 'switch' || field.kind === 'flag') {
    const choices = field.kind === 'choice' ? offered(field.choices, props) : ['on', 'off']
    const text = (choice: string) =>
      field.kind === 'choice' ? choiceText(texts, setting, choice) : texts.words[choice === 'on' ? 'on' : 'off']
    return (
      <select
        {...shared}
        value={value}
        disabled={lock !== undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {text(choice)}
          </option>
        ))}
      </select>
    )
  }
  const typed = {
    ...shared,
    value,
    readOnly: lock !== undefined,
    spellCheck: false,
    autoComplete: 'off',
    required: field.required === true,
    maxLength: 4000,
  }
  if (field.kind === 'list') {
    return <textarea {...typed} rows={3} onChange={(event) => onChange(event.currentTarget.value)} />
  }
  return (
    <>
      <input
        {...typed}
        type="text"
        list={props.known === undefined ? undefined : `${id}-known`}
        inputMode={field.kind === 'number' ? 'decimal' : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {props.known !== undefined && (
        <datalist id={`${id}-known`}>
          {props.known.map((entry) => (
            <option key={entry} value={entry} />
          ))}
        </datalist>
      )}
    </>
  )
}

/** Files in place of paper are for training alone. */
function offered(choices: readonly string[], { setting, mode, value }: SettingControlProps): readonly string[] {
  if (setting !== 'printer.kind' || mode === 'training') return choices
  return choices.filter((choice) => choice !== 'training' || choice === value)
}

export function problemText(texts: SettingsTexts, setting: SettingPath, problem: SettingProblem): string {
  const field = settingField(setting)
  return fill(texts.problems[problem], field.kind === 'number' ? { min: field.min, max: field.max } : {})
}
