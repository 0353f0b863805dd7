import { randomBytes } from 'node:crypto'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { EvidenceHttp } from '../evidence-http/create-evidence-http.ts'
import type { JudgeSigner } from '../trust/judge-signer.ts'
import type { DigestName } from '../x509/digest-algorithms.ts'
import { NUC_TIMESTAMP_POLICY } from '../x509/nuc-profile.ts'
import { encodeTimestampRequest, readTimestampResponse } from './timestamp-exchange.ts'
import { checkTimestampToken } from './timestamp-token.ts'

/** @returns DER of a token that was checked. Failures: `sign.timestamp-unavailable`, `sign.timestamp-wrong`. */
export type TimestampClient = (covered: Uint8Array, digestName: DigestName) => Promise<Result<Uint8Array>>

const MAX_RESPONSE_OCTETS = 256 * 1024
const NONCE_OCTETS = 16
/** A stamp of another moment than ours says that one of the two clocks is wrong. */
const MAX_DISTANCE_MS = 5 * 60_000
const MAX_DETAIL = 500

/**
 * Asks an authority for timestamps (RFC 3161 over HTTP) and checks what comes back: that it covers what was sent and
 * repeats the nonce, its policy, its time, and its signer by the rules for timestamp authorities.
 */
export function createTimestampClient(options: {
  readonly http: EvidenceHttp
  readonly url: string
  readonly judgeAuthority: JudgeSigner
  readonly now: () => Date
}): TimestampClient {
  const { http, url, judgeAuthority, now } = options
  return async (covered, digestName) => {
    const nonce = newNonce()
    const octets = encodeTimestampRequest({ covered, digestName, nonce })
    const body = { type: 'application/timestamp-query', octets }
    const answer = await http.ask({ url, body, maxOctets: MAX_RESPONSE_OCTETS })
    if (!answer.ok) return fail({ code: 'sign.timestamp-unavailable', detail: answer.why })
    const token = readTimestampResponse(answer.body)
    if (token === undefined) return fail({ code: 'sign.timestamp-unavailable', detail: 'no token was granted' })

    const intact = checkTimestampToken(token, covered)
    if (!intact.ok) return wrong(`${intact.refusal.subIndication}: ${intact.refusal.reason}`)
    const { authority, certificates, imprint, policy, time } = intact.value
    if (imprint.digest !== digestName) return wrong('the imprint is of another digest')
    if (intact.value.nonce === undefined || !Buffer.from(nonce).equals(intact.value.nonce)) {
      return wrong('the token repeats another nonce')
    }
    if (!NUC_TIMESTAMP_POLICY.test(policy)) return wrong(`the token is of policy ${policy}`)
    const at = now()
    if (Math.abs(at.getTime() - time.getTime()) > MAX_DISTANCE_MS) return wrong(`the token is of ${time.toISOString()}`)
    const judged = await judgeAuthority({ certificate: authority, others: certificates, at })
    if (!judged.ok) return wrong(`${judged.refusal.subIndication}: ${judged.refusal.reason}`)
    return succeed(token)
  }
}

/** Positive and in DER's minimal form. */
function newNonce(): Uint8Array {
  const nonce = randomBytes(NONCE_OCTETS)
  nonce.writeUInt8(((nonce[0] ?? 0) & 0x7f) | 0x40, 0)
  return nonce
}

function wrong(detail: string): Result<never> {
  return fail({ code: 'sign.timestamp-wrong', detail: detail.slice(0, MAX_DETAIL) })
}
