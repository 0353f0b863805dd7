import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { exitCode } from '../../../src/main/console/exit-code.ts'
import { program } from '../../../src/main/console/program.ts'
import * as dataFolder from '../../../src/main/settings/data-folder.ts'
import { resolveSettings } from '../../../src/main/settings/load-settings.ts'
import { standFaults } from '../../../src/shared/domain/training.ts'
import { standFiles } from '../../../src/stand/stand-files.ts'

const root = path.resolve(import.meta.dirname, '..', '..', '..')
const read = (...name: string[]): string => readFileSync(path.join(root, ...name), 'utf8')
const manual = read('docs', 'cli.md')

/** Every command by its name, `audit` with its own; their long options. */
const optionsOf = new Map<string, readonly string[]>(named(program, ''))
const commands = [...optionsOf.keys()]

function named(parent: Command, prefix: string): [string, readonly string[]][] {
  return parent.commands.flatMap((command) => {
    const name = `${prefix}${command.name()}`
    if (command.commands.length > 0) return named(command, `${name} `)
    return [[name, command.options.map(({ long }) => long ?? '')] satisfies [string, readonly string[]]]
  })
}

/** What the manual says of a command, down to the next one. */
function sectionOf(command: string): string {
  return new RegExp(`^### \`arm ${command}[ \`][\\s\\S]*?(?=^##)`, 'm').exec(manual)?.[0] ?? ''
}

/** The table of options that several commands have: to whom it gives each of them. */
const sharedTable = /^## Options of several commands\n([\s\S]*?)^Secrets are read/m.exec(manual)?.[1] ?? ''
const shared = new Map(
  Array.from(sharedTable.matchAll(/^\| `(--[a-z-]+)[^`]*` \| (.*?) \|/gm), ([, option = '', to = '']) => {
    const names = Array.from(to.matchAll(/`([^`]+)`/g), ([, name = '']) => name)
    const isNamed = (command: string): boolean =>
      names.some((name) => (name.endsWith(' …') ? command.startsWith(name.slice(0, -1)) : command === name))
    return [option, to.startsWith('all but') ? (command: string) => !isNamed(command) : isNamed] as const
  }),
)

/** The fields of the settings' schema, group names among them. */
function settingsFields(): string[] {
  const source = read('src', 'main', 'settings', 'load-settings.ts')
  const schema = /const settingsSchema = ([\s\S]*?)\n\}\)/.exec(source)?.[1] ?? ''
  return Array.from(schema.matchAll(/(\w+): (?=z\.|identifier|httpsUrl|filePath)/g), ([, field = '']) => field)
}

describe('docs/cli.md', () => {
  test('the readers of the sources see what they judge', () => {
    expect(commands).toEqual(expect.arrayContaining(['people', 'issue', 'audit verify', 'stand']))
    expect([...shared.keys()]).toEqual(expect.arrayContaining(['--json', '--data', '--vault-passphrase-file']))
    expect(settingsFields()).toEqual(expect.arrayContaining(['mode', 'gateway', 'deadlineSeconds', 'portalUrl']))
  })

  test('describes every command under a heading, and no other', () => {
    const headings = Array.from(manual.matchAll(/^### `arm ((?:audit )?[a-z-]+)/gm), ([, command = '']) => command)
    expect(headings.toSorted()).toEqual(commands.toSorted())
  })

  test.each(commands)('names every option of %s, there or in the table', (command) => {
    const elsewhere = ['verify', 'audit export', 'diagnostics'].includes(command)
      ? sectionOf({ verify: 'chain', 'audit export': 'audit search', diagnostics: 'settings' }[command] ?? '')
      : ''
    const text = sectionOf(command) + elsewhere
    const missing = (optionsOf.get(command) ?? []).filter((option) =>
      shared.has(option) ? shared.get(option)?.(command) !== true : !new RegExp(`${option}(?![a-z-])`).test(text),
    )
    expect(missing).toEqual([])
  })

  test.each([...shared.keys()])('the table gives %s to no command that has it not', (option) => {
    const given = commands.filter((command) => shared.get(option)?.(command) === true)
    expect(given.filter((command) => !optionsOf.get(command)?.includes(option))).toEqual([])
  })

  test('names no option that does not exist', () => {
    const existing = new Set([...optionsOf.values()].flat())
    const options = Array.from(manual.matchAll(/--[a-z][a-z-]+/g), ([option]) => option)
    expect(options.filter((option) => !existing.has(option) && !['--silent', '--help'].includes(option))).toEqual([])
  })

  test.each(settingsFields())('describes the settings field %s', (field) => {
    expect(manual).toMatch(new RegExp(`\`(?:\\w+\\.)?${field}[\`.]`))
  })

  test('the settings of the example fit the schema: only their files are missing', async () => {
    const example = /```json\n([\s\S]*?)```/.exec(manual)?.[1] ?? ''
    const document: unknown = JSON.parse(example)
    // One example: the manual's is the one that is shipped.
    expect(example).toBe(read('resources', 'settings.example.json'))
    const options = { folder: path.join(root, 'docs', 'no-such-folder'), readCertificates: () => [] }
    const resolved = await resolveSettings({ ...options, document })
    expect(resolved).toMatchObject({
      ok: false,
      failure: { code: 'settings.invalid', detail: expect.stringMatching(/^ENOENT /) },
    })
    const wrong = await resolveSettings({ ...options, document: { ...Object(document), mode: 'rehearsal' } })
    expect(wrong).toEqual({ ok: false, failure: { code: 'settings.invalid', detail: 'mode' } })
  })

  test('lists every fault of the stand, and no other', () => {
    const rows = Array.from(
      manual.matchAll(/^\| `([a-z0-9-]+)` \|.*\| (?:not )?changed \|/gm),
      ([, fault = '']) => fault,
    )
    expect(rows.toSorted()).toEqual([...standFaults].toSorted())
  })

  test('lists every exit code, and no other', () => {
    const rows = Array.from(manual.matchAll(/^\| ([0-9]) \|/gm), ([, code]) => Number(code))
    expect(rows.toSorted()).toEqual(Object.values(exitCode).toSorted())
  })

  test('tells of everything in a data folder', () => {
    const places = Object.values(dataFolder).map((place) => place('/data'))
    const inStand = Object.values(standFiles('/data/stand'))
    const table = /^## Data folder\n([\s\S]*)/m.exec(manual)?.[1] ?? ''
    const names = [...places, ...inStand].map((place) => path.relative('/data', place))
    expect(names.length).toBeGreaterThan(10)
    expect(names.filter((name) => !new RegExp(`\`${name}/?\``).test(table))).toEqual([])
  })
})
