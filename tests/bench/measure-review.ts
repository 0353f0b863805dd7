import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createSqliteAuditReview } from '../../src/main/adapters/audit-sqlite/review/create-sqlite-audit-review.ts'
import { openTrainingVault } from '../../src/main/compose-training.ts'
import type { AuditReview, LongWork } from '../../src/main/ports/audit-review.ts'
import { type AuditFilter, exportFormats } from '../../src/shared/domain/audit-review.ts'
import { type Figure, figure } from './figure.ts'
import { need } from './open-bench-workstation.ts'
import { timeMany } from './stopwatch.ts'
import type { Yardsticks } from './yardsticks.ts'

const SCREENS = 40
const SCREEN_ROWS = 100
const EXPORTED_ROWS = 100_000
const DAY_MS = 24 * 60 * 60_000
const patient: LongWork = { signal: new AbortController().signal, onProgress: () => undefined }

/** The supervisor's searches and exports over a long log, and how long the main thread stood still meanwhile. */
export async function measureReview(options: {
  readonly folder: string
  readonly rows: number
  /** A log made before. */
  readonly file: string
  readonly yardsticks: Yardsticks
}): Promise<Figure[]> {
  const { file, rows, yardsticks } = options
  const vault = need(await openTrainingVault(path.dirname(file)))
  const review = createSqliteAuditReview({ file, vault })
  const delay = monitorEventLoopDelay({ resolution: 5 })
  try {
    const figures = await measureScreens({ review, upTo: rows, yardsticks })
    delay.enable()
    for (const format of exportFormats) {
      const out = path.join(options.folder, `export.${format}`)
      const order = { filter: {}, upTo: Math.min(rows, EXPORTED_ROWS), file: out, format, language: 'ru' } as const
      const times = await timeMany(1, async () => need(await review.export({ ...order, unmasked: false }, patient)), 0)
      figures.push(figure(`export of 100,000 rows, ${format}`, 'once', times, yardsticks.deflate, 5_000))
    }
    delay.disable()
    figures.push(
      figure('longest pause of the main thread during exports', 'once', [delay.max / 1e6], yardsticks.deflate, 50),
    )
    return figures
  } finally {
    await review.close()
    vault.close()
  }
}

async function measureScreens(options: {
  readonly review: AuditReview
  readonly upTo: number
  readonly yardsticks: Yardsticks
}): Promise<Figure[]> {
  const { review, upTo, yardsticks } = options
  const facets = need(await review.facets(upTo))
  const newest = need(await review.rows({ filter: {}, upTo, window: { at: 'newest' }, limit: 1 }))
  const oldest = need(await review.rows({ filter: {}, upTo, window: { at: 'oldest' }, limit: 1 }))
  const first = Date.parse(oldest[0]?.at ?? '')
  const last = Date.parse(newest[0]?.at ?? '')
  const requests = await sample(review, upTo, 'request.prepared')
  const iins: string[] = []
  for (const { seq } of requests) iins.push(need(await review.personal({ seq, field: 'iin' })))
  const at = (place: number): number => first + ((last - first) * place) / SCREENS
  const span = (place: number, days: number): AuditFilter => ({
    from: new Date(at(place)).toISOString(),
    to: new Date(at(place) + days * DAY_MS).toISOString(),
  })
  const of = <T>(values: readonly T[], place: number): T => values[place % values.length] as T
  const filters: Readonly<Record<string, (place: number) => AuditFilter>> = {
    'no filter': () => ({}),
    'period of a day': (place) => span(place, 1),
    'period of a month': (place) => span(place, 30),
    'period of a year': (place) => span(place, 365),
    operator: (place) => ({ actor: of(facets.actors, place) }),
    event: (place) => ({ event: of(facets.events, place) }),
    outcome: (place) => ({ outcome: of(facets.outcomes, place) }),
    workstation: (place) => ({ workstation: of(facets.workstations, place) }),
    request: (place) => ({ requestId: of(requests, place).requestId ?? '' }),
    ИИН: (place) => ({ iin: of(iins, place) }),
    'operator and event': (place) => ({ actor: of(facets.actors, place), event: of(facets.events, place * 7) }),
    'operator and outcome': (place) => ({ actor: of(facets.actors, place), outcome: of(facets.outcomes, place * 3) }),
    'month and operator': (place) => ({ ...span(place, 30), actor: of(facets.actors, place) }),
  }
  const figures: Figure[] = []
  const screen = (filter: AuditFilter) => review.rows({ filter, upTo, window: { at: 'newest' }, limit: SCREEN_ROWS })
  for (const [name, filterOf] of Object.entries(filters)) {
    let place = 0
    const times = await timeMany(SCREENS, async () => need(await screen(filterOf(place++))))
    figures.push(figure(`first screen, ${name}`, 'p95', times, yardsticks.deflate, 50))
  }
  const words = [
    'пароль',
    'утрат',
    'забыл',
    'қайта',
    'каита',
    'жалоба',
    'гражд',
    'сбой',
    'portal',
    'gateway',
    'нетслова',
  ]
  let place = 0
  const searches = await timeMany(SCREENS, async () => need(await screen({ text: of(words, place++) })))
  figures.push(figure('first screen, free text', 'p95', searches, yardsticks.deflate, 100))
  const both = await timeMany(SCREENS, async () => {
    place += 1
    return need(await screen({ text: of(words, place), actor: of(facets.actors, place) }))
  })
  figures.push(figure('first screen, free text and operator', 'p95', both, yardsticks.deflate, 100))
  return figures
}

async function sample(review: AuditReview, upTo: number, event: string) {
  const rows = []
  for (let place = 1; place <= SCREENS; place++) {
    const window = { at: 'through', seq: Math.max(1000, Math.floor((upTo * place) / SCREENS)) } as const
    rows.push(...need(await review.rows({ filter: { event }, upTo, window, limit: 1 })))
  }
  return rows
}
