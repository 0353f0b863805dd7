import fs from 'node:fs'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { resolve } from 'node:path'
import fc from 'fast-check'
import PDFDocument from 'pdfkit'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createEnvelopePage } from '../../../../../src/main/adapters/envelope-pdf/create-envelope-page.ts'
import { loadEnvelopeFonts } from '../../../../../src/main/adapters/envelope-pdf/load-envelope-fonts.ts'
import { loadEnvelopePage } from '../../../../../src/main/adapters/envelope-pdf/load-envelope-page.ts'
import { defaultEnvelopeSettings, type EnvelopeContent } from '../../../../../src/shared/domain/envelope.ts'

const fonts = await loadEnvelopeFonts(resolve('resources'))
const page = createEnvelopePage({ fonts })
const content: EnvelopeContent = {
  login: '910101300019',
  password: Buffer.from('kT7mQ0oR2x'),
  portalUrl: 'https://egov.kz',
  action: 'created',
  issuedAt: new Date('2025-11-22T20:00:00Z'),
  reference: '3f9a21c7',
  training: true,
}

async function outcome(differing: Partial<EnvelopeContent>): Promise<string> {
  const rendered = await page.render({ ...content, ...differing })
  return rendered.ok ? 'rendered' : `${rendered.failure.code}: ${rendered.failure.detail}`
}

afterEach(() => {
  vi.restoreAllMocks()
  syncBuiltinESMExports()
})

test('loaded piece by piece the page is whole, and others had their turn between', async () => {
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  const loaded = await loadEnvelopePage({ resourcesDir: resolve('resources'), settings: defaultEnvelopeSettings })
  clearInterval(timer)
  expect(turns).toBeGreaterThanOrEqual(3)
  expect(await loaded.render(content)).toMatchObject({ ok: true })
})

describe('an envelope page', () => {
  test('refuses a login that is not twelve digits', async () => {
    for (const login of ['', '91010130001', '9101013000199', '91010130001x', ' 10101300019', '910101300019\n']) {
      expect(await outcome({ login })).toBe('print.layout: login')
    }
    expect(await outcome({ login: '000101500012' })).toBe('rendered')
  })

  test('refuses a password with a byte that cannot be read off paper', async () => {
    const printable = Buffer.from(Array.from({ length: 0x7e - 0x21 + 1 }, (_, index) => 0x21 + index))
    for (let byte = 0; byte <= 0xff; byte++) {
      if (printable.includes(byte)) continue
      const password = Buffer.from('abcdefgh')
      password[byte % 8] = byte
      expect(await outcome({ password })).toBe('print.layout: password')
    }
    expect(await outcome({ password: printable.subarray(0, 64) })).toBe('rendered')
    expect(await outcome({ password: printable.subarray(-64) })).toBe('rendered')
  })

  test('refuses a password of a length that the portal does not issue', async () => {
    for (const length of [0, 7, 65, 10_000]) {
      expect(await outcome({ password: Buffer.alloc(length, 'a') })).toBe('print.layout: password')
    }
    for (const length of [8, 64]) expect(await outcome({ password: Buffer.alloc(length, 'W') })).toBe('rendered')
  })

  test('refuses an address that is too long, or none, or written so that it cannot be typed', async () => {
    const long = `https://egov.kz/${'x'.repeat(120)}`
    const broken = [
      '',
      'egov.kz',
      'ftp://egov.kz',
      'https://',
      'https://egov.kz/a b',
      'https://портал.қаз',
      'https://a\nb',
    ]
    for (const portalUrl of [long, ...broken]) expect(await outcome({ portalUrl })).toBe('print.layout: portal-url')
    expect(await outcome({ portalUrl: 'https://localhost:43443/portal/sign-in' })).toBe('rendered')
  })

  test('refuses a reference that does not fit or holds more than ASCII, and a date that is none', async () => {
    for (const reference of ['', 'a b', 'ссылка', 'x'.repeat(200)]) {
      expect(await outcome({ reference })).toBe('print.layout: reference')
    }
    expect(await outcome({ issuedAt: new Date('tomorrow') })).toBe('print.layout: issued-at')
  })

  test('names the field at fault and never repeats its value', async () => {
    const fields = ['login', 'password', 'portal-url', 'reference', 'issued-at']
    await fc.assert(
      fc.asyncProperty(
        fc.string(),
        fc.uint8Array({ maxLength: 80 }),
        fc.string(),
        async (login, password, reference) => {
          for (const differing of [{ login }, { login: content.login, password }, { reference: ` ${reference}` }]) {
            const rendered = await page.render({ ...content, portalUrl: 'nowhere', ...differing })
            expect(rendered).toEqual({ ok: false, failure: { code: 'print.layout', detail: expect.any(String) } })
            if (!rendered.ok) expect(fields).toContain(rendered.failure.detail)
          }
        },
      ),
    )
  })

  test('hands pdfkit no character of login and password, and no two of them to the engine as a string', async () => {
    const from = vi.spyOn(Buffer, 'from')
    const text = vi.spyOn(PDFDocument.prototype, 'text')
    const width = vi.spyOn(PDFDocument.prototype, 'widthOfString')
    expect(await outcome({})).toBe('rendered')
    const strings = [...text.mock.calls, ...width.mock.calls].map(([first]) => first)
    for (const login of ['910', '0019']) for (const string of strings) expect(string).not.toContain(login)
    const numbers = from.mock.calls.flatMap(([first]) => (typeof first === 'string' ? [first] : [])).join('\n')
    expect(numbers).toContain(' Tm <')
    expect(numbers).not.toMatch(/Tm <[0-9a-f]/)
    expect(strings.length).toBeGreaterThan(50)
    const pairs = Array.from('kT7mQ0oR2x').flatMap((character, index, all) =>
      index === 0 ? [] : [`${all[index - 1]}${character}`],
    )
    for (const string of strings) for (const pair of pairs) expect(string).not.toContain(pair)
  })

  test('leaves the password to its owner, and wipes the pieces of which the page is joined', async () => {
    const password = Buffer.from('kT7mQ0oR2x')
    const concat = vi.spyOn(Buffer, 'concat')
    const rendered = await page.render({ ...content, password })
    const pieces = concat.mock.calls.map(([list]) => list).find((list) => list.length > 100)
    expect(password.toString()).toBe('kT7mQ0oR2x')
    expect(rendered.ok && rendered.value.subarray(0, 8).toString()).toBe('%PDF-1.7')
    expect(pieces?.every((piece) => piece.every((byte) => byte === 0))).toBe(true)
  })

  test('reads no file and loads no face of pdfkit’s own, so that it works from a bundle', async () => {
    const readers = (['readFileSync', 'openSync', 'statSync', 'readFile', 'open'] as const).map((name) =>
      vi.spyOn(fs, name),
    )
    syncBuiltinESMExports()
    expect(await outcome({})).toBe('rendered')
    for (const reader of readers) expect(reader).not.toHaveBeenCalled()
    const loaded = Object.keys(createRequire(import.meta.url).cache)
    expect(loaded.filter((file) => file.includes('standard-fonts'))).toEqual([])
  })
})
