/** Languages of the window and of the failure texts: Kazakh, Russian, English, in the order of the switch. */
export const languages = ['kk', 'ru', 'en'] as const
export type Language = (typeof languages)[number]
