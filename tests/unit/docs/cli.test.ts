import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { exitCode } from '../../../src/main/console/exit-code.ts'
import { resolveSettings } from '../../../src/main/settings/load-settings.ts'
import { standFaults } from '../../../src/shared/domain/training.ts'

const root = path.resolve(import.meta.dirname, '..', '..', '..')
const read = (...name: string[]): string => readFileSync(path.join(root, ...name), 'utf8')
const manual = read('docs', 'cli.md')
const cli = read('src', 'main', 'cli.ts')

/** Names as cli.ts gives them. `audit` has no action of its own, only commands under it. */
function commands(): string[] {
  const declared = cli.matchAll(/(\.command|^serviceCommand|^trustCommand|\bauditCommand)\(\s*'([a-z-]+)'/gm)
  return Array.from(declared, ([, by, name = '']) => (by === 'auditCommand' ? `audit ${name}` : name)).filter(
    (name) => name !== 'audit',
  )
}

/** The fields of the settings' schema, group names among them. */
function settingsFields(): string[] {
  const source = read('src', 'main', 'settings', 'load-settings.ts')
  const schema = /const settingsSchema = ([\s\S]*?)\n\}\)/.exec(source)?.[1] ?? ''
  return Array.from(schema.matchAll(/(\w+): (?=z\.|identifier|httpsUrl|filePath)/g), ([, field = '']) => field)
}

describe('docs/cli.md', () => {
  test('the readers of the sources see what they judge', () => {
    expect(commands()).toEqual(
      expect.arrayContaining(['people', 'iin', 'check', 'issue', 'walk', 'audit verify', 'chain', 'verify', 'stand']),
    )
    expect(settingsFields()).toEqual(expect.arrayContaining(['mode', 'gateway', 'deadlineSeconds', 'portalUrl']))
  })

  test.each(commands())('describes the command %s under a heading', (command) => {
    expect(manual).toMatch(new RegExp(`^### \`arm ${command}[ \`]`, 'm'))
  })

  test('names every option', () => {
    const options = new Set(Array.from(cli.matchAll(/'(--[a-z-]+)/g), ([, option = '']) => option))
    expect(options.size).toBeGreaterThan(8)
    expect([...options].filter((option) => !manual.includes(`\`${option}`))).toEqual([])
  })

  test('names no command and no option that does not exist', () => {
    const named = Array.from(manual.matchAll(/^### `arm ((?:audit )?[a-z-]+)/gm), ([, command = '']) => command)
    expect(named.toSorted()).toEqual(commands().toSorted())
    const options = Array.from(manual.matchAll(/--[a-z-]+/g), ([option]) => option)
    expect(
      options.filter(
        (option) => !cli.includes(`'${option}`) && !['--silent', '--help'].includes(option) && !/^-+$/.test(option),
      ),
    ).toEqual([])
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
})
