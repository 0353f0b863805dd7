// Its Node build starts with a createRequire of its own, which the bundler's collides with; this one has no workers to start.
import { strToU8, Zip, ZipDeflate } from 'fflate/browser'
import type { Language } from '../../../../shared/domain/language.ts'
import { exportColumns, looksLikeFormula } from './export-columns.ts'
import type { ExportedRow, ExportWriter } from './export-writer.ts'

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** Excel's own bound of a sheet, its header included. */
export const xlsxMaxRows = 1_048_575

/** Cell styles of `styles.xml`, in this order. */
const style = { plain: 0, header: 1, quoted: 2 } as const

const FIXED_PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
  '_rels/.rels': `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="Журнал" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" quotePrefix="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
}

/**
 * A workbook of one sheet (ECMA-376 SpreadsheetML), its rows streamed. Texts are inline strings, which are never
 * calculated; one that looks like a formula is also marked as quoted, so that editing the cell does not make it one.
 */
export function createXlsxWriter(options: {
  readonly write: (bytes: Uint8Array) => void
  readonly language: Language
}): ExportWriter {
  const { language } = options
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error
    options.write(chunk)
  })
  for (const [name, content] of Object.entries(FIXED_PARTS)) {
    const part = new ZipDeflate(name, { level: 1 })
    zip.add(part)
    part.push(strToU8(content), true)
  }
  const sheet = new ZipDeflate('xl/worksheets/sheet1.xml', { level: 1 })
  zip.add(sheet)
  const push = (text: string, last = false): void => sheet.push(Buffer.from(text), last)
  const lastColumn = columnName(exportColumns.length - 1)
  const widths = exportColumns
    .map(({ width }, place) => `<col min="${place + 1}" max="${place + 1}" width="${width}" customWidth="1"/>`)
    .join('')
  let rowNumber = 1
  push(
    `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>`,
  )
  push(
    rowXml(
      rowNumber,
      exportColumns.map(({ title }) => cellXml(title[language], style.header)),
    ),
  )

  return {
    rows(rows) {
      push(rows.map(oneRow).join(''))
    },
    end() {
      push(`</sheetData><autoFilter ref="A1:${lastColumn}${rowNumber}"/></worksheet>`, true)
      zip.end()
    },
  }

  function oneRow({ row, iin }: ExportedRow): string {
    rowNumber += 1
    return rowXml(
      rowNumber,
      exportColumns.map(({ value }) => {
        const shown = value(row, iin, language)
        if (typeof shown === 'number') return `<c><v>${shown}</v></c>`
        return cellXml(shown, looksLikeFormula(shown) ? style.quoted : style.plain)
      }),
    )
  }
}

function rowXml(number: number, cells: readonly string[]): string {
  return `<row r="${number}">${cells.join('')}</row>`
}

function cellXml(text: string, cellStyle: number): string {
  const styled = cellStyle === style.plain ? '' : ` s="${cellStyle}"`
  if (text === '') return `<c${styled}/>`
  // Only spaces at an end, and line ends, would be taken for layout.
  const space = /^\s|\s$|[\t\n\r]/.test(text) ? ' xml:space="preserve"' : ''
  return `<c${styled} t="inlineStr"><is><t${space}>${xmlText(text)}</t></is></c>`
}

/** XML 1.0 has no place for most control characters: they become U+FFFD, as halves of surrogate pairs do in UTF-8. */
function xmlText(text: string): string {
  if (!/[&<>\p{Cc}\ufffe\uffff]/u.test(text)) return text
  return text
    .replaceAll(/[^\P{Cc}\t\n\r\u0080-\u009f]|[\ufffe\uffff]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

function columnName(place: number): string {
  return String.fromCharCode(65 + place)
}
