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
  'clock.differs-from-portal',
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
  'key.refused',
  'key.expires-soon',
  'key.open-to-others',
  'health.needs-settings',
  'health.no-answer',
] as const
export type OwnHealthCause = (typeof healthCauses)[number]

/**
 * `bad`: the counter cannot serve, or must not. `attention`: it can, but not for long. `unknown`: it could not be looked
 * at, which is never told as good.
 */
export const healthStates = ['good', 'attention', 'bad', 'unknown'] as const
export type HealthState = (typeof healthStates)[number]

/** From here on a clock that differs from the portal's is told: certificates, replies and timestamps are judged by ours. */
export const clockToldFromSeconds = 60

/** The worst of all: what the whole workstation is. */
export function overallHealth(findings: readonly { readonly state: HealthState }[]): HealthState {
  const order: readonly HealthState[] = ['bad', 'unknown', 'attention']
  return order.find((state) => findings.some((finding) => finding.state === state)) ?? 'good'
}
