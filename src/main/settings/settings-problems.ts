import type { z } from 'zod'
import {
  type SettingPath,
  type SettingProblem,
  settingField,
  settingFields,
} from '../../shared/domain/settings-fields.ts'

/** What is wrong with a document of settings, and where. */
export interface SettingsFinding {
  /** As the document names it: `revocation.crl.urls.0`. */
  readonly path: string
  readonly reason: SettingProblem
  /** A system's error code and a file's name. */
  readonly detail?: string
}

type Issue = z.core.$ZodIssue

/** An unknown name is told, and it may be long. */
const MAX_PATH = 100

/** Findings of the parser, with those of the form that was meant where a value has several. */
export function findingsOf(issues: readonly Issue[], document: unknown): readonly SettingsFinding[] {
  return issues.flatMap((issue) => flatten(issue, [])).map(({ issue, path }) => finding(issue, path, document))
}

interface Placed {
  readonly issue: Issue
  readonly path: readonly PropertyKey[]
}

function flatten(issue: Issue, above: readonly PropertyKey[]): readonly Placed[] {
  const path = [...above, ...issue.path]
  if (issue.code !== 'invalid_union') return [{ issue, path }]
  // The form whose findings lie deepest is the one that was meant.
  const forms = issue.errors.map((errors) => errors.flatMap((inner) => flatten(inner, path)))
  const meant = forms.find((form) => form.length > 0 && form.every((placed) => placed.path.length > path.length))
  return meant ?? [{ issue, path }]
}

function finding(issue: Issue, place: readonly PropertyKey[], document: unknown): SettingsFinding {
  const keys = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const path = [...place, ...keys].map(String).join('.').slice(0, MAX_PATH) || 'file'
  return { path, reason: reasonOf(issue, path, valueAt(document, place)) }
}

function reasonOf(issue: Issue, path: string, value: unknown): SettingProblem {
  const field = fieldOf(path)
  if (issue.code === 'unrecognized_keys') return 'unknown-field'
  if (value === undefined) return 'required'
  if (issue.code === 'custom') return path === 'signature.timestamp' ? 'no-timestamp-in-xml' : 'format'
  if (field?.kind === 'number') return typeof value === 'number' ? 'range' : 'number'
  if (field?.kind === 'choice' || issue.code === 'invalid_value') return 'choice'
  if (issue.code === 'too_small' || issue.code === 'too_big') return 'length'
  if (field !== undefined && 'format' in field && field.format !== 'any' && field.format !== 'path') return field.format
  return 'format'
}

/** The setting of the page that a place in the document belongs to; undefined where the page has none for it. */
export function settingOf(path: string): SettingPath | undefined {
  if (path === 'key') return 'key.file'
  if (path === 'printer') return 'printer.kind'
  const names = path.split('.')
  for (let length = names.length; length > 0; length -= 1) {
    const name = names.slice(0, length).join('.')
    if (Object.hasOwn(settingFields, name)) return name as SettingPath
  }
  return undefined
}

function fieldOf(path: string) {
  const setting = settingOf(path)
  return setting === undefined ? undefined : settingField(setting)
}

function valueAt(document: unknown, place: readonly PropertyKey[]): unknown {
  return place.reduce<unknown>(
    (branch, name) => (typeof branch === 'object' && branch !== null ? Reflect.get(branch, name) : undefined),
    document,
  )
}
