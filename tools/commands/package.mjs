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
import { fileURLToPath } from 'node:url'
import { ensureElectron } from '../setup/electron-runtime.mjs'
import { ensureNodeModules } from '../setup/node-modules.mjs'
import { SetupError, say } from '../setup/say.mjs'
import { ensureSqliteForFallback } from '../setup/sqlite-for-fallback.mjs'
import { ensureSystemPackages } from '../setup/system-packages.mjs'
import { build } from './build.mjs'

const NOT_FOR_SHIPPING_NAME = 'not-for-shipping-'
const NOT_FOR_SHIPPING = `This application was packed from a third party's repack of an older Electron, because
Electron's own server could not be reached. It serves tests of the package and nothing else. Do not install it.
`

/**
 * `npm run package`: an unpacked application of this machine's system in dist/, from electron-builder.yml.
 * `-- --twin` packs the one that tests drive: it keeps `--remote-debugging-port`, and differs in nothing else.
 * `-- --deb` makes the Debian package of it as well, with dpkg-deb and without any download.
 * `-- --installers` makes the system's installers as well, from Electron's own release alone.
 */
export async function packageApp(root, args) {
  const unknown = args.filter((word) => !['--twin', '--deb', '--installers'].includes(word))
  if (unknown.length > 0) throw new SetupError(`package knows --twin, --deb and --installers, not ${unknown[0]}`)
  const twin = args.includes('--twin')
  const installers = args.includes('--installers')
  const deb = args.includes('--deb')
  if (deb && (twin || process.platform !== 'linux')) throw new SetupError('a deb is made on Linux, and not of the twin')
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
    if (deb) process.stdout.write(`${await makeDeb(root, { folder, runtime })}\n`)
    return 0
  } finally {
    // What is built stays what is shipped.
    if (twin) await build(root)
  }
}

/** electron-builder's own way to a deb, over the unpacked application that is already there. */
async function makeDeb(root, { folder, runtime }) {
  const { build: packWithBuilder, Platform } = await import('electron-builder')
  packWithDpkg()
  const [file] = await packWithBuilder({
    projectDir: root,
    publish: 'never',
    prepackaged: folder,
    targets: Platform.LINUX.createTarget(['deb']),
    config: {
      extends: path.join(root, 'electron-builder.yml'),
      electronVersion: versionOf(runtime.executable),
      deb: runtime.fallback
        ? { artifactName: `${NOT_FOR_SHIPPING_NAME}arm-tson_\${version}_\${arch}.\${ext}`, compression: 'gz' }
        : {},
    },
  })
  if (file === undefined) throw new SetupError('electron-builder left no deb')
  return file
}

/** Where nothing else is asked for, dpkg-deb in fpm's place: fpm would be downloaded. */
function packWithDpkg() {
  if (process.platform !== 'linux' || process.env.USE_SYSTEM_FPM || process.env.CUSTOM_FPM_PATH) return
  process.env.CUSTOM_FPM_PATH = fileURLToPath(new URL('../setup/dpkg-fpm.mjs', import.meta.url))
}

async function pack(root, { runtime, twin, installers }) {
  const { build: packWithBuilder, Platform } = await import('electron-builder')
  if (installers) packWithDpkg()
  const name = `${runtime.fallback ? NOT_FOR_SHIPPING_NAME : ''}${twin ? 'twin-' : ''}${process.platform}-${process.arch}`
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
