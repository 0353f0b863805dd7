import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { inflateSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { pdfFonts, pdfInfo, pdfMetadata, pdfStructure } from './poppler.ts'
import { everySheet, installedPage, renderSample, sampleContent } from './sample-content.ts'

const SECRETS = { login: '910101300019', password: 'kT7mQ0oR2xB8' }

const folder = mkdtempSync(path.join(os.tmpdir(), 'arm-envelope-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What is compressed in the file, laid open. */
function streams(pdf: Buffer): readonly Buffer[] {
  return Array.from(pdf.toString('latin1').matchAll(/FlateDecode\n>>\nstream\n/g), (found) => {
    const start = found.index + found[0].length
    return inflateSync(pdf.subarray(start, pdf.indexOf('\nendstream', start)))
  })
}

/** A TrueType file or a table of characters. */
function isFontPart(stream: Buffer): boolean {
  return (
    stream.readUInt32BE(0) === 0x00010000 ||
    stream.subarray(0, 4).toString('latin1') === 'true' ||
    stream.includes('begincmap')
  )
}

/** All that can be read in the file without drawing it: the bytes, and each compressed stream. */
function readable(pdf: Buffer): Buffer {
  const compressed = streams(pdf)
  expect(compressed.length).toBeGreaterThan(5)
  return Buffer.concat([pdf, ...compressed])
}

describe('the envelope as a file', () => {
  test('is one A4 page, tagged, with a general title and nothing that runs', async () => {
    const info = pdfInfo(await renderSample())
    expect(info).toMatch(/^Pages:\s+1$/m)
    expect(info).toMatch(/^Page size:\s+595\.\d+ x 841\.\d+ pts \(A4\)$/m)
    expect(info).toMatch(/^Tagged:\s+yes$/m)
    expect(info).toMatch(/^JavaScript:\s+no$/m)
    for (const field of ['Title', 'Creator', 'Producer'])
      expect(info).toMatch(new RegExp(`^${field}:\\s+АРМ ЦОН$`, 'm'))
  })

  test('embeds subsets of its three faces, with Unicode, and no other face', async () => {
    const fonts = pdfFonts(await renderSample({ training: true }))
    expect(fonts.map(({ name }) => name.replace(/^[A-Z]{6}\+/, '')).sort()).toEqual([
      'GolosText-Regular',
      'GolosText-SemiBold',
      'IBMPlexMono-Medium',
    ])
    for (const font of fonts) expect(font).toMatchObject({ embedded: true, subset: true, unicode: true })
  })

  test('stays small, even with the longest password', async () => {
    const password = Array.from({ length: 64 }, (_, index) => String.fromCharCode(0x21 + index)).join('')
    const portalUrl = `https://egov.kz/${'abcdefghijklmnopqrstuvwxyz'.slice(0, 20)}`
    for (const settings of everySheet) {
      const { length } = await renderSample({ password, portalUrl, training: true }, settings)
      expect(length).toBeLessThanOrEqual(60 * 1024)
      const named = await renderSample({ password: 'W|W0W|W0W|W0', portalUrl, training: true }, settings)
      expect(named.length).toBeLessThanOrEqual(60 * 1024)
    }
  })

  test('holds login and password neither in its metadata nor as bytes anywhere', async () => {
    const pdf = await renderSample({ ...SECRETS, training: true })
    expect(pdfMetadata(pdf)).toContain('АРМ ЦОН')
    const all = readable(pdf)
    expect(all.includes('begincmap')).toBe(true)
    for (const secret of Object.values(SECRETS)) {
      const utf16 = Buffer.from(secret, 'utf16le').swap16()
      const forms = [secret, utf16, Buffer.from(secret).toString('hex'), utf16.toString('hex'), btoa(secret)]
      for (const form of forms) expect(all.includes(form)).toBe(false)
      expect(pdfMetadata(pdf) + pdfInfo(pdf)).not.toContain(secret)
    }
  })

  test('tells a screen reader the languages, the headings and the values in order', async () => {
    const pdf = await renderSample({ training: true })
    const structure = pdfStructure(pdf)
    expect(structure.match(/^\s+H1 /gm)).toHaveLength(2)
    expect(structure.match(/^\s+H2 /gm)).toHaveLength(2)
    expect(structure).not.toContain('УЧЕБНЫЙ')
    const order = [
      'Порталға кіру',
      'https://egov.kz',
      'Логин',
      '910101300019',
      'Құпиясөз',
      'Алдымен',
      '1414',
      'Берілген',
    ]
    const found = order.map((text) => structure.indexOf(text))
    expect(found).toEqual([...found].sort((a, b) => a - b))
    expect(found).not.toContain(-1)
    expect(pdf.includes('/Lang (ru-KZ)')).toBe(true)
    expect(pdf.includes('/Lang (kk-KZ)')).toBe(true)
  })

  test('is sound to another reader', async () => {
    for (const settings of everySheet) {
      const pdf = await renderSample({ training: true }, settings)
      const file = path.join(folder, 'page.pdf')
      writeFileSync(file, pdf)
      expect(execFileSync('qpdf', ['--check', file], { encoding: 'utf8' })).toContain('No syntax or stream')
    }
  })

  test('has the same fonts inside whatever the password, so that they tell nothing of it', async () => {
    const all = streams(await renderSample({ password: 'aaaaaaaaaaaa' })).filter((stream) => isFontPart(stream))
    const others = streams(await renderSample({ password: 'Zy9!Xw8#Vu7$' })).filter((stream) => isFontPart(stream))
    expect(all.length).toBe(6)
    expect(all).toEqual(others)
  })

  test('keeps what tells of the secret out of every compressed stream', async () => {
    const random = (bytes: number): Buffer => Buffer.alloc(bytes, 0x5a)
    const page = await installedPage(undefined, random)
    const compressed = async (password: string): Promise<readonly Buffer[]> => {
      const rendered = await page.render(sampleContent({ password }))
      return rendered.ok ? streams(rendered.value) : []
    }
    expect(await compressed('aB3$aB3$aB3$')).toEqual(await compressed('0O1l|I5S8B2Z'))
  })

  test('has a QR code of the portal’s address and nothing else', async () => {
    for (const settings of everySheet) {
      const picture = path.join(folder, 'page.pgm')
      writeFileSync(
        picture,
        execFileSync('pdftoppm', ['-r', '150', '-gray', '-'], {
          input: await renderSample({}, settings),
          maxBuffer: 1 << 26,
        }),
      )
      const read = execFileSync('zbarimg', ['--quiet', '--raw', picture], { encoding: 'utf8' })
      expect(read.trim()).toBe('https://egov.kz')
    }
  })

  test('comes out the same for the same content and tint, one at a time or many at once', async () => {
    const page = await installedPage(undefined, (bytes) => Buffer.alloc(bytes, 0x5a))
    const passwords = Array.from({ length: 12 }, (_, index) => `pass-${index}-word`)
    const render = async (password: string): Promise<Buffer | undefined> => {
      const rendered = await page.render(sampleContent({ password }))
      return rendered.ok ? rendered.value : undefined
    }
    const atOnce = await Promise.all(passwords.map(render))
    for (const [index, password] of passwords.entries()) expect(atOnce[index]).toEqual(await render(password))
    expect(new Set(atOnce.map((pdf) => pdf?.toString('latin1'))).size).toBe(passwords.length)
  })
})
