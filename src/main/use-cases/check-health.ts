import type { FailureCode } from '../../shared/contract/failure.ts'
import { type HealthArea, type HealthState, healthAreas, type OwnHealthCause } from '../../shared/domain/health.ts'

export type HealthCause = FailureCode | OwnHealthCause

export interface HealthFinding {
  readonly area: HealthArea
  readonly state: HealthState
  readonly cause?: HealthCause
  /** A short technical fact: a path, a host, a date, a version. Never a secret. */
  readonly detail?: string
}

/** Looks at one area. An empty answer means good. */
export type HealthProbe = () => Promise<readonly Omit<HealthFinding, 'area'>[]>
export type HealthProbes = Readonly<Record<HealthArea, HealthProbe>>

/** Looks at one area and keeps nothing. @returns at least one finding. */
export type LookAtHealth = (area: HealthArea) => Promise<readonly HealthFinding[]>

/** No probe may keep the answer from coming. */
const PROBE_DEADLINE_MS = 60_000

/** Looks at one area. @returns at least one finding, and an answer whatever the probe does. */
export async function lookAtArea(
  area: HealthArea,
  probe: HealthProbe,
  deadlineMs: number = PROBE_DEADLINE_MS,
): Promise<readonly HealthFinding[]> {
  const findings = await within(deadlineMs, probe)
  return findings.length === 0 ? [{ area, state: 'good' }] : findings.map((finding) => ({ area, ...finding }))
}

/**
 * Looks at everything that a workstation depends on, all at once, and keeps nothing.
 * @returns at least one finding for each area, in the order of `healthAreas`.
 */
export async function checkHealth(probes: HealthProbes, deadlineMs?: number): Promise<readonly HealthFinding[]> {
  const looked = await Promise.all(healthAreas.map((area) => lookAtArea(area, probes[area], deadlineMs)))
  return looked.flat()
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
