import { z } from 'zod'
import { documentKinds } from '../domain/identity-document.ts'
import { languages } from '../domain/language.ts'
import { smsCodeForm } from '../domain/mobile-number.ts'
import { registrationLimits } from '../domain/registration.ts'
import { operatorSkipReasons, serviceStepNames, skipReasons } from '../domain/service-steps.ts'
import { failureSchema } from './failure.ts'

const serviceId = z.uuid()
const day = z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)
const operator = ['operator'] as const
/** What an ИИН says by itself. */
export const iinFactsSchema = z.object({
  iin: z.string(),
  birthDate: z.string().exactOptional(),
  sex: z.enum(['male', 'female']).exactOptional(),
  warnings: z.array(z.enum(['century-digit', 'impossible-date', 'future-date'])),
})

/** What the population register says of a person. */
export const personSchema = z.object({
  name: z.string().max(registrationLimits.personName),
  lifeStatus: z.string(),
  exclusionSign: z.string().exactOptional(),
  legalCapacity: z.string(),
  prosecutorRecord: z.boolean(),
})

const step = { access: operator, input: z.object({ serviceId }), output: z.undefined() } as const

/** Which steps are asked of a citizen. */
export const serviceStepsSchema = z.object({ document: z.boolean(), agreement: z.boolean(), mgov: z.boolean() })

const codeSent = z.object({
  outcome: z.literal('code-sent'),
  requestId: z.uuid(),
  number: z.string(),
  message: z.string(),
  attempts: z.int(),
  validSeconds: z.int(),
})

/** Where the service of this operator stands, for a page that begins anew: after a lock, another section, a restart. */
const serviceView = z.object({
  serviceId,
  iin: z.string(),
  confirmWarnings: z.boolean(),
  /** Set where a restart interrupted it and nobody has taken it up yet. */
  interruptedAt: z.string().exactOptional(),
  /** Where it stands before its end. */
  step: z.enum([...serviceStepNames, 'request']),
  registered: z.boolean(),
  iinFacts: iinFactsSchema,
  person: personSchema.exactOptional(),
  steps: serviceStepsSchema,
  documentChecked: z.boolean(),
  agreement: z.enum(['none', 'printing', 'printed', 'unknown', 'signed', 'skipped']),
  mgov: z.enum(['connected', ...skipReasons]).exactOptional(),
  codeSent: codeSent.exactOptional(),
  mgovOnly: z.boolean(),
  requesting: z.boolean(),
  envelope: z
    .object({
      requestId: z.uuid(),
      action: z.enum(['created', 'regenerated']),
      message: z.string(),
      paper: z.enum(['none', 'printing', 'unknown', 'printed']),
    })
    .exactOptional(),
})

const notConnected = z.object({
  outcome: z.enum(['refused', 'failed', 'unknown']),
  requestId: z.uuid(),
  failure: failureSchema,
  attemptsLeft: z.int().exactOptional(),
})

/** Steps of the service at the counter; `serviceId` is the request id of the check that began it. */
export const serviceChannels = {
  /** Which steps this centre asks: known before anybody is checked. */
  'service.steps': { access: operator, input: z.undefined(), output: serviceStepsSchema },
  'service.current': { access: operator, input: z.undefined(), output: serviceView.nullable() },
  'service.resume': step,
  /** The citizen leaves before the request. */
  'service.leave': { access: operator, input: z.undefined(), output: z.undefined() },
  'service.document': {
    access: operator,
    input: z.object({
      serviceId,
      document: z.object({
        kind: z.enum(documentKinds),
        number: z.string().max(20),
        validUntil: day,
        issuedOn: day.exactOptional(),
      }),
      scanned: z.boolean(),
    }),
    output: z.undefined(),
  },
  'service.print-agreement': {
    access: operator,
    input: z.object({ serviceId }),
    output: z.object({ place: z.string(), word: z.enum(['printer', 'spooler', 'file']) }),
  },
  /** A note on the last refusal of the portal, in the citizen's language. */
  'refusal.print-note': {
    access: operator,
    input: z.object({ requestId: z.uuid(), language: z.enum(languages) }),
    output: z.object({ place: z.string(), word: z.enum(['printer', 'spooler', 'file']) }),
  },
  'service.cancel-agreement': step,
  'service.agreement-found': step,
  'service.agreement-signed': step,
  /** A registered citizen keeps his password and has a number connected. */
  'service.connect-only': step,
  'service.skip': {
    access: operator,
    input: z.discriminatedUnion('step', [
      z.object({ serviceId, step: z.literal('agreement'), reason: z.enum(operatorSkipReasons.agreement) }),
      z.object({ serviceId, step: z.literal('mgov'), reason: z.enum(operatorSkipReasons.mgov) }),
    ]),
    output: z.undefined(),
  },
  /** Sends a code to the citizen's number through the portal. */
  'mgov.connect': {
    access: operator,
    input: z.object({ serviceId, number: z.string().max(30) }),
    output: z.discriminatedUnion('outcome', [codeSent, notConnected]),
  },
  /** The code that the citizen reads out: sensitive, so it crosses inward and is never logged. */
  'mgov.confirm': {
    access: operator,
    input: z.object({ serviceId, code: z.string().regex(smsCodeForm) }),
    output: z.discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('connected'), requestId: z.uuid(), message: z.string() }),
      notConnected,
    ]),
  },
} as const
