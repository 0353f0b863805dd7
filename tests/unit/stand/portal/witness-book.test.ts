import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parseHeadFile } from '../../../../src/main/adapters/audit-sqlite/heads/head-file.ts'
import type { TreeHead } from '../../../../src/shared/domain/audit-head.ts'
import { judgeWitnessedHead } from '../../../../src/stand/portal/judge-witnessed-head.ts'
import { createWitnessBook } from '../../../../src/stand/portal/witness-book.ts'
import { makeTempDir } from '../../../support/temp-dir.ts'

const logId = '0123456789abcdef'.repeat(2)
const head = (epoch: number, size: number, minute: number, root = 'a'): TreeHead => ({
  logId,
  workstation: 'TEST-01',
  epoch,
  size,
  root: root.repeat(64),
  at: `2026-03-01T08:${String(minute).padStart(2, '0')}:00.000Z`,
})
const kept = [head(1, 10, 1), head(1, 20, 2), head(2, 30, 3)]

test.each<[string, TreeHead, string[]]>([
  ['a log that grew', head(2, 40, 4), []],
  ['a log that grew over a start', head(3, 40, 4), []],
  ['the same head again', head(2, 30, 3), []],
  ['a request that came late', head(1, 15, 1), []],
  ['a clock that went back', head(2, 40, 0), []],
  ['as many rows with another root', head(2, 30, 4, 'b'), ['second-history']],
  ['fewer rows later', head(2, 25, 4), ['older-copy']],
  ['an older copy that went on past the kept size', head(1, 40, 4), ['epoch-unbound']],
  ['another start with no more rows, the clock put back', head(3, 29, 2), ['epoch-unbound']],
  ['an older copy with its next start', head(2, 20, 4, 'b'), ['older-copy', 'second-history']],
])('%s', (_, of, findings) => {
  const found = judgeWitnessedHead(of, kept)
  expect(found.map(({ finding }) => finding).toSorted()).toEqual(findings)
})

test('heads are kept once each, compared with the newest, and read by the verification as they are', async () => {
  const temp = makeTempDir()
  try {
    const book = createWitnessBook({ folder: temp.path })
    // More than is compared with: the first head is beyond it.
    for (let size = 1; size <= 400; size++) expect(await book.keep(head(1, size, 1))).toEqual([])
    expect(await book.keep(head(1, 400, 1))).toEqual([])
    expect(await book.keep(head(1, 399, 1, 'b'))).toMatchObject([{ finding: 'second-history', kept: { size: 399 } }])
    const text = readFileSync(path.join(temp.path, `${logId}.txt`), 'utf8')
    expect(parseHeadFile(text)?.map((one) => one.head.size)).toEqual([
      ...Array.from({ length: 400 }, (_, index) => index + 1),
      399,
    ])
  } finally {
    temp.remove()
  }
})
