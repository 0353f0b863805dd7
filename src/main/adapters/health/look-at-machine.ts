import { statfs } from 'node:fs/promises'
import type { Clock } from '../../ports/clock.ts'
import { attention, bad, type Finding, good } from './finding.ts'
import { exists, isOpenToOthers, isWritable } from './place-rights.ts'

const CLOCK_TOLERANCE_MS = 5_000
/** No workstation is older than this program. */
const PLAUSIBLE_FROM = new Date('2026-01-01T00:00:00Z')
const PLAUSIBLE_UNTIL = new Date('2056-01-01T00:00:00Z')
const FULL_BYTES = 100 * 2 ** 20
const NEARLY_FULL_BYTES = 2 ** 30

/** The runtime, and what it is made of. */
export function lookAtRuntime(product: string, versions: Readonly<Record<string, string | undefined>>): Finding {
  const node = versions['node'] ?? ''
  const [major = 0, minor = 0] = node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 18)) return bad('versions.runtime-old', `Node ${node}`)
  const parts = [
    ['Electron', versions['electron']],
    ['Chromium', versions['chrome']],
    ['Node', node],
    // Electron's own library calls itself 0.0.0.
    ['OpenSSL', versions['openssl'] === '0.0.0' ? undefined : versions['openssl']],
  ] as const
  const named = parts.flatMap(([name, version]) => (version === undefined ? [] : [`${name} ${version}`]))
  return good([product, ...named, `${process.platform}-${process.arch}`].join(' · '))
}

/** @param newest time of the newest row of the log, where there is one. */
export function lookAtClock(clock: Clock, newest: Date | undefined): Finding {
  const now = clock.now()
  if (now < PLAUSIBLE_FROM || now > PLAUSIBLE_UNTIL) return bad('clock.implausible', now.toISOString())
  if (newest !== undefined && newest.getTime() - now.getTime() > CLOCK_TOLERANCE_MS) {
    return bad('clock.behind-log', `${now.toISOString()} < ${newest.toISOString()}`)
  }
  return good(now.toISOString())
}

/**
 * The folder of a workstation's data, its disk and who else may read there.
 * @param closed files in it that belong to the workstation's user alone.
 */
export async function lookAtFolder(folder: string, closed: readonly string[]): Promise<readonly Finding[]> {
  if (!(await exists(folder))) return [attention('disk.folder-absent', folder)]
  const findings: Finding[] = []
  if (!(await isWritable(folder))) findings.push(bad('disk.unwritable', folder))
  for (const place of [folder, ...closed]) {
    if (await isOpenToOthers(place)) findings.push(attention('disk.open-to-others', place))
  }
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const detail = `${Math.floor(free / 2 ** 20)} MiB`
  if (free < FULL_BYTES) findings.push(bad('disk.full', detail))
  else if (free < NEARLY_FULL_BYTES) findings.push(attention('disk.nearly-full', detail))
  return findings.length > 0 ? findings : [good(detail)]
}
