import { chmodSync, existsSync, lstatSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses'

/** Fuses that electron-builder has no name for. WebAssembly keeps its trap handlers: off is slower and no safer. */
const FURTHER_FUSES = { [FuseV1Options.WasmTrapHandlers]: true }

/** electron-builder's hook between the copying of files and the writing of its own fuses. */
export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const extension = electronPlatformName === 'win32' ? '.exe' : ''
  const name = packager.executableName ?? packager.appInfo.productFilename
  await setFurtherFuses(path.join(appOutDir, `${name}${extension}`))
  if (electronPlatformName === 'linux') setPermissions(appOutDir)
}

/** A runtime with a fuse that this project has not decided about is not packed. */
async function setFurtherFuses(executable) {
  const wire = await getCurrentFuseWire(executable)
  const present = Object.keys(wire).filter((key) => key !== 'version' && wire[key] !== FuseState.REMOVED)
  const undecided = present.filter((fuse) => FuseV1Options[fuse] === undefined)
  if (undecided.length > 0) throw new Error(`this Electron has fuses without a decision: ${undecided.join(', ')}`)
  const further = Object.entries(FURTHER_FUSES).filter(([fuse]) => present.includes(fuse))
  if (further.length === 0) return
  await flipFuses(executable, { version: FuseVersion.V1, ...Object.fromEntries(further) })
}

/** Root owns all of it after installation: others read and run, nobody writes. */
function setPermissions(folder) {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name)
    if (entry.isDirectory()) setPermissions(place)
    else if (entry.isFile()) chmodSync(place, (lstatSync(place).mode & 0o111) === 0 ? 0o644 : 0o755)
  }
  const sandbox = path.join(folder, 'chrome-sandbox')
  if (existsSync(sandbox)) chmodSync(sandbox, 0o4755)
}
