import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { createRefusalNotePage } from '../../../../src/main/adapters/envelope-pdf/create-refusal-note-page.ts'
import { loadEnvelopeFonts } from '../../../../src/main/adapters/envelope-pdf/load-envelope-fonts.ts'
import type { PrintJob, PrintOutcome } from '../../../../src/main/ports/envelope-printer.ts'
import { createPrintRefusalNote } from '../../../../src/main/use-cases/print-refusal-note.ts'
import { refusalAdvice, translatePortalMessage } from '../../../../src/shared/contract/refusal-texts.ts'
import type { AuditEntry } from '../../../../src/shared/domain/audit-event.ts'
import { languages } from '../../../../src/shared/domain/language.ts'
import { portalMessages } from '../../../../src/shared/domain/reference-data.ts'
import type { User } from '../../../../src/shared/domain/session.ts'
import { fail, succeed } from '../../../../src/shared/result.ts'
import { settableClock } from '../../../support/settable-clock.ts'

const operator: User = { login: 'operator', name: 'Оператор', role: 'operator' }
const requestId = '3f6c2a1e-8d4b-4c55-9a57-0d3a4c1b2e3f'
const page = createRefusalNotePage({ fonts: await loadEnvelopeFonts(path.resolve('resources')) })
/** Lines break where the page has them. */
const flat = (text: string): string => text.replace(/\s+/g, '')

function noteOf(ended: PrintOutcome = { outcome: 'printed', place: 'tray', word: 'printer' }) {
  const rows: AuditEntry[] = []
  const jobs: PrintJob[] = []
  const note = createPrintRefusalNote({
    page,
    printer: {
      name: 'test',
      check: async () => succeed({ warnings: [] }),
      async print(job) {
        jobs.push(job)
        return ended
      },
    },
    audit: {
      append(entry) {
        rows.push(entry)
        return succeed(rows.length)
      },
    } as Parameters<typeof createPrintRefusalNote>[0]['audit'],
    clock: settableClock('2026-11-25T09:00:00.000Z'),
    workstation: 'TEST-01',
    training: false,
  })
  return { note, rows, jobs }
}

describe('the note on a refusal', () => {
  test.each(languages)('has the portal’s words, what they say, and where to go, in %s', async (language) => {
    const { note, rows, jobs } = noteOf()
    const failure = { code: 'portal.prosecutor-record', portalMessage: portalMessages.prosecutorRecord } as const
    note.refused({ requestId, iin: '910101300019', failure })
    expect(await note.print({ requestId, language, operator })).toMatchObject({ ok: true })
    const text = flat(execFileSync('pdftotext', ['-layout', '-', '-'], { input: jobs[0]?.pdf, encoding: 'utf8' }))
    const advice = refusalAdvice(failure.code)
    expect(text).toContain(flat(portalMessages.prosecutorRecord))
    expect(text).toContain(flat(advice?.tell[language] ?? 'no'))
    expect(text).toContain(flat(advice?.place[language] ?? 'no'))
    const translation = translatePortalMessage(portalMessages.prosecutorRecord, language)
    if (translation !== undefined) expect(text).toContain(flat(translation))
    expect(text).toContain('910101******')
    expect(text).not.toContain('910101300019')
    expect(jobs[0]?.jobName).toBe(`refusal-${requestId}`)
    expect(rows).toEqual([
      {
        event: 'refusal-note.printed',
        actor: 'operator',
        role: 'operator',
        requestId,
        details: { language, refusal: 'portal.prosecutor-record' },
      },
    ])
  })

  test('tells of the last refusal alone, and of no other failure', async () => {
    const { note, jobs } = noteOf()
    const nothing = fail({ code: 'print.nothing-pending' })
    expect(await note.print({ requestId, language: 'kk', operator })).toEqual(nothing)
    note.refused({ requestId, iin: '910101300019', failure: { code: 'gateway.timeout' } })
    expect(await note.print({ requestId, language: 'kk', operator })).toEqual(nothing)
    note.refused({ requestId: 'another', iin: '910101300019', failure: { code: 'portal.failed' } })
    expect(await note.print({ requestId, language: 'kk', operator })).toEqual(nothing)
    expect(jobs).toEqual([])
  })

  test('that is not printed says so, in the log too', async () => {
    const { note, rows } = noteOf({ outcome: 'not-printed', failure: { code: 'print.out-of-paper' } })
    note.refused({ requestId, iin: '910101300019', failure: { code: 'portal.failed', portalMessage: 'Портал' } })
    expect(await note.print({ requestId, language: 'ru', operator })).toEqual(fail({ code: 'print.out-of-paper' }))
    expect(rows[0]).toMatchObject({ event: 'refusal-note.printed', outcome: 'print.out-of-paper' })
  })
})
