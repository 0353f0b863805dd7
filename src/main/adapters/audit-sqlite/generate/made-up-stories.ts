import { createHash } from 'node:crypto'
import type { AuditEntry, AuditEvent } from '../../../../shared/domain/audit-event.ts'
import { iinCheckDigit } from '../../../../shared/domain/iin.ts'

/** A row to be, and how many seconds after the row before it. */
export interface MadeUpStep {
  readonly entry: AuditEntry
  readonly afterSeconds: number
}

/** Whole numbers from 0, the same ones for the same seed: mulberry32. */
export type Chance = (below: number) => number

export function createChance(seed: number): Chance {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

const OPERATORS = ['aigul.s', 'dana.m', 'marat.k', 'olga.v', 'timur.a', 'zhanar.b', 'nurlan.t', 'irina.p'] as const
const SUPERVISORS = ['erlan.zh', 'saule.o'] as const
const FAMILIES = ['Ахметов', 'Байжанов', 'Есенов', 'Қасымов', 'Сәрсенов', 'Оспанов', 'Иванов', 'Смирнов'] as const
const GIVEN = ['Айбек', 'Дәурен', 'Нұрлан', 'Шыңғыс', 'Марат', 'Олжас', 'Сергей', 'Тимур'] as const
const FATHERS = ['Асанұлы', 'Болатұлы', 'Ермекұлы', 'Омарұлы', 'Серікұлы', 'Андреевич', 'Павлович'] as const
const REASONS = [
  'Забыл пароль',
  'Утерян конверт с паролем',
  'Құпиясөзін ұмытып қалды',
  'Конвертті жоғалтып алды',
  'Пароль заблокирован после неудачных попыток',
  'Өтініш бойынша қайта беру',
  'Смена номера телефона, вход невозможен',
  'Лист испорчен при печати, номер заявления',
] as const
const REFUSALS = [
  'portal.life-status',
  'portal.exclusion-sign',
  'portal.prosecutor-record',
  'portal.signature-rejected',
  'portal.person-unknown',
  'portal.failed',
] as const
const FAILURES = ['gateway.unreachable', 'gateway.tls-untrusted', 'sign.locked', 'print.no-printer'] as const
const LOSSES = ['gateway.timeout', 'gateway.interrupted', 'reply.signature-wrong', 'reply.nonce-mismatch'] as const
const PRINT_FAILURES = ['print.printer-failed', 'print.layout'] as const

/** One citizen after another at one counter, or something else that an office day brings; never ends. */
export function createMadeUpStories(chance: Chance): () => readonly MadeUpStep[] {
  const pick = <T>(list: readonly [T, ...T[]]): T => list[chance(list.length)] ?? list[0]
  const operators = { role: 'operator' } as const
  let serial = 0

  function requestId(): string {
    serial += 1
    const hex = createHash('sha256')
      .update(`${serial} ${chance(2 ** 31)}`)
      .digest('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  }

  function iin(): string {
    const two = (number: number): string => String(number).padStart(2, '0')
    for (;;) {
      const century = 3 + chance(2)
      const eleven = `${two(40 + chance(60))}${two(1 + chance(12))}${two(1 + chance(28))}${century}${two(chance(100))}${two(chance(100))}`
      const digit = iinCheckDigit(eleven)
      if (digit !== undefined) return `${eleven}${digit}`
    }
  }

  function citizen(): readonly MadeUpStep[] {
    const actor = pick(OPERATORS)
    const person = { iin: iin(), name: `${pick(FAMILIES)} ${pick(GIVEN)} ${pick(FATHERS)}` }
    const steps: MadeUpStep[] = []
    const add = (event: AuditEvent, afterSeconds: number, more: Partial<AuditEntry> = {}): void =>
      void steps.push({ afterSeconds, entry: { event, actor, ...operators, ...more } })
    const exchange = (kind: 'CheckRegistration' | 'RegisterUser', note?: string) => {
      const about = { requestId: requestId(), operation: kind }
      add('request.prepared', 2 + chance(20), { ...about, iin: person.iin, ...(note === undefined ? {} : { note }) })
      if (chance(100) < 2) {
        add('request.failed', 1 + chance(3), { ...about, outcome: pick(FAILURES) })
        return undefined
      }
      add('request.sending', chance(2), { ...about, sentSha256: digest() })
      return about
    }
    const digest = (): Uint8Array =>
      createHash('sha256')
        .update(`${serial} ${chance(2 ** 31)}`)
        .digest()

    add('iin.checked', 20 + chance(200), { iin: person.iin, outcome: chance(100) < 3 ? 'iin.check-digit' : 'valid' })
    if (steps.at(-1)?.entry.outcome !== 'valid') return steps
    const check = exchange('CheckRegistration')
    if (check === undefined) return steps
    const answered = { ...check, receivedSha256: digest(), personName: person.name }
    const luck = chance(100)
    if (luck < 10) {
      add('reply.refused-by-portal', 1 + chance(3), { ...answered, outcome: pick(REFUSALS) })
      return steps
    }
    const registered = luck < 30
    add(registered ? 'reply.registered' : 'reply.not-registered', 1 + chance(3), answered)
    if (registered && chance(3) === 0) return steps

    const reason = `${pick(REASONS)} ${1000 + chance(900_000)}`
    const issue = exchange('RegisterUser', registered ? reason : undefined)
    if (issue === undefined) return steps
    if (chance(100) < 2) {
      add('request.outcome-unknown', 5 + chance(30), {
        ...issue,
        outcome: pick(LOSSES),
        details: { detail: 'timeout' },
      })
      if (chance(10) > 0) add('request.acknowledged', 30 + chance(300), issue)
      return steps
    }
    const action = registered ? 'regenerated' : 'created'
    add('reply.issued', 1 + chance(4), { ...issue, receivedSha256: digest(), details: { action } })
    if (chance(100) < 2) {
      add('envelope.discarded', 600, { ...issue, outcome: 'expired' })
      return steps
    }
    add('envelope.printing', 2 + chance(10), issue)
    if (chance(100) < 4) {
      add('envelope.print-failed', 4, { ...issue, outcome: pick(PRINT_FAILURES) })
      if (chance(3) === 0) {
        add('envelope.reprint-asked', 20, issue)
        add('envelope.reprint-approved', 60, { ...issue, actor: pick(SUPERVISORS), role: 'supervisor' })
      }
      add('envelope.printing', 15, issue)
    }
    add('envelope.printed', 3 + chance(5), issue)
    add(chance(100) < 2 ? 'envelope.not-handed' : 'envelope.handed', 10 + chance(60), issue)
    return steps
  }

  function sitting(): readonly MadeUpStep[] {
    const actor = pick(OPERATORS)
    const steps: MadeUpStep[] = [{ afterSeconds: 60, entry: { event: 'session.signed-out', actor, ...operators } }]
    if (chance(5) === 0) {
      const entry = { event: 'session.sign-in-failed', actor: 'unknown', outcome: 'session.wrong-credentials' } as const
      steps.push({ afterSeconds: 30, entry })
    }
    steps.push({ afterSeconds: 20, entry: { event: 'session.signed-in', actor, ...operators } })
    return steps
  }

  function review(): readonly MadeUpStep[] {
    const about = { actor: pick(SUPERVISORS), role: 'supervisor' } as const
    const reason = `${pick(REASONS)} ${1000 + chance(9000)}`
    return [
      { afterSeconds: 120, entry: { ...about, event: 'audit.viewed' } },
      {
        afterSeconds: 15,
        entry: { ...about, event: 'audit.revealed', note: reason, details: { seq: String(serial) } },
      },
    ]
  }

  return () => {
    const luck = chance(100)
    return luck < 94 ? citizen() : luck < 98 ? sitting() : review()
  }
}
