// Draws the application's icons from resources/icons/arm-tson.svg: PNG in the sizes that Linux desktops ask for, and
// one .ico with those of Windows. Run after the drawing changed: node tools/draw-icons.mjs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const drawing = readFileSync(path.join(root, 'resources', 'icons', 'arm-tson.svg'), 'utf8')
const target = path.join(root, 'packaging', 'icons')
const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512]
const WINDOWS_SIZES = [16, 24, 32, 48, 64, 128, 256]

mkdirSync(target, { recursive: true })
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
const pictures = new Map()
for (const size of LINUX_SIZES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`)
  const picture = await page.screenshot({ omitBackground: true })
  pictures.set(size, picture)
  writeFileSync(path.join(target, `${size}x${size}.png`), picture)
  await page.close()
}
await browser.close()
writeFileSync(
  path.join(root, 'packaging', 'arm-tson.ico'),
  ico(WINDOWS_SIZES.map((size) => [size, pictures.get(size)])),
)

/** An icon file holds a table of sizes and, since Windows Vista, whole PNG files. */
function ico(entries) {
  const header = Buffer.alloc(6 + 16 * entries.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(entries.length, 4)
  let offset = header.length
  for (const [index, [size, picture]] of entries.entries()) {
    const at = 6 + 16 * index
    // A byte holds the width and the height; 256 is written as 0.
    header.writeUInt8(size % 256, at)
    header.writeUInt8(size % 256, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(picture.length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += picture.length
  }
  return Buffer.concat([header, ...entries.map(([, picture]) => picture)])
}
