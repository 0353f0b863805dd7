// Draws the images of docs/envelope.md: `node tools/draw-envelope-images.mjs`. Needs poppler-utils. Everything on them
// is made up.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { createAgreementPage } from '../src/main/adapters/envelope-pdf/create-agreement-page.ts'
import { createEnvelopePage } from '../src/main/adapters/envelope-pdf/create-envelope-page.ts'
import { createShiftReportPage } from '../src/main/adapters/envelope-pdf/create-shift-report-page.ts'
import { envelopeLayouts } from '../src/main/adapters/envelope-pdf/layouts/envelope-layouts.ts'
import { loadEnvelopeFonts } from '../src/main/adapters/envelope-pdf/load-envelope-fonts.ts'

const root = path.resolve(import.meta.dirname, '..')
const images = path.join(root, 'docs', 'images')
mkdirSync(images, { recursive: true })
const fonts = await loadEnvelopeFonts(path.join(root, 'resources'))
const when = new Date('2026-11-24T12:00:00Z')

/** @param area what of the page, millimetres; the whole page otherwise. */
function draw(name, pdf, dpi, area) {
  const dots = (millimetres) => `${Math.round((millimetres * dpi) / 25.4)}`
  const part = area
    ? ['-x', dots(area.left), '-y', dots(area.top), '-W', dots(area.width), '-H', dots(area.height)]
    : []
  const args = ['-r', `${dpi}`, '-gray', '-singlefile', '-f', '1', ...part, '-']
  writeFileSync(
    path.join(images, `${name}.png`),
    encodePng(execFileSync('pdftoppm', args, { input: pdf, maxBuffer: 1 << 26 })),
  )
}

/** A PGM picture as PNG of sixteen greys: a third of what poppler writes. */
function encodePng(pgm) {
  const [header, width, height] = /^P5\n(\d+) (\d+)\n255\n/.exec(pgm.subarray(0, 32).toString('latin1'))
  const stride = 1 + Math.ceil(width / 2)
  const rows = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const grey = Math.round(pgm[header.length + y * width + x] / 17)
      rows[y * stride + 1 + (x >> 1)] |= x % 2 === 0 ? grey << 4 : grey
    }
  }
  const size = Buffer.alloc(13)
  size.writeUInt32BE(Number(width), 0)
  size.writeUInt32BE(Number(height), 4)
  // Four bits, grey, and no filter: the pages are drawings, not photographs.
  size.set([4, 0, 0, 0, 0], 8)
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const framed = Buffer.alloc(body.length + 8)
    framed.writeUInt32BE(data.length, 0)
    body.copy(framed, 4)
    framed.writeUInt32BE(crc32(body), body.length + 4)
    return framed
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const parts = [chunk('IHDR', size), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([signature, ...parts])
}

function bytesOf(rendered) {
  if (!rendered.ok) throw new Error(`${rendered.failure.code}: ${rendered.failure.detail}`)
  return rendered.value
}

for (const [id, layout] of Object.entries(envelopeLayouts)) {
  for (const languages of [
    ['kk', 'ru'],
    ['kk', 'ru', 'en'],
  ]) {
    const page = createEnvelopePage({ fonts, settings: { layout: id, languages } })
    const pdf = bytesOf(
      await page.render({
        login: '910101300019',
        password: Buffer.from('kT7|Q0oR2xB8'),
        portalUrl: 'https://egov.kz',
        action: 'created',
        issuedAt: when,
        reference: '3f9a21c7',
        training: true,
      }),
    )
    draw(`envelope-${id}-${languages.join('-')}`, pdf, 75)
    if (languages.length > 2) continue
    if (id === 'a4-dl-right-window') draw('envelope', pdf, 75)
    draw(`envelope-${id}-outside`, pdf, 60, { left: 0, top: 0, width: layout.page.width, height: layout.folds[0] })
  }
}

const agreement = await createAgreementPage({ fonts }).render({
  citizen: { name: 'Әбдірахманова Гүлбаһрам Қыдырәліқызы', iin: '910101300019', mobile: '+7 701 000 00 00' },
  operator: 'operator',
  workstation: 'TSON-0271-04',
  date: when,
  reference: '3f9a21c7',
  training: true,
})
draw('user-agreement', bytesOf(agreement), 75)

const report = await createShiftReportPage({ fonts }).render(
  {
    workstation: 'TSON-0271-04',
    from: '2026-11-24T03:00:00Z',
    to: '2026-11-24T12:00:00Z',
    preparedAt: '2026-11-24T12:05:00Z',
    preparedBy: 'supervisor',
    training: true,
    totals: { checks: 9, created: 5, reissued: 1, refused: 2, failed: 0, unknown: 1, handed: 5, notHanded: 1 },
    operators: [{ login: 'operator', issued: 6, refused: 2, failed: 0, medianServiceMs: 84_000 }],
    requests: Array.from({ length: 6 }, (_, index) => ({
      at: new Date(Date.UTC(2026, 10, 24, 3, index * 40)).toISOString(),
      requestId: `3f9a21c${index}-0000-4000-8000-000000000000`,
      operator: 'operator',
      iinMasked: '910101******',
      ending: index === 3 ? 'Исход неизвестен' : 'Конверт выдан',
    })),
    anomalies: ['Один конверт напечатан, но не отмечен выданным.'],
    log: {
      state: 'intact',
      firstSeq: 1204,
      lastSeq: 1290,
      headHash: 'a1'.repeat(32),
      signedHead: `arm-tson/audit-head/v1\nlog ${'6f'.repeat(16)}\nworkstation TSON-0271-04\nepoch 3\nsize 1290\nroot ${'5c'.repeat(32)}\ntime 2026-11-24T12:04:59.000Z\n`,
    },
  },
  'ru',
)
draw('shift-report', bytesOf(report), 75)
