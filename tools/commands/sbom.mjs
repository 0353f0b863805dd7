import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ensureNodeModules } from '../setup/node-modules.mjs'
import { SetupError } from '../setup/say.mjs'

/** The bill of materials of the lock file, CycloneDX JSON, in dist/. `-- --shipped` leaves the tools out. */
export function sbom(root, args) {
  ensureNodeModules(root)
  const shipped = args.includes('--shipped')
  const file = path.join(root, 'dist', shipped ? 'sbom-shipped.cdx.json' : 'sbom.cdx.json')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status, stdout, stderr } = spawnSync(
    npm,
    ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', ...(shipped ? ['--omit', 'dev'] : [])],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, shell: process.platform === 'win32' },
  )
  if (status !== 0) throw new SetupError(`npm sbom failed with status ${status}: ${stderr.slice(0, 500)}`)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, stdout)
  process.stdout.write(`${file}\n`)
  return 0
}
