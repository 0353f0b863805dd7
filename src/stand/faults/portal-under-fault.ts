import type { StandFault } from '../../shared/domain/training.ts'
import type { Issuer } from '../certification-authority/issue-certificate.ts'
import type { KeyAlgorithm } from '../crypto/signature-suites.ts'
import type { PopulationRegister } from '../population-register/population-register.ts'
import type { Portal } from '../portal/portal.ts'
import { portalTexts } from '../portal/portal-texts.ts'
import type { ReplyBook } from '../portal/reply-book.ts'
import type { RegistrationService } from '../portal/serve-registration.ts'
import type { ReplySigner } from '../portal/sign-reply.ts'
import { falsifyReply, replyFaults } from './falsify-reply.ts'

/**
 * The portal as it behaves under a fault. With `portal-failure` it refuses everything and changes nothing; with the
 * faults of a reply it does what it should, account included, and only the reply is wrong.
 * @param options.createPortal makes the portal around a service and a book.
 */
export function createPortalsUnderFault(options: {
  readonly createPortal: (parts: {
    readonly serve: RegistrationService
    readonly replies: ReplyBook
    readonly now: () => Date
  }) => Portal
  /** How wrong the portal's clock is told to be. */
  readonly clockOffsetMs: () => Promise<number>
  readonly serve: RegistrationService
  readonly replies: ReplyBook
  readonly register: PopulationRegister
  readonly sign: ReplySigner
  readonly signAsOther: ReplySigner
  readonly portal: (algorithm: KeyAlgorithm) => Issuer
  readonly now: () => Date
}): (fault: StandFault | undefined) => Portal {
  const { createPortal, serve, replies, register, sign, signAsOther, now } = options
  const signer = options.portal
  const portal = createPortal({ serve, replies, now })
  const outOfOrder = createPortal({ serve: refuseAll, replies: forgetful, now })
  const otherIin = (iin: string): string => {
    const other = register.people.find((person) => person.iin !== iin)
    if (other === undefined) throw new Error('the register has nobody else')
    return other.iin
  }
  return (fault) => {
    if (fault === 'portal-failure') return outOfOrder
    if (fault === 'portal-clock') {
      return {
        async answer(data) {
          const offset = await options.clockOffsetMs()
          const wrong = (): Date => new Date(now().getTime() + offset)
          return createPortal({ serve, replies, now: wrong }).answer(data)
        },
      }
    }
    const replyFault = replyFaults.find((candidate) => candidate === fault)
    if (replyFault === undefined) return portal
    return {
      async answer(data) {
        const reply = await portal.answer(data)
        if (reply === undefined) return undefined
        return falsifyReply({ reply, fault: replyFault, sign, signAsOther, portal: signer, otherIin, now: now() })
      },
    }
  }
}

const refuseAll: RegistrationService = async () => ({
  kind: 'Refused',
  refusal: { reason: 'failed', message: portalTexts.outOfOrder },
})

/** A request that was turned away must be served when the portal is well again. */
const forgetful: ReplyBook = {
  once: async (_, answer) => ({ kind: 'reply', reply: (await answer()).reply }),
  find: async () => ({ name: 'not-kept' }),
}
