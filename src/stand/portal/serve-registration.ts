import { portalMessages } from '../../shared/domain/reference-data.ts'
import type { DeliveredPassword, RegistrationResult } from '../../shared/domain/registration.ts'
import type { Person } from '../population-register/person.ts'
import type { PopulationRegister } from '../population-register/population-register.ts'
import type { AccountBook } from './account-book.ts'
import { generatePassword } from './generate-password.ts'
import type { MobileBook } from './mobile-book.ts'
import { refusalFor } from './portal-decision.ts'
import { portalTexts } from './portal-texts.ts'
import type { ReceivedRequest } from './registration-request-document.ts'
import { sealPassword } from './seal-password.ts'

/** Carries out a request whose signature and freshness were checked. The caller wipes a plain password. */
export type RegistrationService = (request: ReceivedRequest) => Promise<RegistrationResult>

export function createRegistrationService(options: {
  readonly register: PopulationRegister
  readonly accounts: AccountBook
  readonly mobiles: MobileBook
}): RegistrationService {
  const { register, accounts } = options
  return async (request) => {
    const person = register.find(request.iin)
    const refusal = refusalFor(person)
    if (request.operation.kind === 'CheckRegistration') {
      return {
        kind: 'RegistrationStatus',
        registered: (await accounts.find(request.iin)) !== undefined,
        ...(person === undefined ? {} : { person: statusOf(person) }),
        ...(refusal === undefined ? {} : { refusal }),
      }
    }
    if (request.operation.kind === 'ConnectMobile' || request.operation.kind === 'ConfirmMobile') {
      if (refusal !== undefined) return { kind: 'Refused', refusal }
      return options.mobiles.serve({ ...request, operation: request.operation })
    }
    if (request.operation.kind === 'RequestStatus') throw new Error('the book of replies answers this')
    if (refusal !== undefined) return { kind: 'Refused', refusal }
    return issueAccount({ request, operation: request.operation, accounts })
  }
}

async function issueAccount(options: {
  readonly request: ReceivedRequest
  readonly operation: Extract<ReceivedRequest['operation'], { kind: 'RegisterUser' }>
  readonly accounts: AccountBook
}): Promise<RegistrationResult> {
  const { request, operation, accounts } = options
  const password = generatePassword()
  try {
    // Sealed first: an account whose password cannot be delivered must not come to be.
    const delivered = await deliver(password, request, operation)
    if (delivered === undefined) {
      return { kind: 'Refused', refusal: { reason: 'failed', message: portalTexts.passwordUnsealable } }
    }
    const replace = operation.reissueReason !== undefined
    const action = await accounts.issue({ iin: request.iin, password, replace })
    if (action === 'exists') {
      if (delivered.profile === 'plain') delivered.password.fill(0)
      return { kind: 'AlreadyRegistered' }
    }
    const message = action === 'created' ? portalMessages.registered : portalMessages.passwordRegenerated
    return { kind: 'AccountIssued', action, login: request.iin, password: delivered, message }
  } finally {
    password.fill(0)
  }
}

async function deliver(
  password: Buffer,
  request: ReceivedRequest,
  operation: Extract<ReceivedRequest['operation'], { kind: 'RegisterUser' }>,
): Promise<DeliveredPassword | undefined> {
  if (operation.delivery.profile === 'plain') return { profile: 'plain', password: Buffer.from(password) }
  const { requestId, nonceBase64, iin } = request
  const sealed = await sealPassword({ password, publicKey: operation.delivery.publicKey, requestId, nonceBase64, iin })
  return sealed === undefined ? undefined : { profile: 'hpke', ...sealed }
}

function statusOf(person: Person) {
  const { name, lifeStatus, exclusionSign, legalCapacity, prosecutorRecord } = person
  return {
    name,
    lifeStatus,
    ...(exclusionSign === undefined ? {} : { exclusionSign }),
    legalCapacity,
    prosecutorRecord,
  }
}
