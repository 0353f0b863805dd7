import { type BaseBlock, GeneralizedTime, UTCTime } from 'asn1js'
import { contentOctets } from './asn1-node.ts'
import { MalformedAsn1 } from './read-asn1.ts'

/**
 * Time as RFC 5280 (4.1.2.5) and RFC 5652 (11.3) write it: UTC, with seconds, without fractions; two-digit years
 * from 50 are of the last century. Either type is read for any year: authorities differ, and the moment is the same.
 */
export function asn1Time(node: BaseBlock | undefined): Date {
  const general = node instanceof GeneralizedTime
  if (node === undefined || !(general || node instanceof UTCTime)) throw new MalformedAsn1('Time expected')
  const text = Buffer.from(contentOctets(node)).toString('latin1')
  const match = (general ? /^(\d{4})(\d{10})Z$/ : /^(\d{2})(\d{10})Z$/).exec(text)
  if (match === null) throw new MalformedAsn1('Time not in the profile of RFC 5280')
  const year = general ? Number(match[1]) : Number(match[1]) + (Number(match[1]) < 50 ? 2000 : 1900)
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = (match[2]?.match(/../g) ?? []).map(Number)
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  const exact =
    time.getUTCFullYear() === year &&
    time.getUTCMonth() === month - 1 &&
    time.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60
  if (!exact) throw new MalformedAsn1('Time names no moment')
  return time
}
