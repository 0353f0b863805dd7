import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path, { resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { agreementText, agreementWords } from '../../../src/main/adapters/envelope-pdf/agreement-texts.ts'
import { createAgreementPage } from '../../../src/main/adapters/envelope-pdf/create-agreement-page.ts'
import { createShiftReportPage } from '../../../src/main/adapters/envelope-pdf/create-shift-report-page.ts'
import { loadEnvelopeFonts } from '../../../src/main/adapters/envelope-pdf/load-envelope-fonts.ts'
import { shiftReportTexts } from '../../../src/main/adapters/envelope-pdf/shift-report-texts.ts'
import type { ShiftReport } from '../../../src/shared/domain/shift-report.ts'
import type { UserAgreement } from '../../../src/shared/domain/user-agreement.ts'
import type { Result } from '../../../src/shared/result.ts'
import { pdfInfo, pdfMetadata, pdfText, pdfWords } from './poppler.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'arm-documents-'))
afterAll(() => rmSync(folder, { recursive: true }))

const fonts = await loadEnvelopeFonts(resolve('resources'))
const agreementPage = createAgreementPage({ fonts })
const reportPage = createShiftReportPage({ fonts })
const flat = (text: string): string => text.replace(/\s+/g, ' ')

const agreement: UserAgreement = {
  citizen: { name: 'Әбдірахманова Гүлбаһрам Қыдырәліқызы', iin: '910101300019', mobile: '+7 701 000 00 00' },
  operator: 'operator',
  workstation: 'TSON-0271-04',
  date: new Date('2026-11-24T12:00:00Z'),
  reference: '3f9a21c7',
  training: false,
}

const signedHead = `arm-tson/audit-head/v1\nlog ${'6f'.repeat(16)}\nworkstation TSON-0271-04\nepoch 3\nsize 1690\nroot ${'5c'.repeat(32)}\ntime 2026-11-24T12:04:59.000Z\n`
const report: ShiftReport = {
  workstation: 'TSON-0271-04',
  from: '2026-11-24T03:00:00Z',
  to: '2026-11-24T12:00:00Z',
  preparedAt: '2026-11-24T12:05:00Z',
  preparedBy: 'supervisor',
  training: false,
  totals: { checks: 152, created: 131, reissued: 16, refused: 9, failed: 2, unknown: 1, handed: 146, notHanded: 3 },
  operators: [{ login: 'operator', issued: 30, refused: 7, failed: 2, medianServiceMs: 84_400 }],
  requests: Array.from({ length: 90 }, (_, index) => ({
    at: new Date(Date.UTC(2026, 10, 24, 3, index * 5)).toISOString(),
    requestId: `${(0x10000000 + index).toString(16)}-0000-4000-8000-000000000000`,
    operator: index === 7 ? 'o'.repeat(64) : 'operator',
    ...(index === 4 ? {} : { iinMasked: '910101******' }),
    ending: 'Конверт выдан',
  })),
  anomalies: ['Три перепечатки за час: больше обычного.'],
  log: { state: 'intact', firstSeq: 1204, lastSeq: 1690, headHash: 'a1'.repeat(32), signedHead },
}

function bytesOf(rendered: Result<Buffer>): Buffer {
  if (!rendered.ok) throw new Error(`${rendered.failure.code}: ${rendered.failure.detail}`)
  return rendered.value
}

/** Sound to qpdf, and nothing nearer to the edges than five millimetres. */
function expectSound(pdf: Buffer): void {
  const file = path.join(folder, 'page.pdf')
  writeFileSync(file, pdf)
  expect(execFileSync('qpdf', ['--check', file], { encoding: 'utf8' })).toContain('No syntax or stream')
  for (const { left, right, top, bottom } of pdfWords(pdf)) {
    expect(left > 5 && right < 205 && top > 5 && bottom < 292).toBe(true)
  }
}

describe('the user agreement', () => {
  test('has all clauses, the citizen, what he confirms and places to sign, on one page', async () => {
    const pdf = bytesOf(await agreementPage.render(agreement))
    expectSound(pdf)
    expect(pdfInfo(pdf)).toMatch(/^Pages:\s+1$/m)
    const text = flat(pdfText(pdf))
    for (const { heading, clauses } of agreementText)
      for (const one of [heading, ...clauses]) expect(text).toContain(one)
    for (const { kk, ru } of Object.values(agreementWords)) for (const one of [kk, ru]) expect(text).toContain(one)
    for (const one of [agreement.citizen.name, '910101300019', '+7 701 000 00 00', '24.11.2026', '3f9a21c7']) {
      expect(text).toContain(one)
    }
  })

  test('holds the longest name of the register without leaving its field, and strange letters as question marks', async () => {
    const name = `${'Нұрмұхамбетқызы-Әбдірахманова '.repeat(7).slice(0, 198)}Ы漢`
    const pdf = bytesOf(await agreementPage.render({ ...agreement, citizen: { name, iin: '910101300019' } }))
    const words = pdfWords(pdf).filter(({ text }) => /мұхамбет|Ы\?/.test(text))
    expect(words.length).toBeGreaterThan(6)
    for (const { left, right, top, bottom } of words) {
      expect(left >= 22 - 0.1 && right <= 22 + 82 + 0.5 && top > 50 && bottom < 65.5).toBe(true)
    }
  })

  test('keeps the citizen out of the metadata and out of plain bytes, and refuses what is no ИИН', async () => {
    const pdf = bytesOf(await agreementPage.render(agreement))
    expect(pdfInfo(pdf) + pdfMetadata(pdf)).not.toMatch(/9101|Гүлбаһрам|701/)
    for (const secret of ['910101300019', 'Гүлбаһрам']) expect(pdf.includes(secret)).toBe(false)
    const refused = await agreementPage.render({ ...agreement, citizen: { name: 'А', iin: '91010130001' } })
    expect(refused).toEqual({ ok: false, failure: { code: 'print.layout', detail: 'iin' } })
  })
})

describe('the shift report', () => {
  test('has every number, request, anomaly and the head of the log, in each language', async () => {
    for (const language of ['kk', 'ru', 'en'] as const) {
      const pdf = bytesOf(await reportPage.render(report, language))
      expectSound(pdf)
      const text = flat(pdfText(pdf))
      const texts = shiftReportTexts[language]
      const words = [
        texts.title,
        texts.totalsTitle,
        ...Object.values(texts.totals),
        texts.logTitle,
        texts.logStates.intact,
      ]
      for (const one of [...words, texts.operatorsTitle, texts.anomaliesTitle, texts.requestsTitle, texts.signature]) {
        expect(text).toContain(one)
      }
      for (const count of Object.values(report.totals)) expect(text).toContain(`${count}`)
      for (const { requestId } of report.requests) expect(text).toContain(requestId.slice(0, 8))
      expect(text).toContain(`84 ${texts.seconds}`)
      expect(text).toContain(texts.destroyed)
      expect(text).toContain('a1'.repeat(32))
      expect(text).toContain(report.anomalies[0])
      expect(text).toContain('24.11.2026, 08:00')
      expect(Number(/^Pages:\s+(\d+)$/m.exec(pdfInfo(pdf))?.[1])).toBeGreaterThan(2)
    }
  })

  test('has the signed head as a QR code, byte for byte, and as text', async () => {
    const pdf = bytesOf(await reportPage.render({ ...report, requests: [] }, 'ru'))
    const picture = path.join(folder, 'page.pgm')
    writeFileSync(picture, execFileSync('pdftoppm', ['-r', '200', '-gray', '-'], { input: pdf, maxBuffer: 1 << 26 }))
    const read = execFileSync('zbarimg', ['--quiet', '--raw', picture], {
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    expect(read.trimEnd()).toBe(signedHead.trimEnd())
    const text = flat(pdfText(pdf))
    for (const row of signedHead.trim().split('\n')) expect(text.replaceAll(' ', '')).toContain(row.replaceAll(' ', ''))
  })

  test('says that a log is broken or was not verified, and never that it is whole then', async () => {
    for (const state of ['broken', 'unverified', 'unavailable'] as const) {
      const { signedHead: _, ...log } = report.log
      const text = flat(pdfText(bytesOf(await reportPage.render({ ...report, log: { ...log, state } }, 'ru'))))
      expect(text).toContain(shiftReportTexts.ru.logStates[state])
      expect(text).not.toContain(shiftReportTexts.ru.logStates.intact)
      expect(text).toContain(shiftReportTexts.ru.unsigned)
    }
  })
})
