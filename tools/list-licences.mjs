// Writes docs/licences.md from the lock file: node tools/list-licences.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** Licences that a product under Apache-2.0 may carry inside; what none of them covers is a decision for a person. */
export const ALLOWED_SHIPPED = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0']

/** Tools do not ship; weak copyleft on their own files is no matter there. */
export const ALLOWED_TOOLS = [...ALLOWED_SHIPPED, 'MPL-2.0', 'Python-2.0', 'CC-BY-4.0', 'CC0-1.0', 'WTFPL']

/** Packages whose package.json names no licence, and where it was read. */
const READ_BY_HAND = { 'png-js@2.0.0': 'MIT' }

const BESIDE_NPM = [
  ['Electron 45', 'MIT', 'with Chromium and Node.js: `LICENSES.chromium.html` beside the executable'],
  ['SQLite', 'public domain', 'inside better-sqlite3'],
  ['PDFium', 'BSD-3-Clause, Apache-2.0', 'as WebAssembly inside @hyzyla/pdfium'],
  ['Golos Text', 'OFL-1.1', 'font, `resources/fonts/GolosText-OFL.txt`'],
  ['IBM Plex Mono', 'OFL-1.1', 'font, `resources/fonts/IBMPlexMono-OFL.txt`'],
]

/** @returns packages of a lock file: name, version, licence (SPDX), and whether they ship. */
export function readPackages(lock) {
  const packages = new Map()
  for (const [place, entry] of Object.entries(lock.packages)) {
    if (place === '' || entry.link === true) continue
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const id = `${name}@${entry.version}`
    const shipped = entry.dev !== true && entry.devOptional !== true
    const known = packages.get(id)
    packages.set(id, {
      name,
      version: entry.version,
      licence: entry.license ?? READ_BY_HAND[id] ?? 'none',
      shipped: shipped || known?.shipped === true,
    })
  }
  return [...packages.values()].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1))
}

/** Whether an SPDX expression can be met by the allowed licences: of an `OR` one is enough, of an `AND` all are needed. */
export function isAllowed(licence, allowed) {
  const plain = licence.replace(/[()]/g, '')
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((part) => allowed.includes(part.trim())))
}

export function renderLicences(packages) {
  const row = ({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`
  const shipped = packages.filter((entry) => entry.shipped)
  const counts = new Map()
  for (const { licence } of packages.filter((entry) => !entry.shipped)) {
    counts.set(licence, (counts.get(licence) ?? 0) + 1)
  }
  return `# Licences

Written by \`node tools/list-licences.mjs\` from the lock file; a test compares. The whole tree, tools included, is in the
bill of materials: \`npm run sbom\`.

## What ships

Bundled into the application, or beside it as a native library.

| package | version | licence |
| --- | --- | --- |
${shipped.map(row).join('\n')}

## Beside npm

| what | licence | where |
| --- | --- | --- |
${BESIDE_NPM.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}

## Tools of the build and the tests

They do not ship.

| licence | packages |
| --- | --- |
${[...counts]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([licence, count]) => `| ${licence} | ${count} |`)
  .join('\n')}
`
}

const here = fileURLToPath(import.meta.url)
if (process.argv[1] === here) {
  const root = path.dirname(path.dirname(here))
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'))
  writeFileSync(path.join(root, 'docs', 'licences.md'), renderLicences(readPackages(lock)))
}
