import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fileNameOfJob } from '../../../../../src/main/adapters/printing/file-name-of-job.ts'

describe('the file name of a print job', () => {
  test('keeps a plain job name', () => {
    expect(fileNameOfJob('envelope-3f9a21c7')).toBe('envelope-3f9a21c7')
    expect(fileNameOfJob('Конверт_12')).toBe('Конверт_12')
  })

  test('holds nothing that leads out of the folder or hides the file', () => {
    expect(fileNameOfJob('../../etc/passwd')).toBe('etc-passwd')
    expect(fileNameOfJob('C:\\Windows\\x')).toBe('C-Windows-x')
    expect(fileNameOfJob('.hidden')).toBe('hidden')
    expect(fileNameOfJob('a.pdf:stream')).toBe('a-pdf-stream')
  })

  test('is never empty and never a device of Windows', () => {
    for (const nothing of ['', '...', ' / ']) expect(fileNameOfJob(nothing)).toBe('envelope')
    for (const device of ['con', 'NUL', 'Com1', 'lpt9']) expect(fileNameOfJob(device)).toBe(`${device}-`)
  })

  test('is cut between characters, never within one', () => {
    expect(fileNameOfJob('𐐀'.repeat(90))).toBe('𐐀'.repeat(60))
  })

  test('is a short safe name whatever the job is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (jobName) => {
        expect(fileNameOfJob(jobName)).toMatch(/^[\p{L}\p{N}_][\p{L}\p{N}_-]{0,60}$/u)
      }),
    )
  })
})
