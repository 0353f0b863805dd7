import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { ensureElectron } from '../setup/electron-runtime.mjs'
import { ensureNodeModules } from '../setup/node-modules.mjs'
import { SetupError, say } from '../setup/say.mjs'
import { ensureSqliteForFallback } from '../setup/sqlite-for-fallback.mjs'
import { ensureSystemPackages } from '../setup/system-packages.mjs'
import { build } from './build.mjs'

const NOT_FOR_SHIPPING = `This application was packed from a third party's repack of an older Electron, because
Electron's own server could not be reached. It serves tests of the package and nothing else. Do not install it.
`

/**
 * `npm run package`: an unpacked application of this machine's system in dist/, from electron-builder.yml.
 * `-- --twin` packs the one that tests drive: it keeps `--remote-debugging-port`, and differs in nothing else.
 * `-- --installers` makes the system's installers as well, from Electron's own release alone.
 */
export async function packageApp(root, args) {
  const unknown = args.filter((word) => !['--twin', '--installers'].includes(word))
  if (unknown.length > 0) throw new SetupError(`package knows --twin and --installers, not ${unknown[0]}`)
  const twin = args.includes('--twin')
  const installers = args.includes('--installers')
  ensureNodeModules(root)
  ensureSystemPackages(['window'])
  const runtime = await ensureElectron(root)
  if (installers && (runtime.fallback || twin)) {
    throw new SetupError('installers are made from Electron of package.json alone: set ELECTRON_MIRROR (docs/build.md)')
  }
  const status = await build(root, twin ? { ARM_KEEP_REMOTE_DEBUGGING: '1' } : {})
  if (status !== 0) return status
  try {
    const folder = await pack(root, { runtime, twin, installers })
    process.stdout.write(`${folder}\n`)
    return 0
  } finally {
    // What is built stays what is shipped.
    if (twin) await build(root)
  }
}

async function pack(root, { runtime, twin, installers }) {
  const { build: packWithBuilder, Platform } = await import('electron-builder')
  const name = `${runtime.fallback ? 'not-for-shipping-' : ''}${twin ? 'twin-' : ''}${process.platform}-${process.arch}`
  const output = path.join(root, 'dist', 'packing')
  rmSync(output, { recursive: true, force: true })
  await packWithBuilder({
    projectDir: root,
    publish: 'never',
    ...(installers ? {} : { targets: Platform.current().createTarget('dir') }),
    config: {
      extends: path.join(root, 'electron-builder.yml'),
      directories: { output },
      // The runtime that tests and development run on: nothing is fetched a second time.
      electronDist: path.dirname(runtime.executable),
      electronVersion: versionOf(runtime.executable),
    },
  })
  const unpacked = readdirSync(output).find((entry) => entry.endsWith('unpacked'))
  if (unpacked === undefined) throw new SetupError('electron-builder left no unpacked application')
  if (runtime.fallback) await adaptToFallback(root, path.join(output, unpacked))
  const target = path.join(root, 'dist', name)
  rmSync(target, { recursive: true, force: true })
  mkdirSync(path.dirname(target), { recursive: true })
  renameSync(path.join(output, unpacked), target)
  for (const entry of readdirSync(output)) {
    if (/\.(exe|msi|deb|AppImage)$/.test(entry)) renameSync(path.join(output, entry), path.join(root, 'dist', entry))
  }
  rmSync(output, { recursive: true, force: true })
  return target
}

/** The older runtime needs its own database binding, and no repack of it may pass for a release. */
async function adaptToFallback(root, folder) {
  say('fallback runtime: the package is marked as not for shipping')
  writeFileSync(path.join(folder, 'NOT-FOR-SHIPPING.txt'), NOT_FOR_SHIPPING)
  ensureSystemPackages(['compiler'])
  const prebuilds = path.join(folder, 'resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds')
  copyFileSync(await ensureSqliteForFallback(root), path.join(prebuilds, `${process.platform}-${process.arch}.node`))
  const stray = path.join(folder, 'resources', 'default_app.asar')
  if (existsSync(stray)) rmSync(stray)
}

function versionOf(executable) {
  return readFileSync(path.join(path.dirname(executable), 'version'), 'utf8')
    .trim()
    .replace(/^v/, '')
}
