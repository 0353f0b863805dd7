import { randomBytes } from 'node:crypto'
import encodeQR from 'qr'
import type { ShiftReport } from '../../../shared/domain/shift-report.ts'
import { succeed } from '../../../shared/result.ts'
import type { ShiftReportPage } from '../../ports/document-pages.ts'
import { printable, shareDocumentFaces } from './document-faces.ts'
import { drawTrainingMark } from './draw-training-mark.ts'
import type { EnvelopeFonts } from './envelope-fonts.ts'
import { envelopePalette } from './envelope-palette.ts'
import { createPageCanvas, type PageCanvas } from './page-canvas.ts'
import { type ShiftReportTexts, shiftReportTexts } from './shift-report-texts.ts'
import type { TextStyle } from './text-style.ts'

const { ink, quiet, accent, line } = envelopePalette
const page = { width: 210, height: 297 }
const [LEFT, TOP, RIGHT, BOTTOM] = [18, 18, 192, 276]
const WIDTH = RIGHT - LEFT
const TEXT: TextStyle = { face: 'regular', size: 9, color: ink, leading: 12 }
const STRONG: TextStyle = { ...TEXT, face: 'semiBold' }
const QUIET: TextStyle = { ...TEXT, size: 8, color: quiet, leading: 10.5 }
const HEADING: TextStyle = { face: 'semiBold', size: 11, color: ink }
const HASH: TextStyle = { face: 'mono', size: 8, color: ink, leading: 11 }
const ROW = 5.4
/** What a QR code of a page holds at a size that a phone still reads; a longer head is printed as text alone. */
const QR_CHARACTERS = 700

/** Kazakhstan keeps one time all over the country since 1 March 2024. */
const time = new Intl.DateTimeFormat('ru-RU', {
  timeZone: 'Asia/Almaty',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

/** Makes what a supervisor prints at the end of a shift. */
export function createShiftReportPage(options: { readonly fonts: EnvelopeFonts }): ShiftReportPage {
  const faces = shareDocumentFaces(options.fonts, [])
  const safe = (text: string): string => printable(text, faces.regular)
  return {
    async render(report, language) {
      const texts = shiftReportTexts[language]
      const canvas = createPageCanvas({
        page,
        faces,
        random: randomBytes,
        title: 'АРМ ЦОН',
        language: texts.language,
        createdAt: new Date(report.preparedAt),
      })
      const sheet = openSheet(canvas, report, texts)
      writeHead(canvas, sheet, report, texts)
      writeTotals(canvas, sheet, report, texts)
      writeOperators(canvas, sheet, report, texts)
      writeAnomalies(canvas, sheet, report, texts)
      writeRequests(canvas, sheet, report, texts)
      writeLog(canvas, sheet, report, texts)
      return succeed(await canvas.finish())
    },
  }

  /** The place where the next line goes; pages follow one another where it is full. */
  function openSheet(canvas: PageCanvas, report: ShiftReport, texts: ShiftReportTexts) {
    let number = 1
    let y = TOP
    const furnish = (): void => {
      if (report.training) drawTrainingMark(canvas, { page })
      canvas.rule([LEFT, BOTTOM + 6], [RIGHT, BOTTOM + 6], { color: line, points: 0.5 })
      const left = safe(`${texts.title} · ${report.workstation} · ${at(report.from)}`)
      canvas.line(left, { left: LEFT, baseline: BOTTOM + 10 }, { tag: 'P', style: QUIET })
      const right = `${texts.page} ${number}`
      canvas.line(
        right,
        { left: RIGHT - canvas.widthOf(right, QUIET), baseline: BOTTOM + 10 },
        { tag: 'P', style: QUIET },
      )
    }
    furnish()
    return {
      get y(): number {
        return y
      },
      down(by: number): void {
        y += by
      },
      /** @returns whether a new page was begun. */
      need(height: number): boolean {
        if (y + height <= BOTTOM) return false
        canvas.nextPage()
        number++
        y = TOP
        furnish()
        return true
      },
    }
  }
  type Sheet = ReturnType<typeof openSheet>

  function writeHead(canvas: PageCanvas, sheet: Sheet, report: ShiftReport, texts: ShiftReportTexts): void {
    canvas.rule([LEFT, sheet.y], [RIGHT, sheet.y], { color: line, points: 0.75 })
    canvas.rule([LEFT, sheet.y], [LEFT + 24, sheet.y], { color: accent, points: 3 })
    const title: TextStyle = { face: 'semiBold', size: 18, color: ink }
    canvas.line(texts.title, { left: LEFT, baseline: sheet.y + 11 }, { tag: 'H1', style: title })
    sheet.down(19)
    const facts = [
      [texts.workstation, report.workstation],
      [texts.operator, report.operator ?? texts.everybody],
      [texts.shift, `${at(report.from)} – ${at(report.to)}`],
      [texts.prepared, `${report.preparedBy}, ${at(report.preparedAt)}`],
    ] as const
    for (const [name, value] of facts) {
      canvas.line(name, { left: LEFT, baseline: sheet.y }, { tag: 'P', style: { ...TEXT, color: quiet } })
      canvas.line(
        clipped(canvas, safe(value), STRONG, WIDTH - 36),
        { left: LEFT + 36, baseline: sheet.y },
        { tag: 'P', style: STRONG },
      )
      sheet.down(5)
    }
    sheet.down(5)
  }

  function heading(canvas: PageCanvas, sheet: Sheet, text: string, room: number): void {
    sheet.need(room + 8)
    canvas.line(text, { left: LEFT, baseline: sheet.y + 3 }, { tag: 'H2', style: HEADING })
    sheet.down(9)
  }

  function writeTotals(canvas: PageCanvas, sheet: Sheet, report: ShiftReport, texts: ShiftReportTexts): void {
    heading(canvas, sheet, texts.totalsTitle, 34)
    const number: TextStyle = { face: 'semiBold', size: 17, color: ink }
    const keys = ['checks', 'created', 'reissued', 'refused', 'failed', 'unknown', 'handed', 'notHanded'] as const
    keys.forEach((key, index) => {
      const left = LEFT + (index % 4) * (WIDTH / 4)
      const top = sheet.y + Math.floor(index / 4) * 16
      canvas.panel(
        { left, top: top - 1, width: WIDTH / 4 - 3, height: 14 },
        { fill: envelopePalette.tint, radius: 1.5 },
      )
      canvas.line(`${report.totals[key]}`, { left: left + 3, baseline: top + 6 }, { tag: 'P', style: number })
      canvas.line(texts.totals[key], { left: left + 3, baseline: top + 10.8 }, { tag: 'P', style: QUIET })
    })
    sheet.down(37)
  }

  function writeOperators(canvas: PageCanvas, sheet: Sheet, report: ShiftReport, texts: ShiftReportTexts): void {
    if (report.operators.length === 0) return
    const columns = [0, 60, 82, 104, 124]
    heading(canvas, sheet, texts.operatorsTitle, 3 * ROW)
    writeRow(canvas, sheet, texts.operatorColumns, columns, { ...QUIET, face: 'semiBold' })
    for (const { login, issued, refused, failed, medianServiceMs } of report.operators) {
      if (sheet.need(ROW)) writeRow(canvas, sheet, texts.operatorColumns, columns, { ...QUIET, face: 'semiBold' })
      const median = medianServiceMs === undefined ? '—' : `${Math.round(medianServiceMs / 1000)} ${texts.seconds}`
      writeRow(canvas, sheet, [safe(login), `${issued}`, `${refused}`, `${failed}`, median], columns, TEXT)
    }
    sheet.down(6)
  }

  function writeAnomalies(canvas: PageCanvas, sheet: Sheet, report: ShiftReport, texts: ShiftReportTexts): void {
    heading(canvas, sheet, texts.anomaliesTitle, 10)
    const all = report.anomalies.length === 0 ? [texts.noAnomalies] : report.anomalies.map((one) => `— ${safe(one)}`)
    for (const anomaly of all) {
      const height = canvas.heightOf(anomaly, WIDTH, TEXT)
      sheet.need(height)
      canvas.paragraph(anomaly, { left: LEFT, baseline: sheet.y + 1, width: WIDTH }, { tag: 'P', style: TEXT })
      sheet.down(height + 1)
    }
    sheet.down(6)
  }

  function writeRequests(canvas: PageCanvas, sheet: Sheet, report: ShiftReport, texts: ShiftReportTexts): void {
    heading(canvas, sheet, texts.requestsTitle, 3 * ROW)
    if (report.requests.length === 0) {
      canvas.line(texts.noRequests, { left: LEFT, baseline: sheet.y + 1 }, { tag: 'P', style: TEXT })
      sheet.down(10)
      return
    }
    const columns = [0, 28, 48, 84, 110]
    const named = { ...QUIET, face: 'semiBold' } as const
    writeRow(canvas, sheet, texts.requestColumns, columns, named)
    for (const { at: when, requestId, operator, iinMasked, ending } of report.requests) {
      if (sheet.need(ROW)) writeRow(canvas, sheet, texts.requestColumns, columns, named)
      const cells = [at(when), requestId.slice(0, 8), safe(operator), iinMasked ?? texts.destroyed, safe(ending)]
      writeRow(canvas, sheet, cells, columns, { ...TEXT, size: 8.5 })
    }
    sheet.down(6)
  }

  /** One row of a table; what is wider than its column is cut with an ellipsis. */
  function writeRow(
    canvas: PageCanvas,
    sheet: Sheet,
    cells: readonly string[],
    columns: readonly number[],
    style: TextStyle,
  ): void {
    cells.forEach((cell, index) => {
      const left = columns[index] ?? 0
      const width = (columns[index + 1] ?? WIDTH) - left - 2
      canvas.line(clipped(canvas, cell, style, width), { left: LEFT + left, baseline: sheet.y }, { tag: 'P', style })
    })
    canvas.rule([LEFT, sheet.y + 1.8], [RIGHT, sheet.y + 1.8], { color: line, points: 0.35 })
    sheet.down(ROW)
  }

  function writeLog(canvas: PageCanvas, sheet: Sheet, report: ShiftReport, texts: ShiftReportTexts): void {
    const { log } = report
    const head = log.signedHead
    const coded = head !== undefined && head.length <= QR_CHARACTERS
    const width = coded ? WIDTH - 52 : WIDTH
    const lines = head === undefined ? [] : wrapped(canvas, safe(head), HASH, width)
    heading(canvas, sheet, texts.logTitle, Math.max(coded ? 52 : 0, 22 + 4 * Math.min(lines.length, 50)) + 16)
    const top = sheet.y
    const said: TextStyle = log.state === 'broken' ? { ...STRONG, size: 11 } : STRONG
    canvas.line(texts.logStates[log.state], { left: LEFT, baseline: top + 1 }, { tag: 'P', style: said })
    const rows = `${texts.rows}: ${log.firstSeq}–${log.lastSeq}`
    canvas.line(rows, { left: LEFT, baseline: top + 6 }, { tag: 'P', style: TEXT })
    canvas.line(texts.headHash, { left: LEFT, baseline: top + 12 }, { tag: 'P', style: QUIET })
    wrapped(canvas, safe(log.headHash), HASH, width).forEach((text, index) => {
      writeMono(canvas, text, LEFT, top + 16 + index * 4)
    })
    const label = head === undefined ? texts.unsigned : texts.signedHead
    canvas.line(label, { left: LEFT, baseline: top + 26 }, { tag: 'P', style: QUIET })
    sheet.down(30)
    for (const text of lines) {
      sheet.need(4)
      writeMono(canvas, text, LEFT, sheet.y)
      sheet.down(4)
    }
    if (head !== undefined && coded) {
      const framed = encodeQR(head, 'raw', { ecc: 'low', border: 1 })
      const modules = framed.slice(1, -1).map((row) => row.slice(1, -1))
      const area = { left: RIGHT - 46, top: Math.max(TOP, top - 6), width: 46, height: 46 }
      canvas.modules(area, modules, { color: envelopePalette.black, alt: `QR: ${texts.signedHead}` })
      sheet.down(Math.max(0, area.top + 50 - sheet.y))
    }
    sheet.need(18)
    sheet.down(10)
    canvas.rule([LEFT, sheet.y], [LEFT + 80, sheet.y], { color: ink, points: 0.5 })
    canvas.line(texts.signature, { left: LEFT, baseline: sheet.y + 4 }, { tag: 'P', style: QUIET })
  }
}

/** The monospaced face has no space that can be embedded: words are set one by one on its grid. */
function writeMono(canvas: PageCanvas, text: string, left: number, baseline: number): void {
  const pitch = canvas.widthOf('0', HASH)
  for (const word of text.matchAll(/\S+/g)) {
    canvas.line(word[0], { left: left + word.index * pitch, baseline }, { tag: 'P', style: HASH })
  }
}

function at(iso: string): string {
  return time.format(new Date(iso))
}

function clipped(canvas: PageCanvas, text: string, style: TextStyle, width: number): string {
  if (canvas.widthOf(text, style) <= width) return text
  let end = text.length
  while (end > 0 && canvas.widthOf(`${text.slice(0, end)}…`, style) > width) end--
  return `${text.slice(0, end)}…`
}

/** Breaks what has no spaces, as a hash, where the line is full. The face is monospaced. */
function wrapped(canvas: PageCanvas, text: string, style: TextStyle, width: number): readonly string[] {
  const perLine = Math.max(1, Math.floor(width / canvas.widthOf('0', style)))
  return text.split(/\r?\n/).flatMap((row) => row.match(new RegExp(`.{1,${perLine}}`, 'gu')) ?? [])
}
