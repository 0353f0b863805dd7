import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { pdfFonts, pdfInfo, pdfMetadata, pdfStructure } from './poppler.ts'
import { installedPage, renderSample, sampleContent } from './sample-content.ts'

const SECRETS = { login: '910101300019', password: 'kT7mQ0oR2x' }

/** All that can be read in the file without drawing it: the bytes, and each compressed stream. */
function readable(pdf: Buffer): Buffer {
  const compressed = Array.from(pdf.toString('latin1').matchAll(/FlateDecode\n>>\nstream\n/g), (found) => {
    const start = found.index + found[0].length
    return inflateSync(pdf.subarray(start, pdf.indexOf('\nendstream', start)))
  })
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

  test('embeds subsets of its four faces, with Unicode, and no other face', async () => {
    const fonts = pdfFonts(await renderSample({ training: true }))
    expect(fonts.map(({ name }) => name.replace(/^[A-Z]{6}\+/, '')).sort()).toEqual([
      'GolosText-Medium',
      'GolosText-Regular',
      'GolosText-SemiBold',
      'IBMPlexMono-Medium',
    ])
    for (const font of fonts) expect(font).toMatchObject({ embedded: true, subset: true, unicode: true })
  })

  test('stays small, even with the longest password', async () => {
    const password = Array.from({ length: 64 }, (_, index) => String.fromCharCode(0x21 + index)).join('')
    const portalUrl = `https://egov.kz/${'abcdefghijklmnopqrstuvwxyz'.slice(0, 20)}`
    expect((await renderSample({ password, portalUrl, training: true })).length).toBeLessThanOrEqual(60 * 1024)
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
    const order = ['Порталға кіру', 'https://egov.kz', '910101300019', 'Құпиясөз', 'Алдымен', '1414', '3f9a21c7']
    const found = order.map((text) => structure.indexOf(text))
    expect(found).toEqual([...found].sort((a, b) => a - b))
    expect(found).not.toContain(-1)
    expect(pdf.includes('/Lang (ru-KZ)')).toBe(true)
    expect(pdf.includes('/Lang (kk-KZ)')).toBe(true)
  })

  test('comes out the same for the same content, one at a time or many at once', async () => {
    const page = await installedPage()
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
