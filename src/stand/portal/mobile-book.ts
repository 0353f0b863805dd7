import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { portalMessages } from '../../shared/domain/reference-data.ts'
import type {
  MobileRefusalReason,
  RegistrationOperation,
  RegistrationResult,
} from '../../shared/domain/registration.ts'
import type { SmsInbox } from '../sms/sms-inbox.ts'
import { createRecordStore } from '../storage/record-store.ts'
import type { AccountBook } from './account-book.ts'
import { portalTexts } from './portal-texts.ts'
import type { RequestIdentity } from './registration-request-document.ts'

const CODE_VALID_SECONDS = 180
const ATTEMPTS = 3

const askedSchema = z.object({
  of: z.string(),
  number: z.string(),
  /** SHA-256 over request and code: a code lies nowhere. */
  proof: z.string(),
  at: z.string(),
  attemptsLeft: z.number(),
})
const citizenSchema = z.object({
  asked: askedSchema.exactOptional(),
  /** The number that is connected, and by which request for a code. */
  connected: z.object({ number: z.string(), of: z.string() }).exactOptional(),
})
const ownerSchema = z.object({ iin: z.string() })

type MobileOperation = Extract<RegistrationOperation, { kind: 'ConnectMobile' | 'ConfirmMobile' }>
type MobileRequest = RequestIdentity & { readonly operation: MobileOperation }

/** Connects accounts with mobile numbers (mGov): a code goes to the number, and the right one connects. */
export interface MobileBook {
  serve(request: MobileRequest): Promise<RegistrationResult>
}

export function createMobileBook(options: {
  readonly folder: string
  readonly accounts: Pick<AccountBook, 'find'>
  readonly sms: Pick<SmsInbox, 'deliver'>
  readonly now: () => Date
}): MobileBook {
  const citizens = createRecordStore({ folder: `${options.folder}/citizens`, schema: citizenSchema })
  const owners = createRecordStore({ folder: `${options.folder}/numbers`, schema: ownerSchema })
  const isTaken = async (number: string, iin: string): Promise<boolean> => {
    const owner = await owners.read(number.slice(1))
    return owner !== undefined && owner.iin !== iin
  }

  return {
    async serve({ requestId, iin, operation }) {
      if ((await options.accounts.find(iin)) === undefined) return refused('no-account')
      return operation.kind === 'ConnectMobile' ? sendCode(requestId, iin, operation.number) : confirm(iin, operation)
    },
  }

  async function sendCode(of: string, iin: string, number: string): Promise<RegistrationResult> {
    if (await isTaken(number, iin)) return refused('number-taken')
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    const at = options.now().toISOString()
    const asked = { of, number, proof: proofOf(of, code), at, attemptsLeft: ATTEMPTS }
    await citizens.update(iin, async (current) => ({ next: { ...current, asked }, result: undefined }))
    await options.sms.deliver({
      number,
      at,
      text: `egov.kz: проверочный код ${code}. Назовите его только оператору ЦОН.`,
    })
    return { kind: 'CodeSent', attempts: ATTEMPTS, validSeconds: CODE_VALID_SECONDS, message: portalMessages.codeSent }
  }

  async function confirm(iin: string, told: Extract<MobileOperation, { kind: 'ConfirmMobile' }>) {
    const { of, number, code } = told
    return citizens.update<RegistrationResult>(iin, async (citizen) => {
      const connected = { kind: 'MobileConnected', number, message: portalTexts.mobileConnected } as const
      // Asked again after a lost reply: what is done is done.
      if (citizen?.connected?.number === number && citizen.connected.of === of) return { result: connected }
      const asked = citizen?.asked
      if (citizen === undefined || asked?.of !== of || asked.number !== number) {
        return { result: refused('nothing-asked') }
      }
      if (options.now().getTime() - Date.parse(asked.at) > CODE_VALID_SECONDS * 1000) {
        return { result: refused('code-expired') }
      }
      if (asked.attemptsLeft === 0) return { result: refused('attempts-exhausted') }
      if (!timingSafeEqual(Buffer.from(proofOf(of, code)), Buffer.from(asked.proof))) {
        const attemptsLeft = asked.attemptsLeft - 1
        const next = { ...citizen, asked: { ...asked, attemptsLeft } }
        return {
          next,
          result: attemptsLeft === 0 ? refused('attempts-exhausted') : refused('wrong-code', attemptsLeft),
        }
      }
      const isOurs = await owners.update(number.slice(1), async (owner) =>
        owner === undefined || owner.iin === iin ? { next: { iin }, result: true } : { result: false },
      )
      if (!isOurs) return { result: refused('number-taken') }
      return { next: { connected: { number, of } }, result: connected }
    })
  }
}

const TEXTS: Readonly<Record<MobileRefusalReason, string>> = {
  'no-account': portalTexts.noAccount,
  'number-taken': portalTexts.numberTaken,
  'wrong-code': portalTexts.wrongCode,
  'attempts-exhausted': portalTexts.attemptsExhausted,
  'code-expired': portalTexts.codeExpired,
  'nothing-asked': portalTexts.nothingAsked,
}

function refused(reason: MobileRefusalReason, attemptsLeft?: number): RegistrationResult {
  return {
    kind: 'MobileRefused',
    reason,
    ...(attemptsLeft === undefined ? {} : { attemptsLeft }),
    message: TEXTS[reason],
  }
}

function proofOf(of: string, code: string): string {
  return createHash('sha256').update(`${of}\n${code}`).digest('hex')
}
