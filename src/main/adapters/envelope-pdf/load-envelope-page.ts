import { setTimeout as pause } from 'node:timers/promises'
import type { EnvelopeSettings } from '../../../shared/domain/envelope.ts'
import type { EnvelopePage } from '../../ports/envelope-printer.ts'

/** Lets what has become due meanwhile run: timers, the window's questions, the printer. */
const breathe = (): Promise<void> => pause(1)

/**
 * Loads the library of faces, that of pages, and each face, one after another: all at once they would hold the process up for a
 * third of a second, and whoever types would feel it.
 * @throws where a file is missing: the installation is broken.
 */
export async function loadEnvelopePage(options: {
  readonly resourcesDir: string
  readonly settings: EnvelopeSettings
}): Promise<EnvelopePage> {
  const { loadEnvelopeFonts } = await import('./load-envelope-fonts.ts')
  const fonts = await loadEnvelopeFonts(options.resourcesDir)
  await import('fontkit')
  await breathe()
  await import('pdfkit')
  await breathe()
  const { shareEnvelopeFacesInTurn } = await import('./envelope-faces.ts')
  const faces = await shareEnvelopeFacesInTurn(fonts, breathe)
  const { createEnvelopePage } = await import('./create-envelope-page.ts')
  return createEnvelopePage({ faces, settings: options.settings })
}
