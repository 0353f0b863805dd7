import { iinCheckDigit } from '../../shared/domain/iin.ts'
import { exclusionSignCodes, legalCapacityCodes, lifeStatusDeceased } from '../../shared/domain/reference-data.ts'
import { makeUpName, type Sex } from './made-up-names.ts'
import type { Person } from './person.ts'
import { createSeededRandom, type Random } from './seeded-random.ts'

const SEED = 20_131_826
const BIRTH_YEARS = { first: 1935, last: 2007 } as const
/** Of the combinations only five people are alive, unhindered and without an account: too few for a day's training. */
const ORDINARY_PEOPLE = 100
const ALIVE = '0'

type Circumstances = Omit<Person, 'iin' | 'name'>

/**
 * The same made-up people at every start: one for each combination of life status, exclusion sign, legal capacity,
 * prosecutor's record and account (400), then ordinary citizens without an account.
 */
export function makeUpPeople(): readonly Person[] {
  const random = createSeededRandom(SEED)
  const taken = new Set<string>()
  return [...everyCombination(), ...ordinary()].map((circumstances) => {
    const sex = random.pick<Sex>(['male', 'female'])
    let iin = makeUpIin({ sex, random })
    while (iin === undefined || taken.has(iin)) iin = makeUpIin({ sex, random })
    taken.add(iin)
    return { iin, name: makeUpName({ sex, random }), ...circumstances }
  })
}

function everyCombination(): readonly Circumstances[] {
  return [ALIVE, lifeStatusDeceased].flatMap((lifeStatus) =>
    [undefined, ...exclusionSignCodes].flatMap((exclusionSign) =>
      legalCapacityCodes.flatMap((legalCapacity) =>
        [false, true].flatMap((prosecutorRecord) =>
          [false, true].map((registeredBefore) => ({
            lifeStatus,
            ...(exclusionSign === undefined ? {} : { exclusionSign }),
            legalCapacity,
            prosecutorRecord,
            registeredBefore,
          })),
        ),
      ),
    ),
  )
}

function ordinary(): readonly Circumstances[] {
  const citizen: Circumstances = {
    lifeStatus: ALIVE,
    legalCapacity: '1',
    prosecutorRecord: false,
    registeredBefore: false,
  }
  return Array.from({ length: ORDINARY_PEOPLE }, () => citizen)
}

/** @returns undefined where the digits drawn have no check digit. */
function makeUpIin(options: { readonly sex: Sex; readonly random: Random }): string | undefined {
  const { sex, random } = options
  const year = BIRTH_YEARS.first + random.below(BIRTH_YEARS.last - BIRTH_YEARS.first + 1)
  const birthDate = new Date(Date.UTC(year, 0, 1 + random.below(365)))
  const sixDigits = birthDate.toISOString().slice(2, 10).replaceAll('-', '')
  const centuryDigit = (year < 2000 ? 3 : 5) + (sex === 'female' ? 1 : 0)
  const serial = String(random.below(10_000)).padStart(4, '0')
  const elevenDigits = `${sixDigits}${centuryDigit}${serial}`
  const checkDigit = iinCheckDigit(elevenDigits)
  return checkDigit === undefined ? undefined : `${elevenDigits}${checkDigit}`
}
