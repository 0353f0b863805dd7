import { ObjectIdentifier, PrintableString, Sequence, Set as SetOf, Utf8String } from 'asn1js'
import { RelativeDistinguishedNames } from 'pkijs'
import { iinCheckDigit } from '../../shared/domain/iin.ts'
import { nucProfile } from './nuc-profile.ts'

const ATTRIBUTE_TYPES = {
  UID: '0.9.2342.19200300.100.1.1',
  CN: '2.5.4.3',
  C: '2.5.4.6',
  O: '2.5.4.10',
  OU: '2.5.4.11',
} as const

type Attribute = readonly [type: keyof typeof ATTRIBUTE_TYPES, value: string]

/**
 * A name in the given order. RFC 5280 wants the country as PrintableString, all else is UTF8String. Built by hand:
 * pkijs would put all attributes into one relative name.
 */
export function distinguishedName(attributes: readonly Attribute[]): RelativeDistinguishedNames {
  const relativeNames = attributes.map(([type, value]) => {
    const text = type === 'C' ? new PrintableString({ value }) : new Utf8String({ value })
    const attribute = new Sequence({ value: [new ObjectIdentifier({ value: ATTRIBUTE_TYPES[type] }), text] })
    return new SetOf({ value: [attribute] })
  })
  return RelativeDistinguishedNames.fromBER(new Sequence({ value: relativeNames }).toBER(false))
}

/**
 * Subject of an information system in НУЦ's profile.
 * @param elevenDigits the made-up БИН without its check digit.
 */
export function informationSystemName(options: {
  readonly system: string
  readonly organization: string
  readonly elevenDigits: string
}): RelativeDistinguishedNames {
  const checkDigit = iinCheckDigit(options.elevenDigits)
  if (checkDigit === undefined) throw new Error(`no БИН begins with ${options.elevenDigits}`)
  return distinguishedName([
    ['UID', nucProfile.informationSystem],
    ['CN', `ИС "${options.system}"`],
    ['C', 'KZ'],
    ['O', options.organization],
    ['OU', `BIN${options.elevenDigits}${checkDigit}`],
  ])
}
