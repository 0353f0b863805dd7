import { randomBytes } from 'node:crypto'
import { defaultEnvelopeSettings, type EnvelopeSettings } from '../../../shared/domain/envelope.ts'
import { fail, succeed } from '../../../shared/result.ts'
import type { EnvelopePage } from '../../ports/envelope-printer.ts'
import { drawCovers } from './draw-covers.ts'
import { drawFoldMarks } from './draw-fold-marks.ts'
import { drawTrainingMark } from './draw-training-mark.ts'
import { type EnvelopeFaces, shareEnvelopeFaces } from './envelope-faces.ts'
import type { EnvelopeFonts } from './envelope-fonts.ts'
import { envelopeTexts } from './envelope-texts.ts'
import { findUnprintable } from './find-unprintable.ts'
import { createFlowWriter } from './flow-writer.ts'
import { envelopeLayouts } from './layouts/envelope-layouts.ts'
import { createPageCanvas } from './page-canvas.ts'
import { writeInside } from './write-inside.ts'
import { writeOutside } from './write-outside.ts'
import { writeSecret } from './write-secret.ts'

/**
 * Makes the citizen's sheet: one page of tagged PDF 1.7 in memory, with embedded subsets of the given faces. Faces are
 * parsed once, here, unless they come parsed. Failure: `print.layout`, whose detail names the field at fault.
 * @param options.random the source of the security tint; by default the system's.
 */
export function createEnvelopePage(
  options: ({ readonly fonts: EnvelopeFonts } | { readonly faces: EnvelopeFaces }) & {
    readonly settings?: EnvelopeSettings
    readonly random?: (bytes: number) => Buffer
  },
): EnvelopePage {
  const settings = options.settings ?? defaultEnvelopeSettings
  const layout = envelopeLayouts[settings.layout]
  const languages = settings.languages.map((language) => envelopeTexts[language])
  const faces = 'faces' in options ? options.faces : shareEnvelopeFaces(options.fonts)
  const write = createFlowWriter()
  return {
    async render(content) {
      const unprintable = findUnprintable(content)
      if (unprintable !== undefined) return fail({ code: 'print.layout', detail: unprintable })
      const canvas = createPageCanvas({
        page: layout.page,
        faces,
        random: options.random ?? randomBytes,
        title: 'АРМ ЦОН',
        language: 'kk-KZ',
        createdAt: content.issuedAt,
      })
      if (content.training) drawTrainingMark(canvas, layout)
      drawFoldMarks(canvas, layout)
      drawCovers(canvas, layout)
      const misfit =
        writeOutside(canvas, layout, content, languages, write) ??
        writeSecret(canvas, layout, content, languages) ??
        writeInside(canvas, layout, content, languages, write)
      const pdf = await canvas.finish()
      if (misfit === undefined) return succeed(pdf)
      pdf.fill(0)
      return fail({ code: 'print.layout', detail: misfit })
    },
  }
}
