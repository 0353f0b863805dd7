import { resolve } from 'node:path'
import { createEnvelopePage } from '../../../src/main/adapters/envelope-pdf/create-envelope-page.ts'
import { loadEnvelopeFonts } from '../../../src/main/adapters/envelope-pdf/load-envelope-fonts.ts'
import type { EnvelopeContent } from '../../../src/shared/domain/envelope.ts'

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

export async function installedPage(): Promise<ReturnType<typeof createEnvelopePage>> {
  return createEnvelopePage({ fonts: await loadEnvelopeFonts(resolve('resources')) })
}

/** Renders with the installed fonts. @throws where the page is refused: then the test is wrong. */
export async function renderSample(differing: Parameters<typeof sampleContent>[0] = {}): Promise<Buffer> {
  const rendered = await (await installedPage()).render(sampleContent(differing))
  if (!rendered.ok) throw new Error(`${rendered.failure.code}: ${rendered.failure.detail}`)
  return rendered.value
}
