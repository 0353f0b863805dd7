import { z } from 'zod'
import { requestStates } from '../domain/audit-event.ts'
import { findingCodes } from '../domain/audit-finding.ts'
import { languages } from '../domain/language.ts'
import { printerNeeds, printStates } from '../domain/print-progress.ts'
import { isReissueReason } from '../domain/registration.ts'
import { scanPrefixes } from '../domain/scanner.ts'
import { roles } from '../domain/session.ts'
import { auditChannels, auditNotices } from './audit-channels.ts'
import { failureSchema } from './failure.ts'
import { healthChannels } from './health-channels.ts'
import { printerChannels } from './printer-channels.ts'
import { iinFactsSchema, personSchema, serviceChannels, serviceStepsSchema } from './service-channels.ts'
import { settingsChannels } from './settings-channels.ts'
import { trainingChannels } from './training-channels.ts'

/**
 * Every verb between the window and the main process, once. A handler runs only after the sender, the input,
 * the session and the role were checked, in this order (src/main/ipc/register.ts).
 */

const text = (max: number) => z.string().max(max)
const requestId = z.uuid()
const iin = z.string().regex(/^[0-9]{1,20}$/)
/** A secret crosses once, inward, as bytes that the receiver wipes. */
const secretBytes = z.instanceof(Uint8Array).refine((bytes) => bytes.length > 0 && bytes.length <= 256)

/** Why a new password is issued, or a second sheet printed. */
const reason = z.string().max(2000).trim().refine(isReissueReason)

/** Where a person's own key lies, and what opens it. */
const personalKey = z.object({ place: z.enum(['file', 'token']), pin: secretBytes })

const user = z.object({ login: text(64), name: text(200), role: z.enum(roles) })
const accountIin = z.string().regex(/^[0-9]{12}$/)
const account = user.extend({ iin: accountIin.exactOptional(), disabled: z.boolean() })
const iinFacts = iinFactsSchema
const person = personSchema
const openRequest = z.object({
  requestId: z.string(),
  state: z.enum(requestStates),
  at: z.string(),
  actor: z.string(),
  iinMasked: z.string().exactOptional(),
})
const issuedRequest = z.object({
  outcome: z.literal('issued'),
  requestId,
  action: z.enum(['created', 'regenerated']),
  message: z.string(),
})
const resolvedRequest = z.discriminatedUnion('outcome', [
  /** `paper`: what is known of an earlier sheet. */
  issuedRequest.extend({
    iin: iinFacts,
    paper: z.enum(['none', 'unknown', 'printed']),
    /** The service of an earlier run to which it belongs: what of it is left. */
    service: z
      .object({ serviceId: z.uuid(), steps: serviceStepsSchema, person: person.exactOptional() })
      .exactOptional(),
  }),
  z.object({ outcome: z.enum(['registered', 'not-received']), requestId, iin: iinFacts }),
  z.object({ outcome: z.enum(['refused', 'failed', 'unknown']), requestId, failure: failureSchema, iin: iinFacts }),
])
const workstationStatus = z.object({
  mode: z.enum(['training', 'real']),
  gateway: z.object({
    state: z.enum(['unknown', 'reachable', 'unreachable']),
    host: z.string(),
    /** Until then messages end at once; then the line is tried by itself. */
    nextTryAt: z.string().exactOptional(),
  }),
  key: z.object({
    state: z.enum(['absent', 'locked', 'ready', 'refused']),
    notAfter: z.string().exactOptional(),
    daysLeft: z.int().exactOptional(),
  }),
  printer: z.object({
    name: z.string(),
    /** `attention`: it prints, but something of `findings` should be mended. */
    state: z.enum(['unknown', 'ready', 'attention', 'unavailable']),
    findings: z.array(failureSchema),
  }),
  journal: z.object({
    state: z.enum(['unverified', 'intact', 'broken', 'unavailable']),
    rows: z.int(),
    /** What verification found first; until somebody acknowledges it no request leaves. */
    found: z.object({ seq: z.int(), finding: z.enum(findingCodes), acknowledged: z.boolean() }).exactOptional(),
  }),
  /** By how much the portal's clock was ahead of ours at its last reply; nothing before the first. */
  clock: z.object({ offsetSeconds: z.int().exactOptional() }),
})

/** `word`: who says that it was printed; a spooler only knows that it passed the page on. */
const printedPage = z.object({ place: z.string(), word: z.enum(['printer', 'spooler', 'file']) })

export const channels = {
  'session.sign-in': {
    access: 'public',
    input: z.object({ login: text(64), password: secretBytes }),
    output: user,
  },
  /** The system's dialog for a key file of one's own; null where nothing was chosen. The path stays in the main process. */
  'session.choose-key-file': {
    access: 'public',
    input: z.object({ language: z.enum(languages) }),
    output: z.object({ name: text(200) }).nullable(),
  },
  /** By one's own ЭЦП: in the file chosen before, or on the token. */
  'session.sign-in-by-key': { access: 'public', input: personalKey, output: user },
  'session.sign-out': { access: roles, whileLocked: true, input: z.undefined(), output: z.undefined() },
  /** The operator's shift ends, and with it his session. */
  'shift.close': {
    access: ['operator'],
    input: z.undefined(),
    output: z.object({
      since: z.string().exactOptional(),
      issued: z.int(),
      handed: z.int(),
      refused: z.int(),
      unknown: z.int(),
    }),
  },
  /** A sign of the user: keys or the mouse were used. */
  'session.touch': { access: roles, input: z.undefined(), output: z.undefined() },
  'session.lock': { access: roles, input: z.undefined(), output: z.undefined() },
  'session.unlock': { access: roles, whileLocked: true, input: z.object({ password: secretBytes }), output: user },
  'session.change-password': {
    access: roles,
    input: z.object({ current: secretBytes, next: secretBytes }),
    output: z.undefined(),
  },
  /** Only while there is no administrator, in real mode. */
  'session.create-administrator': {
    access: 'public',
    input: z.object({ login: text(64), name: text(200), password: secretBytes }),
    output: user,
  },
  /** Real mode: opens the data folder at the start of a shift. */
  'vault.open': { access: 'public', input: z.object({ passphrase: secretBytes }), output: z.undefined() },
  /** Opens the information system's signing key, once a shift. */
  'key.unlock': { access: ['operator', 'administrator'], input: z.object({ pin: secretBytes }), output: z.undefined() },
  'accounts.list': { access: ['administrator'], input: z.undefined(), output: z.array(account) },
  'accounts.add': {
    access: ['administrator'],
    input: z.object({
      login: text(64),
      name: text(200),
      role: z.enum(roles),
      iin: accountIin.exactOptional(),
      password: secretBytes,
    }),
    output: z.undefined(),
  },
  'accounts.set-password': {
    access: ['administrator'],
    input: z.object({ login: text(64), password: secretBytes }),
    output: z.undefined(),
  },
  'accounts.set-disabled': {
    access: ['administrator'],
    input: z.object({ login: text(64), disabled: z.boolean() }),
    output: z.undefined(),
  },
  'accounts.set-iin': {
    access: ['administrator'],
    input: z.object({ login: text(64), iin: accountIin.exactOptional() }),
    output: z.undefined(),
  },
  'session.current': {
    access: 'public',
    input: z.undefined(),
    output: z.object({
      user: user.nullable(),
      /** A locked session has a user and shows nothing of his work. */
      locked: z.boolean(),
      /** What must happen before anybody can sign in. */
      needs: z.enum(['nothing', 'vault-passphrase', 'first-administrator']),
      mode: z.enum(['training', 'real']),
      /** Whether a person's token can be asked: its driver is configured. */
      personalToken: z.boolean(),
      trainingAccounts: z.array(z.object({ login: z.string(), password: z.string(), role: z.enum(roles) })),
    }),
  },
  'workstation.status': { access: 'public', input: z.undefined(), output: workstationStatus },
  /** How the counter's scanner is programmed. */
  'workstation.scanner': {
    access: ['operator'],
    input: z.undefined(),
    output: z.object({ prefix: z.enum(scanPrefixes) }),
  },
  'registration.check': {
    access: ['operator'],
    input: z.object({ iin, confirmWarnings: z.boolean() }),
    output: z.object({
      requestId,
      iin: iinFacts,
      registered: z.boolean(),
      person: person.exactOptional(),
      refusal: failureSchema.exactOptional(),
      /** What is asked of this citizen besides. */
      steps: serviceStepsSchema.exactOptional(),
    }),
  },
  ...serviceChannels,
  'credentials.issue': {
    access: ['operator'],
    input: z.object({
      iin,
      confirmWarnings: z.boolean(),
      reissueReason: reason.exactOptional(),
    }),
    output: z.discriminatedUnion('outcome', [
      issuedRequest,
      z.object({ outcome: z.literal('registered'), requestId }),
      z.object({ outcome: z.enum(['refused', 'failed', 'unknown']), requestId, failure: failureSchema }),
    ]),
  },
  'envelope.print': {
    access: ['operator'],
    input: z.object({ requestId }),
    output: printedPage,
  },
  'envelope.reprint': {
    access: ['operator'],
    input: z.object({
      requestId,
      reason,
      approver: z.union([z.object({ login: text(64), password: secretBytes }), personalKey]),
    }),
    output: printedPage,
  },
  'envelope.cancel-print': { access: ['operator'], input: z.object({ requestId }), output: z.undefined() },
  'envelope.found': { access: ['operator'], input: z.object({ requestId }), output: z.undefined() },
  'envelope.confirm': {
    access: ['operator'],
    input: z.object({ requestId, handed: z.boolean() }),
    output: z.undefined(),
  },
  'envelope.discard': { access: ['operator'], input: z.object({ requestId }), output: z.undefined() },
  'recovery.list': { access: ['operator', 'supervisor'], input: z.undefined(), output: z.array(openRequest) },
  /** Asks the portal what became of an open request; sends nothing that changes something. */
  'recovery.resolve': { access: ['operator'], input: z.object({ requestId }), output: resolvedRequest },
  /** Sends it again, octet for octet: the operator's order, with the citizen at the counter. */
  'recovery.repeat': { access: ['operator'], input: z.object({ requestId }), output: resolvedRequest },
  'recovery.acknowledge': { access: ['operator'], input: z.object({ requestId }), output: z.undefined() },
  ...printerChannels,
  /** Looks whether the configured source has an update; copies and installs nothing. */
  'updates.check': {
    access: ['administrator'],
    input: z.undefined(),
    output: z.object({
      outcome: z.enum(['offered', 'up-to-date']),
      version: z.string(),
      release: z.int(),
      channel: z.string(),
      expiresAt: z.string(),
    }),
  },
  ...auditChannels,
  ...healthChannels,
  ...settingsChannels,
  ...trainingChannels,
} as const satisfies Record<
  string,
  {
    access: 'public' | readonly (typeof roles)[number][]
    /** Answers in a locked session too. */
    whileLocked?: true
    input: z.ZodType
    output: z.ZodType
  }
>

export type Channel = keyof typeof channels
export type ChannelInput<C extends Channel> = z.input<(typeof channels)[C]['input']>
export type ChannelOutput<C extends Channel> = z.output<(typeof channels)[C]['output']>

/** What the main process tells the window without being asked. */
export const notices = {
  'issue.step': z.object({ step: z.enum(['key', 'sign', 'send', 'verify', 'unseal']) }),
  'envelope.expired': z.object({ requestId }),
  'print.progress': z.object({
    requestId,
    state: z.enum(printStates),
    needs: z.array(z.enum(printerNeeds)),
  }),
  /** The session changed without the window asking: it locked, or its time is over. */
  'session.changed': z.object({ state: z.enum(['active', 'locked', 'ended', 'signed-out']) }),
  'workstation.status': workstationStatus,
  ...auditNotices,
} as const
export type Notice = keyof typeof notices
export type NoticeData<N extends Notice> = z.output<(typeof notices)[N]>
