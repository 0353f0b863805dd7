import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

/** The import directions of docs/architecture.md, over every import of every source file. */
const root = path.resolve(import.meta.dirname, '..', '..')
const source = path.join(root, 'src')

interface Import {
  readonly from: string
  readonly to: string
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
}

/** A path below src/ for our own files, a package's name otherwise. */
function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8')
  const specifiers = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*'([^']+)'|\bimport\s*\(?\s*'([^']+)'/g,
  )
  return Array.from(specifiers, ([, named, plain]) => named ?? plain ?? '').map((specifier) => ({
    from: path.relative(source, file),
    to: specifier.startsWith('.')
      ? path.relative(source, path.resolve(path.dirname(file), specifier))
      : specifier.replace(/^((?:@[^/]+\/)?[^/]+).*$/, '$1'),
  }))
}

const imports = filesBelow(source).flatMap(importsOf)
const violations = (isForbidden: (found: Import) => boolean): string[] =>
  imports.filter(isForbidden).map(({ from, to }) => `${from} → ${to}`)
const isNode = (to: string): boolean => to.startsWith('node:')
const isOurs = (to: string): boolean => /^(main|preload|renderer|shared|stand)\//.test(to)

describe('import directions', () => {
  test('the reader of imports sees the imports that it judges', () => {
    expect(imports.length).toBeGreaterThan(200)
    expect(imports).toContainEqual({ from: 'preload/index.ts', to: 'electron' })
    expect(imports).toContainEqual({ from: 'main/compose-training.ts', to: 'stand/start-stand.ts' })
  })

  test('shared imports no other layer, no Node and no Electron', () => {
    expect(
      violations(
        ({ from, to }) =>
          from.startsWith('shared/') && (isNode(to) || to === 'electron' || (isOurs(to) && !to.startsWith('shared/'))),
      ),
    ).toEqual([])
  })

  test('ports and use cases import neither Electron nor an adapter', () => {
    expect(
      violations(
        ({ from, to }) =>
          /^main\/(ports|use-cases)\//.test(from) &&
          (to === 'electron' || (isOurs(to) && !/^(shared|main\/ports|main\/use-cases)\//.test(to))),
      ),
    ).toEqual([])
  })

  test('an adapter imports shared, ports, other adapters of its kind, and no use case', () => {
    expect(
      violations(
        ({ from, to }) =>
          from.startsWith('main/adapters/') &&
          (to === 'electron' || (isOurs(to) && !/^(shared|main\/ports|main\/adapters)\//.test(to))),
      ),
    ).toEqual([])
  })

  test('only the composition and the console know adapters', () => {
    expect(
      violations(
        ({ from, to }) =>
          to.startsWith('main/adapters/') &&
          !/^main\/(adapters|console)\//.test(from) &&
          !from.startsWith('stand/crypto/') &&
          !/^main\/compose(-[a-z]+)*\.ts$/.test(from),
      ),
    ).toEqual([])
  })

  test('only desktop and the preload import electron', () => {
    expect(violations(({ from, to }) => to === 'electron' && !/^(main\/desktop|preload)\//.test(from))).toEqual([])
  })

  test('the stand shares nothing with the workstation but shared and, in one folder, the ГОСТ primitive', () => {
    const isShared = ({ from, to }: Import): boolean =>
      /^(shared|stand)\//.test(to) || (from.startsWith('stand/crypto/') && to.startsWith('main/adapters/gost/'))
    expect(violations((found) => found.from.startsWith('stand/') && isOurs(found.to) && !isShared(found))).toEqual([])
  })

  test('only the training composition and the console load the stand', () => {
    expect(
      violations(
        ({ from, to }) =>
          to.startsWith('stand/') &&
          !from.startsWith('stand/') &&
          !/^main\/(compose-training(-stand(-thread)?)?\.ts|console\/)/.test(from),
      ),
    ).toEqual([])
  })

  test('the renderer imports shared and its own files, never Node, Electron or main', () => {
    expect(
      violations(
        ({ from, to }) =>
          from.startsWith('renderer/') &&
          (isNode(to) || to === 'electron' || to === 'zod' || /^(main|preload|stand)\//.test(to)),
      ),
    ).toEqual([])
  })

  test.each([
    ['axios', /^main\/adapters\/shep\//],
    ['better-sqlite3', /^main\/adapters\/audit-sqlite\//],
    ['pdfkit', /^main\/adapters\/envelope-pdf\//],
    ['koffi', /^main\/adapters\/(keystore\/token\/pkcs11-library|process-memory\/forbid-core-dumps)\.ts$/],
    ['fontkit', /^main\/adapters\/envelope-pdf\//],
    ['qr', /^main\/adapters\/envelope-pdf\//],
    ['pkijs', /^(main\/adapters\/cms|stand)\//],
    ['hash-wasm', /^main\/adapters\/accounts\//],
    ['@hyzyla/pdfium', /^main\/adapters\/printing\//],
    ['commander', /^main\/(cli|console\/program)\.ts$/],
  ])('%s has one importer in the workstation', (name, allowed) => {
    expect(violations(({ from, to }) => to === name && !allowed.test(from))).toEqual([])
    expect(imports.some(({ to }) => to === name)).toBe(true)
  })

  test('no file imports itself around a circle', () => {
    const edges = new Map<string, string[]>()
    for (const { from, to } of imports) if (isOurs(to)) edges.set(from, [...(edges.get(from) ?? []), to])
    const circles: string[] = []
    const done = new Set<string>()
    const walk = (file: string, trail: readonly string[]): void => {
      if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file].join(' → '))
      if (done.has(file) || trail.includes(file)) return
      for (const next of edges.get(file) ?? []) walk(next, [...trail, file])
      done.add(file)
    }
    for (const file of edges.keys()) walk(file, [])
    expect(circles).toEqual([])
  })
})
