import type { Language } from '../../shared/domain/language.ts'
import type { HelpTexts } from './help-article.ts'
import { helpEn } from './texts/en.ts'
import { helpKk } from './texts/kk.ts'
import { helpRu } from './texts/ru.ts'

export const helpTexts: Readonly<Record<Language, HelpTexts>> = { kk: helpKk, ru: helpRu, en: helpEn }
