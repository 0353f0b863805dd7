import { randomBytes } from 'node:crypto'
import type { Language } from '../../../shared/domain/language.ts'
import type { RefusalNote } from '../../../shared/domain/refusal-note.ts'
import { fail, succeed } from '../../../shared/result.ts'
import type { RefusalNotePage } from '../../ports/document-pages.ts'
import { dayOf } from './day-of.ts'
import { printable, shareDocumentFaces } from './document-faces.ts'
import { drawTrainingMark } from './draw-training-mark.ts'
import type { EnvelopeFonts } from './envelope-fonts.ts'
import { envelopePalette } from './envelope-palette.ts'
import { type FlowingText, fitFlow, writeFlow } from './flow-columns.ts'
import { createPageCanvas } from './page-canvas.ts'

const { ink, quiet, accent, line } = envelopePalette
const page = { width: 210, height: 297 }
const area = { left: 24, top: 24, width: 162, height: 220 }

const words: Readonly<
  Record<Language, Readonly<Record<'title' | 'iin' | 'date' | 'said' | 'means' | 'next' | 'where' | 'place', string>>>
> = {
  ru: {
    title: 'Портал egov.kz отказал в регистрации',
    iin: 'ИИН',
    date: 'Дата',
    said: 'Сообщение портала',
    means: 'Перевод сообщения',
    next: 'Что делать',
    where: 'Куда обратиться',
    place: 'Рабочее место ЦОН',
  },
  kk: {
    title: 'egov.kz порталы тіркеуден бас тартты',
    iin: 'ЖСН',
    date: 'Күні',
    said: 'Порталдың хабары',
    means: 'Хабардың аудармасы',
    next: 'Не істеу керек',
    where: 'Қайда жүгіну керек',
    place: 'ХҚКО жұмыс орны',
  },
  en: {
    title: 'The portal egov.kz refused the registration',
    iin: 'IIN',
    date: 'Date',
    said: 'The portal’s message',
    means: 'What it says',
    next: 'What to do',
    where: 'Where to go',
    place: 'Workstation of the service centre',
  },
}
const TAGS = { ru: 'ru-KZ', kk: 'kk-KZ', en: 'en-GB' } as const

/** Makes the note on a refusal: one A4 page in the citizen's language; the portal's words stay in the portal's. */
export function createRefusalNotePage(options: { readonly fonts: EnvelopeFonts }): RefusalNotePage {
  const said = Object.values(words).flatMap((texts) => Object.values(texts))
  return {
    async render(note) {
      const faces = shareDocumentFaces(options.fonts, [...said, note.tell, note.place, note.translation ?? ''])
      const canvas = createPageCanvas({
        page,
        faces,
        random: randomBytes,
        title: 'АРМ ЦОН',
        language: TAGS[note.language],
        createdAt: note.date,
      })
      if (note.training) drawTrainingMark(canvas, { page })
      const right = area.left + area.width
      canvas.rule([area.left, area.top], [right, area.top], { color: line, points: 0.75 })
      canvas.rule([area.left, area.top], [area.left + 24, area.top], { color: accent, points: 3 })
      const column = {
        left: area.left,
        width: area.width,
        language: TAGS[note.language],
        texts: textsOf(note, (text) => printable(text, faces.regular)),
      }
      const size = fitFlow(canvas, area.height, [column], { largest: 13, smallest: 8 })
      if (size !== undefined) writeFlow(canvas, area.top + 8, [column], size)
      const pdf = await canvas.finish()
      if (size !== undefined) return succeed(pdf)
      pdf.fill(0)
      return fail({ code: 'print.layout', detail: 'note' })
    },
  }
}

function textsOf(note: RefusalNote, written: (text: string) => string): readonly FlowingText[] {
  const { title, iin, date, said, means, next, where, place } = words[note.language]
  const about = `${iin}: ${note.iinMasked} · ${date}: ${dayOf(note.date)} · ${place}: ${note.workstation} · № ${note.reference}`
  const part = (heading: string, text: string | undefined): readonly FlowingText[] =>
    text === undefined
      ? []
      : [
          {
            text: heading,
            tag: 'H2',
            gap: 1.4,
            style: { face: 'semiBold', size: 0.85, color: quiet, leading: 1.3 },
          },
          { text: written(text), tag: 'P', gap: 0.3, style: { face: 'regular', size: 1, color: ink, leading: 1.45 } },
        ]
  return [
    { text: title, tag: 'H1', style: { face: 'semiBold', size: 1.6, color: ink, leading: 1.3 } },
    { text: written(about), tag: 'P', gap: 0.6, style: { face: 'regular', size: 0.8, color: quiet, leading: 1.4 } },
    ...part(said, note.portalMessage),
    ...part(means, note.translation),
    ...part(next, note.tell),
    ...part(where, note.place),
  ]
}
