import { execFileSync } from 'node:child_process'
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTrainingPrinter } from '../../../../../src/main/adapters/printing/create-training-printer.ts'

const onWindows = process.platform === 'win32'
const pdf = Buffer.alloc(300_000, 'new page ')
let scratch: string

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'training-printer-'))
})

afterEach(async () => {
  await rm(scratch, { recursive: true, force: true })
})

const permissions = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8)

describe('a training printer with a folder', () => {
  test('names its folder, makes it and keeps each page under the name of its job', async () => {
    const folder = join(scratch, 'made', 'on demand')
    const printer = createTrainingPrinter({ folder })
    expect(printer.name).toBe(folder)
    expect(await printer.print({ pdf, jobName: 'envelope-3f9a21c7' })).toEqual({
      outcome: 'printed',
      place: join(folder, 'envelope-3f9a21c7.pdf'),
      word: 'file',
    })
    expect(await readFile(join(folder, 'envelope-3f9a21c7.pdf'))).toEqual(pdf)
    expect(await readdir(folder)).toEqual(['envelope-3f9a21c7.pdf'])
  })

  test.skipIf(onWindows)('lets only the owner read what it keeps', async () => {
    const folder = join(scratch, 'envelopes')
    const before = process.umask(0)
    try {
      await createTrainingPrinter({ folder }).print({ pdf, jobName: 'envelope' })
    } finally {
      process.umask(before)
    }
    expect(await permissions(folder)).toBe('700')
    expect(await permissions(join(folder, 'envelope.pdf'))).toBe('600')
  })

  test('gives equal job names names of their own, from two printers at the same time too', async () => {
    const printers = [createTrainingPrinter({ folder: scratch }), createTrainingPrinter({ folder: scratch })]
    const pages = Array.from({ length: 40 }, (_, index) => Buffer.from(`page ${index}`))
    const printed = await Promise.all(
      pages.map((page, index) => printers[index % 2]?.print({ pdf: page, jobName: 'envelope' })),
    )
    const places = printed.map((result) => (result?.outcome === 'printed' ? result.place : 'not printed'))
    expect(new Set(places).size).toBe(pages.length)
    for (const [index, place] of places.entries()) expect(await readFile(place)).toEqual(pages[index])
    expect(await readdir(scratch)).toHaveLength(pages.length)
  })

  test('never overwrites what lies there, a link to elsewhere included', async () => {
    await writeFile(join(scratch, 'envelope.pdf'), 'kept')
    if (!onWindows) await symlink(join(scratch, 'elsewhere'), join(scratch, 'envelope-2.pdf'))
    const printed = await createTrainingPrinter({ folder: scratch }).print({ pdf, jobName: 'envelope' })
    expect(printed.outcome === 'printed' && printed.place).toBe(
      join(scratch, onWindows ? 'envelope-2.pdf' : 'envelope-3.pdf'),
    )
    expect(await readFile(join(scratch, 'envelope.pdf'), 'utf8')).toBe('kept')
    await expect(lstat(join(scratch, 'elsewhere'))).rejects.toThrow('ENOENT')
  })

  test('stays inside its folder whatever the job is called', async () => {
    const folder = join(scratch, 'folder')
    const printed = await createTrainingPrinter({ folder }).print({ pdf, jobName: '../../outside' })
    expect(printed.outcome === 'printed' && printed.place).toBe(join(folder, 'outside.pdf'))
    expect(await readdir(scratch)).toEqual(['folder'])
  })

  test('refuses a folder that cannot be, with a code and without its path', async () => {
    await writeFile(join(scratch, 'file'), '')
    for (const folder of [join(scratch, 'file'), join(scratch, 'file', 'below')]) {
      const printer = createTrainingPrinter({ folder })
      const detail = expect.stringMatching(/^(EEXIST|ENOTDIR|ENOENT)$/)
      expect(await printer.check()).toEqual({ ok: false, failure: { code: 'print.no-printer', detail } })
      expect(await printer.print({ pdf, jobName: 'envelope' })).toEqual({
        outcome: 'not-printed',
        failure: { code: 'print.printer-failed', detail },
      })
    }
  })

  test('is ready where it can write, and leaves nothing behind from trying', async () => {
    const folder = join(scratch, 'envelopes')
    expect(await createTrainingPrinter({ folder }).check()).toEqual({ ok: true, value: { warnings: [] } })
    expect(await readdir(folder)).toEqual([])
  })
})

describe('a training printer with a named file', () => {
  test('writes the file, and replaces it, for its owner only', async () => {
    const file = join(scratch, 'e.pdf')
    const printer = createTrainingPrinter({ file })
    expect(await printer.print({ pdf: Buffer.from('first'), jobName: 'a' })).toEqual({
      outcome: 'printed',
      place: file,
      word: 'file',
    })
    expect(await printer.check()).toEqual({ ok: true, value: { warnings: [] } })
    expect(await printer.print({ pdf, jobName: 'b' })).toEqual({ outcome: 'printed', place: file, word: 'file' })
    expect(await readFile(file)).toEqual(pdf)
    expect(await readdir(scratch)).toEqual(['e.pdf'])
    if (!onWindows) expect(await permissions(file)).toBe('600')
  })

  test('never shows a half-written page under its name', async () => {
    const file = join(scratch, 'e.pdf')
    const printer = createTrainingPrinter({ file })
    const pages = [Buffer.alloc(2_000_000, 'a'), Buffer.alloc(1_000_000, 'b')]
    await printer.print({ pdf: pages[0] ?? pdf, jobName: 'first' })
    let printing = true
    const watch = (async () => {
      let seen = 0
      while (printing) {
        const now = await readFile(file)
        expect(pages.some((page) => page.equals(now))).toBe(true)
        seen++
      }
      return seen
    })()
    for (let round = 0; round < 30; round++) await printer.print({ pdf: pages[round % 2] ?? pdf, jobName: 'again' })
    printing = false
    expect(await watch).toBeGreaterThan(0)
  })

  test('refuses a folder, a link and a missing parent, and leaves them as they are', async () => {
    const folder = join(scratch, 'folder')
    await mkdir(folder)
    await writeFile(join(scratch, 'target'), 'kept')
    const cases = [
      { file: folder, detail: 'not-a-file' },
      { file: join(scratch, 'nowhere', 'e.pdf'), detail: 'ENOENT' },
    ]
    if (!onWindows) {
      await symlink(join(scratch, 'target'), join(scratch, 'link'))
      cases.push({ file: join(scratch, 'link'), detail: 'not-a-file' })
    }
    for (const { file, detail } of cases) {
      const printer = createTrainingPrinter({ file })
      expect(await printer.check()).toEqual({ ok: false, failure: { code: 'print.no-printer', detail } })
      expect(await printer.print({ pdf, jobName: 'envelope' })).toEqual({
        outcome: 'not-printed',
        failure: { code: 'print.printer-failed', detail },
      })
    }
    expect(await readFile(join(scratch, 'target'), 'utf8')).toBe('kept')
    expect((await readdir(scratch)).sort()).toEqual(onWindows ? ['folder', 'target'] : ['folder', 'link', 'target'])
  })

  test.skipIf(onWindows)('refuses a device instead of replacing it', async () => {
    const device = join(scratch, 'pipe')
    execFileSync('mkfifo', [device])
    const printed = await createTrainingPrinter({ file: device }).print({ pdf, jobName: 'envelope' })
    expect(printed).toEqual({ outcome: 'not-printed', failure: { code: 'print.printer-failed', detail: 'not-a-file' } })
    expect((await lstat(device)).isFIFO()).toBe(true)
  })

  test.skipIf(!canMount())('leaves no page behind where the disk is full (needs the right to mount)', async () => {
    const disk = join(scratch, 'disk')
    await mkdir(disk)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk])
    try {
      const file = join(disk, 'e.pdf')
      await writeFile(file, 'old page')
      const full = { outcome: 'not-printed', failure: { code: 'print.printer-failed', detail: 'ENOSPC' } }
      expect(await createTrainingPrinter({ file }).print({ pdf, jobName: 'envelope' })).toEqual(full)
      expect(await createTrainingPrinter({ folder: disk }).print({ pdf, jobName: 'envelope' })).toEqual(full)
      expect(await readdir(disk)).toEqual(['e.pdf'])
      expect(await readFile(file, 'utf8')).toBe('old page')
    } finally {
      execFileSync('umount', [disk])
    }
  })
})

function canMount(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
