import type { EnvelopeLayoutId } from '../../../../shared/domain/envelope.ts'
import type { EnvelopeLayout } from '../envelope-layout.ts'
import { a4DlLeftWindow } from './a4-dl-left-window.ts'
import { a4DlRightWindow } from './a4-dl-right-window.ts'
import { a4SelfMailer } from './a4-self-mailer.ts'
import { a5FoldedTwice } from './a5-folded-twice.ts'

export const envelopeLayouts: Readonly<Record<EnvelopeLayoutId, EnvelopeLayout>> = {
  'a4-dl-right-window': a4DlRightWindow,
  'a4-dl-left-window': a4DlLeftWindow,
  'a4-self-mailer': a4SelfMailer,
  'a5-folded-twice': a5FoldedTwice,
}
