import {
  isSettingShown,
  type SettingPath,
  type SettingsForm,
  settingField,
  settingPaths,
} from '../../shared/domain/settings-fields.ts'
import type { ParsedSettings } from './load-settings.ts'

type Tree = Record<string, unknown>

/** Settings as texts, with what was left out filled in. */
export function formOf(settings: ParsedSettings): SettingsForm {
  const texts = settingPaths.map((path) => [path, textOf(settings, path)] as const)
  return Object.fromEntries(texts) as Record<SettingPath, string>
}

/**
 * The document that texts mean. A text that is no number stays one, so that the parser says so; what the texts do not
 * speak of (a token's mechanisms) is taken over from `base`.
 */
export function documentOf(form: SettingsForm, base: unknown): unknown {
  const document = structuredClone(isTree(base) ? base : {})
  for (const path of settingPaths) remove(document, path)
  // Of these nothing is left but an empty frame.
  for (const whole of ['key', 'printer', 'updates']) delete document[whole]
  for (const path of settingPaths) {
    if (!isSettingShown(path, form)) continue
    const value = documentValue(path, form[path].trim())
    if (value !== undefined) put(document, placeOf(path), value)
  }
  if (form['key.kind'] === 'token' && isTree(base) && isTree(base['key']) && isTree(document['key'])) {
    const { mechanisms } = base['key']
    if (mechanisms !== undefined) document['key']['mechanisms'] = mechanisms
  }
  return document
}

function textOf(settings: ParsedSettings, path: SettingPath): string {
  switch (path) {
    case 'key.kind':
      return typeof settings.key === 'string' ? 'file' : 'token'
    case 'key.file':
      return typeof settings.key === 'string' ? settings.key : ''
    case 'printer.kind':
      return settings.printer?.kind ?? 'none'
    case 'envelope.languages':
      return settings.envelope.languages.join(',')
    default: {
      const value = at(settings, path.split('.'))
      if (settingField(path).kind === 'switch') return isTree(value) ? 'on' : 'off'
      if (typeof value === 'boolean') return value ? 'on' : 'off'
      if (Array.isArray(value)) return value.join('\n')
      return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
    }
  }
}

/** @returns undefined where the document says nothing. */
function documentValue(path: SettingPath, text: string): unknown {
  if (path === 'key.kind') return text === 'token' ? {} : undefined
  if (path === 'printer.kind') return text === 'none' || text === '' ? undefined : text
  if (path === 'envelope.languages') return text.split(',')
  if (path === 'updates') return text === 'on' ? {} : undefined
  const { kind } = settingField(path)
  if (kind === 'switch') return text === 'on' ? {} : false
  if (kind === 'flag') return text === 'on'
  if (kind === 'list') return text.split(/\s+/).filter((entry) => entry !== '')
  if (text === '') return undefined
  return kind === 'number' && /^[0-9]+(\.[0-9]+)?$/.test(text) ? Number(text) : text
}

function placeOf(path: SettingPath): readonly string[] {
  return path === 'key.file' || path === 'key.kind' ? ['key'] : path.split('.')
}

function at(tree: unknown, place: readonly string[]): unknown {
  return place.reduce<unknown>((branch, name) => (isTree(branch) ? branch[name] : undefined), tree)
}

function remove(document: Tree, path: SettingPath): void {
  const place = placeOf(path)
  const parent = at(document, place.slice(0, -1))
  const last = place.at(-1)
  if (isTree(parent) && last !== undefined) delete parent[last]
}

function put(document: Tree, place: readonly string[], value: unknown): void {
  const [name, ...rest] = place
  if (name === undefined) return
  if (rest.length === 0) {
    document[name] = value
    return
  }
  const branch = document[name]
  const next: Tree = isTree(branch) ? branch : {}
  document[name] = next
  put(next, rest, value)
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
