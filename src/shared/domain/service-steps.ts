/**
 * Steps of the service at the counter besides the account itself: the identity document and the user agreement before
 * the request, mobile government after it («Инструкция по регистрации пользователя в мобильном правительстве», 2 способ).
 */
export const serviceStepNames = ['document', 'agreement', 'mgov'] as const
export type ServiceStepName = (typeof serviceStepNames)[number]

/** Which steps are asked: the administrator's choice for this centre, less what a citizen does not need. */
export type ServiceSteps = Readonly<Record<ServiceStepName, boolean>>

export const allServiceSteps: ServiceSteps = { document: true, agreement: true, mgov: true }

/**
 * Why a step was left out. The first three are the workstation's own: the account exists, so that what its owner accepted
 * and connected stands; the command line serves nobody in person; a service was taken up again after its end.
 */
export const skipReasons = [
  'account-exists',
  'console',
  'interrupted',
  'paper-form',
  'declined',
  'no-phone',
  'no-sms',
  'number-taken',
  'portal-failed',
] as const
export type SkipReason = (typeof skipReasons)[number]

/** What the operator may give as a reason, most usual first. The document has none: without it nobody is served. */
export const operatorSkipReasons = {
  agreement: ['paper-form'],
  mgov: ['declined', 'no-phone', 'no-sms', 'number-taken', 'portal-failed'],
} as const satisfies Partial<Record<ServiceStepName, readonly SkipReason[]>>
