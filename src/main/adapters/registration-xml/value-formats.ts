import { registrationLimits } from '../../../shared/domain/registration.ts'

/**
 * The simple types of resources/xsd/registration-v1.xsd as patterns. Where the XSD would collapse white space
 * (xs:boolean, xs:dateTime) these do not: one value, one spelling.
 */
export const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const iin = /^[0-9]{12}$/
/** 32 bytes in base64; the last letter's two unused bits are zero, so that each value has one spelling. */
export const bytes32 = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/
/** A sealed password: 8–64 bytes and a 16-byte tag, base64. The bytes are counted after decoding. */
export const sealedBytes = /^[A-Za-z0-9+/]{30,108}={0,2}$/
export const hex16 = /^[0-9a-f]{32}$/
export const hex32 = /^[0-9a-f]{64}$/
/** From 1, without leading zeros. */
export const count = /^[1-9][0-9]{0,14}$/
/** A signed reply, base64 on one line. The bytes are counted after decoding. */
export const signedReply = new RegExp(`^[A-Za-z0-9+/]{2,${Math.ceil(registrationLimits.keptReply / 3) * 4}}={0,2}$`)
export const utcTime = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/
export const identifier = new RegExp(`^[\\p{L}\\p{N}._@-]{1,${registrationLimits.identifier}}$`, 'u')
export const boolean = /^(?:true|false|1|0)$/
/** Printable ASCII without space. */
export const password = new RegExp(`^[!-~]{${registrationLimits.password.min},${registrationLimits.password.max}}$`)
/** E.164 of Kazakhstan's mobile numbers. */
export const mobileNumber = /^\+77[0-9]{9}$/
export const smsCode = /^[0-9]{6}$/
/** Tries of a code. */
export const attempts = /^[0-9]$/
/** Seconds of a code's life. */
export const seconds = /^[1-9][0-9]{0,3}$/
/** Lengths count characters, as the XSD does: the `u` flag, not UTF-16 units. */
export const reason = textOf(registrationLimits.reissueReason)
export const personName = textOf({ min: 1, max: registrationLimits.personName })
export const message = textOf({ min: 1, max: registrationLimits.message })

function textOf({ min, max }: { readonly min: number; readonly max: number }): RegExp {
  return new RegExp(`^.{${min},${max}}$`, 'su')
}
