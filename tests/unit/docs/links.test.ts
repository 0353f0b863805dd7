import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..', '..', '..')
const pages = [
  'README.md',
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join('docs', name)),
]

interface Link {
  readonly target: string
  readonly anchor: string | undefined
}

/** Links and images of a page that stay in the repository; examples in fences are not links. */
function linksOf(page: string): Link[] {
  const text = readFileSync(path.join(root, page), 'utf8').replace(/^```[\s\S]*?^```/gm, '')
  return Array.from(text.matchAll(/\]\(([^()\s]+)\)/g), ([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [file = '', anchor] = link.split('#')
      return { target: file === '' ? page : path.join(path.dirname(page), file), anchor }
    })
}

/** Anchors as a code host makes them of headings. */
function anchorsOf(page: string): string[] {
  const text = readFileSync(path.join(root, page), 'utf8')
  return Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

describe('links of the documentation', () => {
  test('the reader of links sees links', () => {
    expect(pages.flatMap(linksOf).length).toBeGreaterThan(60)
  })

  test.each(pages)('%s links only to what exists inside the repository', (page) => {
    const broken = linksOf(page).filter(({ target }) => target.startsWith('..') || !existsSync(path.join(root, target)))
    expect(broken).toEqual([])
  })

  test.each(pages)('%s links only to headings that exist', (page) => {
    const broken = linksOf(page).filter(
      ({ target, anchor }) => anchor !== undefined && !anchorsOf(target).includes(anchor),
    )
    expect(broken).toEqual([])
  })

  test('every picture is used', () => {
    const used = new Set(pages.flatMap(linksOf).map(({ target }) => target))
    const pictures = readdirSync(path.join(root, 'docs', 'images')).map((name) => path.join('docs', 'images', name))
    expect(pictures.filter((picture) => !used.has(picture))).toEqual([])
    for (const picture of pictures) expect(statSync(path.join(root, picture)).size).toBeLessThan(100_000)
  })

  test('decision records are numbered without a gap', () => {
    const records = readdirSync(path.join(root, 'docs', 'adr')).sort()
    expect(records.map((name) => Number.parseInt(name, 10))).toEqual(records.map((_, index) => index + 1))
  })
})
