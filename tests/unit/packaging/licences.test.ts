import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

interface LockedPackage {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly shipped: boolean
}
const root = path.resolve(import.meta.dirname, '..', '..', '..')
const tool = (await import(path.join(root, 'tools', 'list-licences.mjs'))) as {
  ALLOWED_SHIPPED: readonly string[]
  ALLOWED_TOOLS: readonly string[]
  readPackages(lock: unknown): readonly LockedPackage[]
  isAllowed(licence: string, allowed: readonly string[]): boolean
  renderLicences(packages: readonly LockedPackage[]): string
}
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'))
const packages = tool.readPackages(lock)

test('docs/licences.md is up to date: node tools/list-licences.mjs', () => {
  expect(readFileSync(path.join(root, 'docs', 'licences.md'), 'utf8')).toBe(tool.renderLicences(packages))
})

test('every licence is one that somebody agreed to', () => {
  const refused = packages.filter(
    ({ licence, shipped }) => !tool.isAllowed(licence, shipped ? tool.ALLOWED_SHIPPED : tool.ALLOWED_TOOLS),
  )
  expect(refused).toEqual([])
  expect(packages.filter(({ shipped }) => shipped).length).toBeGreaterThan(50)
})

test.each([
  ['GPL-3.0-only', false],
  ['none', false],
  ['MIT AND GPL-2.0-only', false],
  ['(MIT OR GPL-2.0-only)', true],
  ['SEE LICENSE IN LICENSE', false],
])('of the licence %s it says %s', (licence, allowed) => {
  expect(tool.isAllowed(licence, tool.ALLOWED_SHIPPED)).toBe(allowed)
})

test('every dependency is pinned to one version, and the lock file has its hash', () => {
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies } as Record<string, string>
  expect(Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  for (const [name, version] of Object.entries(wanted)) {
    expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version)
  }
  const entries = Object.entries(lock.packages as Record<string, { integrity?: string; inBundle?: boolean }>)
  const unhashed = entries.filter(
    ([place, entry]) => place !== '' && entry.inBundle !== true && !/^sha512-/.test(entry.integrity ?? ''),
  )
  expect(unhashed.map(([place]) => place)).toEqual([])
})

test('the bill of materials names every package that ships', () => {
  const npm = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--omit', 'dev'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  expect(npm.status, npm.stderr).toBe(0)
  const bill = JSON.parse(npm.stdout)
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: expect.stringMatching(/^1\.\d$/) })
  const named = new Set(
    (bill.components as { name: string; version: string; group?: string }[]).map(
      ({ group, name, version }) => `${group === undefined ? '' : `${group}/`}${name}@${version}`,
    ),
  )
  for (const name of Object.keys(manifest.dependencies)) {
    expect(
      [...named].some((id) => id.startsWith(`${name}@`)),
      name,
    ).toBe(true)
  }
})
