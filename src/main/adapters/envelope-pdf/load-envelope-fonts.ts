import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EnvelopeFonts } from './envelope-fonts.ts'

/**
 * Reads the faces that are installed with the product.
 * @param resourcesDir the folder that holds `fonts`.
 * @throws where a file is missing: the installation is broken.
 */
export async function loadEnvelopeFonts(resourcesDir: string): Promise<EnvelopeFonts> {
  const read = (name: string): Promise<Buffer> => readFile(join(resourcesDir, 'fonts', name))
  const [regular, semiBold, mono] = await Promise.all([
    read('GolosText-Regular.ttf'),
    read('GolosText-SemiBold.ttf'),
    read('IBMPlexMono-Medium.ttf'),
  ])
  return { regular, semiBold, mono }
}
