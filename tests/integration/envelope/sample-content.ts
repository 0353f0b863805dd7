import { resolve } from 'node:path'
import { createEnvelopePage } from '../../../src/main/adapters/envelope-pdf/create-envelope-page.ts'
import { loadEnvelopeFonts } from '../../../src/main/adapters/envelope-pdf/load-envelope-fonts.ts'
import { type EnvelopeContent, type EnvelopeSettings, envelopeLayoutIds } from '../../../src/shared/domain/envelope.ts'

/** A made-up citizen's envelope; a test says what differs. The password is text here, as no envelope's is. */
export function sampleContent(
  differing: Partial<Omit<EnvelopeContent, 'password'>> & { readonly password?: string } = {},
): EnvelopeContent {
  const { password, ...rest } = differing
  return {
    login: '910101300019',
    portalUrl: 'https://egov.kz',
    action: 'created',
    issuedAt: new Date('2025-11-22T20:00:00Z'),
    reference: '3f9a21c7',
    training: false,
    ...rest,
    password: Buffer.from(password ?? 'kT7mQ0oR2x', 'latin1'),
  }
}

const fonts = await loadEnvelopeFonts(resolve('resources'))

export async function installedPage(
  settings?: EnvelopeSettings,
  random?: (bytes: number) => Buffer,
): Promise<ReturnType<typeof createEnvelopePage>> {
  return createEnvelopePage({
    fonts,
    ...(settings === undefined ? {} : { settings }),
    ...(random === undefined ? {} : { random }),
  })
}

/** Every sheet that the settings offer. */
export const everySheet: readonly EnvelopeSettings[] = envelopeLayoutIds.flatMap((layout) =>
  (
    [
      ['kk', 'ru'],
      ['kk', 'ru', 'en'],
    ] as const
  ).map((languages) => ({ layout, languages })),
)

/** Renders with the installed fonts. @throws where the page is refused: then the test is wrong. */
export async function renderSample(
  differing: Parameters<typeof sampleContent>[0] = {},
  settings?: EnvelopeSettings,
): Promise<Buffer> {
  const rendered = await (await installedPage(settings)).render(sampleContent(differing))
  if (!rendered.ok) throw new Error(`${rendered.failure.code}: ${rendered.failure.detail}`)
  return rendered.value
}
