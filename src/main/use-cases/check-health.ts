import type { FailureCode } from '../../shared/contract/failure.ts'

/** What a workstation needs, in the order in which an administrator mends it. */
export const healthAreas = [
  'versions',
  'settings',
  'clock',
  'disk',
  'log',
  'trust',
  'key',
  'printer',
  'gateway',
] as const
export type HealthArea = (typeof healthAreas)[number]

/** Causes that no step of the service reports, because it would not get so far. */
export const healthCauses = [
  'versions.runtime-old',
  'settings.absent',
  'clock.implausible',
  'clock.behind-log',
  'disk.folder-absent',
  'disk.unwritable',
  'disk.open-to-others',
  'disk.nearly-full',
  'disk.full',
  'log.absent',
  'trust.expired',
  'trust.expires-soon',
  'trust.portal-untrusted',
  'key.not-opened',
  'key.expires-soon',
  'key.open-to-others',
  'health.needs-settings',
  'health.no-answer',
] as const
export type HealthCause = FailureCode | (typeof healthCauses)[number]

/**
 * `bad`: the counter cannot serve, or must not. `attention`: it can, but not for long. `unknown`: it could not be looked
 * at, which is never told as good.
 */
export type HealthState = 'good' | 'attention' | 'bad' | 'unknown'

export interface HealthFinding {
  readonly area: HealthArea
  readonly state: HealthState
  readonly cause?: HealthCause
  /** A short technical fact: a path, a host, a date. Never a secret. */
  readonly detail?: string
}

/** Looks at one area. An empty answer means good. */
export type HealthProbe = () => Promise<readonly Omit<HealthFinding, 'area'>[]>

/** No probe may keep the answer from coming. */
const PROBE_DEADLINE_MS = 60_000

/**
 * Looks at everything that a workstation depends on, all at once, and keeps nothing.
 * @returns at least one finding for each area, in the order of `healthAreas`.
 */
export async function checkHealth(
  probes: Readonly<Record<HealthArea, HealthProbe>>,
  deadlineMs: number = PROBE_DEADLINE_MS,
): Promise<readonly HealthFinding[]> {
  const looked = await Promise.all(
    healthAreas.map(async (area) => (await within(deadlineMs, probes[area])).map((finding) => ({ area, ...finding }))),
  )
  return looked.flatMap((findings, index) => {
    const area = healthAreas[index]
    return findings.length > 0 || area === undefined ? findings : [{ area, state: 'good' as const }]
  })
}

/** The worst of all: what the whole workstation is. */
export function overallHealth(findings: readonly HealthFinding[]): HealthState {
  const order: readonly HealthState[] = ['bad', 'unknown', 'attention']
  return order.find((state) => findings.some((finding) => finding.state === state)) ?? 'good'
}

async function within(deadlineMs: number, probe: HealthProbe): ReturnType<HealthProbe> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Awaited<ReturnType<HealthProbe>>>((resolve) => {
    timer = setTimeout(() => resolve([{ state: 'unknown', cause: 'health.no-answer' }]), deadlineMs)
  })
  try {
    return await Promise.race([probe(), late])
  } finally {
    clearTimeout(timer)
  }
}
