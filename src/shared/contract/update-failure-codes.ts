/** What is wrong with an update itself; the others are a source, a folder or a log that cannot be used now. */
export const updateRefusalCodes = [
  'update.no-owner-key',
  'update.unsigned',
  'update.forged',
  'update.malformed',
  'update.oversize',
  'update.unsafe-name',
  'update.wrong-channel',
  'update.replayed',
  'update.downgrade',
  'update.from-future',
  'update.expired',
  'update.wrong-platform',
  'update.truncated',
  'update.altered',
] as const

/** Why an update is not offered, copied or installed. Part of `failureCodes`. */
export const updateFailureCodes = [
  'update.unavailable',
  ...updateRefusalCodes,
  'update.staging-open',
  'update.staging-failed',
  'update.nothing-staged',
  'update.not-installable',
  'update.install-failed',
  'update.not-configured',
] as const
export type UpdateFailureCode = (typeof updateFailureCodes)[number]
