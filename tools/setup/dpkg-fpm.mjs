#!/usr/bin/env node
// Stands in for fpm, which electron-builder would download: makes the same .deb of the same arguments with Debian's own dpkg-deb.
// It knows what electron-builder 26 says for a deb and refuses any other word, so that nothing asked for is left out silently.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'

const one = { type: 'string' }
const many = { type: 'string', multiple: true }
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    source: { ...one, short: 's' },
    target: { ...one, short: 't' },
    depends: { ...many, short: 'd' },
    force: { type: 'boolean' },
    'deb-recommends': many,
    'deb-compression': one,
    'deb-priority': one,
    architecture: one,
    'after-install': one,
    'after-remove': one,
    description: one,
    version: one,
    package: one,
    name: one,
    maintainer: one,
    vendor: one,
    url: one,
    license: one,
  },
})
if (values.source !== 'dir' || values.target !== 'deb') throw new Error('only a folder becomes a deb here')

const tree = mkdtempSync(path.join(os.tmpdir(), 'arm-tson-deb-'))
try {
  chmodSync(tree, 0o755)
  for (const mapping of positionals) place(...mapping.split('='))
  const files = filesUnder(tree)
  const control = path.join(tree, 'DEBIAN')
  mkdirSync(control)
  writeFileSync(path.join(control, 'control'), controlText(files))
  writeFileSync(
    path.join(control, 'md5sums'),
    files.map((file) => `${md5(file)}  ${path.relative(tree, file)}\n`).join(''),
  )
  script(values['after-install'], path.join(control, 'postinst'))
  script(values['after-remove'], path.join(control, 'postrm'))
  const compression = { xz: ['-Zxz'], gz: ['-Zgzip', '-z1'] }[values['deb-compression'] ?? 'xz']
  if (compression === undefined) throw new Error(`--deb-compression ${values['deb-compression']}: xz or gz`)
  const built = spawnSync('dpkg-deb', ['--root-owner-group', ...compression, '--build', tree, values.package], {
    stdio: 'inherit',
  })
  if (built.status !== 0) throw new Error(`dpkg-deb ended with ${built.status}: ${built.error?.message ?? ''}`)
} finally {
  rmSync(tree, { recursive: true, force: true })
}

/** `FOLDER/=/opt/name` puts what is in the folder there, `FILE=/usr/…/name` the file. */
function place(from, to) {
  const target = path.join(tree, to)
  mkdirSync(path.dirname(target), { recursive: true, mode: 0o755 })
  if (lstatSync(from).isDirectory()) cpSync(from, target, { recursive: true, verbatimSymlinks: true })
  else {
    copyFileSync(from, target)
    chmodSync(target, 0o644)
  }
}

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
}

function controlText(files) {
  const kib = files.reduce((sum, file) => sum + Math.ceil(lstatSync(file).size / 1024), 0)
  const fields = {
    Package: values.name,
    Version: values.version,
    Architecture: values.architecture,
    Maintainer: values.maintainer,
    'Installed-Size': String(kib),
    Depends: values.depends?.join(', '),
    Recommends: values['deb-recommends']?.join(', '),
    Section: 'default',
    Priority: values['deb-priority'],
    Homepage: values.url,
    Vendor: values.vendor,
    License: values.license,
    Description: values.description,
  }
  return Object.entries(fields)
    .filter(([, text]) => text !== undefined && text !== '')
    .map(([name, text]) => `${name}: ${text}\n`)
    .join('')
}

function md5(file) {
  return createHash('md5').update(readFileSync(file)).digest('hex')
}

function script(from, to) {
  copyFileSync(from, to)
  chmodSync(to, 0o755)
}
