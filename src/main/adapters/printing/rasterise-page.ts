import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import type { GreyBitmap } from './grey-bitmap.ts'

const POINTS_PER_INCH = 72

/**
 * Draws the first page of a PDF as grey dots, in memory: PDFium as WebAssembly, an instance for each page, whose whole
 * memory is wiped afterwards. The caller wipes the bitmap.
 * @throws where the bytes are no PDF: ours always are.
 */
export async function rasterisePage(pdf: Uint8Array, dpi: number): Promise<GreyBitmap> {
  let memory: WebAssembly.Memory | undefined
  const library = await PDFiumLibrary.init({
    instantiateWasm(imports, done) {
      void compiledModule().then(async (module) => {
        const instance = await WebAssembly.instantiate(module, imports)
        memory = Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory)
        // Its type asks for a module; the code behind it takes the instance.
        done(instance as unknown as WebAssembly.Module)
      })
      return {}
    },
  })
  try {
    const document = await library.loadDocument(pdf)
    const page = document.getPage(0)
    const { originalWidth, originalHeight } = page.getOriginalSize()
    const dotsOf = (points: number): number => Math.round((points * dpi) / POINTS_PER_INCH)
    let dots: GreyBitmap | undefined
    await page.render({
      // The library itself would cut the page to whole points first: A4 at 300 dpi is 2480 dots wide, not 2479.
      scale: 1,
      width: dotsOf(originalWidth),
      height: dotsOf(originalHeight),
      colorSpace: 'Gray',
      render: async ({ data, width, height }) => {
        dots = { width, height, pixels: data }
        return new Uint8Array()
      },
    })
    document.destroy()
    if (dots === undefined) throw new Error('PDFium drew nothing')
    return dots
  } finally {
    library.destroy()
    if (memory !== undefined) new Uint8Array(memory.buffer).fill(0)
  }
}

let compiled: Promise<WebAssembly.Module> | undefined
/** Compiled once: code, not data. */
function compiledModule(): Promise<WebAssembly.Module> {
  compiled ??= readFile(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm')).then((wasm) =>
    WebAssembly.compile(wasm),
  )
  return compiled
}
