import { fail, succeed } from '../../../shared/result.ts'
import type { EnvelopePage } from '../../ports/envelope-printer.ts'
import { a4FoldedTwice } from './a4-folded-twice.ts'
import { drawBlankForm } from './draw-blank-form.ts'
import { drawTrainingMark } from './draw-training-mark.ts'
import type { EnvelopeFonts } from './envelope-fonts.ts'
import { findUnprintable } from './find-unprintable.ts'
import { createPageCanvas } from './page-canvas.ts'
import { writeCover } from './write-cover.ts'
import { writeFooter } from './write-footer.ts'
import { writeSecret } from './write-secret.ts'
import { writeSteps } from './write-steps.ts'

/**
 * Makes the citizen's sheet: one A4 page of tagged PDF 1.7 in memory, with embedded subsets of the given faces.
 * The same content gives the same bytes. Failure: `print.layout`, whose detail names the field at fault.
 */
export function createEnvelopePage(options: { readonly fonts: EnvelopeFonts }): EnvelopePage {
  const layout = a4FoldedTwice
  return {
    async render(content) {
      const unprintable = findUnprintable(content)
      if (unprintable !== undefined) return fail({ code: 'print.layout', detail: unprintable })
      const canvas = createPageCanvas({
        page: layout.page,
        fonts: options.fonts,
        title: 'АРМ ЦОН',
        language: 'ru-KZ',
        createdAt: content.issuedAt,
      })
      drawBlankForm(canvas, layout)
      if (content.training) drawTrainingMark(canvas, layout)
      let misfit = writeCover(canvas, layout, content) ?? writeSecret(canvas, layout, content)
      writeSteps(canvas, layout)
      misfit ??= writeFooter(canvas, layout, content)
      const pdf = await canvas.finish()
      if (misfit === undefined) return succeed(pdf)
      pdf.fill(0)
      return fail({ code: 'print.layout', detail: misfit })
    },
  }
}
