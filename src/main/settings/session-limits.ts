import type { SettingsForm } from '../../shared/domain/settings-fields.ts'

/** When a session locks and when it ends, milliseconds. */
export function sessionLimitsOf(values: SettingsForm): { readonly idleMs: number; readonly absoluteMs: number } {
  return {
    idleMs: Number(values['session.idleMinutes']) * 60_000,
    absoluteMs: Number(values['session.absoluteHours']) * 60 * 60_000,
  }
}
