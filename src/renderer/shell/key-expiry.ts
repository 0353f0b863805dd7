import type { ChannelOutput } from '../../shared/contract/channels.ts'

const WARNING_DAYS = 30

/** How the key's remaining time is shown: plainly, as a warning in its last thirty days, or as expired. */
export function keyExpiry(key: ChannelOutput<'workstation.status'>['key']): 'unknown' | 'valid' | 'ending' | 'expired' {
  if (key.notAfter === undefined || key.daysLeft === undefined) return 'unknown'
  if (key.daysLeft < 0) return 'expired'
  return key.daysLeft <= WARNING_DAYS ? 'ending' : 'valid'
}
