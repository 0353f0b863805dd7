import type { FailureCode } from '../contract/failure.ts'
import { fail, type Result, succeed } from '../result.ts'

/** «Номер документа (паспорта или удостоверения личности)»: what the portal's instruction, section V, names. */
export const documentKinds = ['identity-card', 'passport'] as const
export type DocumentKind = (typeof documentKinds)[number]

/** What the operator reads off the document before him. */
export interface IdentityDocument {
  readonly kind: DocumentKind
  readonly number: string
  /** Last day on which it is valid, `YYYY-MM-DD`. */
  readonly validUntil: string
  /** Day of issue, `YYYY-MM-DD`; a machine-readable zone does not hold it. */
  readonly issuedOn?: string
}

/**
 * How a number looks, and its length: nine digits on the identity card, a letter and eight digits in the passport. No
 * document of the service says so: this is data, to be confirmed on specimens.
 */
export const documentNumbers: Readonly<Record<DocumentKind, { readonly form: RegExp; readonly length: number }>> = {
  'identity-card': { form: /^[0-9]{9}$/, length: 9 },
  passport: { form: /^[A-Z][0-9]{8}$/, length: 9 },
}

/** Nothing is valid for longer; a later date is a slip of the hand. */
const LONGEST_VALIDITY_YEARS = 20

/**
 * @param today the present day in Kazakhstan, `YYYY-MM-DD`.
 * Failures: `document.number`, `document.date`, `document.expired`.
 */
export function checkIdentityDocument(document: IdentityDocument, today: string): Result<IdentityDocument> {
  const { kind, number, validUntil, issuedOn } = document
  if (!documentNumbers[kind].form.test(number)) return refuse('document.number')
  if (!isDay(validUntil) || yearOf(validUntil) > yearOf(today) + LONGEST_VALIDITY_YEARS) return refuse('document.date')
  if (issuedOn !== undefined && (!isDay(issuedOn) || issuedOn > today || issuedOn >= validUntil)) {
    return refuse('document.date')
  }
  return validUntil < today ? refuse('document.expired') : succeed(document)
}

/** A day that exists, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00.000Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** `DD.MM.YYYY`, as it is typed, to `YYYY-MM-DD`; undefined until it is whole. */
export function dayFromTyped(text: string): string | undefined {
  const parts = /^([0-9]{2})\.?([0-9]{2})\.?([0-9]{4})$/.exec(text)
  return parts === null ? undefined : `${parts[3]}-${parts[2]}-${parts[1]}`
}

/** Digits as they are typed, with dots where they belong. */
export function typedDay(text: string): string {
  const digits = text.replace(/[^0-9]/g, '').slice(0, 8)
  return [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].filter((part) => part !== '').join('.')
}

/** `YYYY-MM-DD` as it is typed and printed. */
export function shownDay(day: string): string {
  return day.split('-').toReversed().join('.')
}

/** The day in Kazakhstan, which keeps one time (UTC+5) since 1 March 2024, whatever the machine's clock is set to. */
export function dayInKazakhstan(at: Date): string {
  return new Date(at.getTime() + 5 * 60 * 60_000).toISOString().slice(0, 10)
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4))
}

function refuse(code: FailureCode): Result<never> {
  return fail({ code })
}
