import { PrintableString, type Sequence, Set as SetOf, Utf8String } from 'asn1js'
import { iinCheckDigit } from '../../shared/domain/iin.ts'
import { objectIdentifier, sequence } from '../asn1/der.ts'
import { nucProfile } from './nuc-profile.ts'

const ATTRIBUTE_TYPES = {
  UID: '0.9.2342.19200300.100.1.1',
  CN: '2.5.4.3',
  SN: '2.5.4.4',
  serialNumber: '2.5.4.5',
  C: '2.5.4.6',
  O: '2.5.4.10',
  OU: '2.5.4.11',
} as const
const PRINTABLE: readonly string[] = ['C', 'serialNumber']

type Attribute = readonly [type: keyof typeof ATTRIBUTE_TYPES, value: string]

/** A name in the given order. RFC 5280 wants country and serial number as PrintableString, all else is UTF8String. */
export function distinguishedName(attributes: readonly Attribute[]): Sequence {
  const relativeNames = attributes.map(([type, value]) => {
    const text = PRINTABLE.includes(type) ? new PrintableString({ value }) : new Utf8String({ value })
    return new SetOf({ value: [sequence(objectIdentifier(ATTRIBUTE_TYPES[type]), text)] })
  })
  return sequence(...relativeNames)
}

/**
 * Subject of an information system in НУЦ's profile.
 * @param elevenDigits the made-up БИН without its check digit.
 */
export function informationSystemName(options: {
  readonly system: string
  readonly organization: string
  readonly elevenDigits: string
}): Sequence {
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

/** Subject of a person in НУЦ's profile. @param options.name surname last, as on a badge. */
export function personName(options: { readonly name: string; readonly iin: string }): Sequence {
  return distinguishedName([
    ['CN', options.name],
    ['SN', options.name.split(' ').at(-1) ?? options.name],
    ['serialNumber', `IIN${options.iin}`],
    ['C', 'KZ'],
  ])
}
