import { randomBytes } from 'node:crypto'
import { createIppPrinter } from '../../src/main/adapters/printing/create-ipp-printer.ts'
import type { WorkstationPorts } from '../../src/main/compose.ts'
import type { EnvelopePage, EnvelopePrinter } from '../../src/main/ports/envelope-printer.ts'
import { startTestPrinter } from '../support/printing/ipp-server.ts'
import { type Figure, figure } from './figure.ts'
import { need } from './open-bench-workstation.ts'
import { timeMany } from './stopwatch.ts'
import type { Yardsticks } from './yardsticks.ts'

const ROWS = 1000
const PAGES = 40
const SIGNATURES = 100
const TARGET_PRINT_P95_MS = 300

/** Single adapters, each alone in a loop. */
export async function measureParts(options: {
  readonly ports: WorkstationPorts
  readonly yardsticks: Yardsticks
}): Promise<Figure[]> {
  const { yardsticks } = options
  const { audit, page, signer, verifier } = options.ports
  const sentSha256 = randomBytes(32)
  const appends = await timeMany(ROWS, () =>
    need(audit.append({ event: 'request.prepared', actor: 'operator', iin: '910101300019', sentSha256 })),
  )

  const password = Buffer.from('made-up-Passw0rd')
  const renderOne = async (): Promise<Buffer> =>
    need(
      await page.render({
        login: '910101300019',
        password,
        portalUrl: 'https://localhost/',
        action: 'created',
        issuedAt: new Date(),
        reference: '00000000',
        training: true,
      }),
    )
  // The first page loads the faces and finds the sizes that fit.
  await renderOne()
  const renders = await timeMany(PAGES, renderOne)

  const printer = await startTestPrinter({})
  const endpoint = { transport: 'tcp', uri: printer.uri } as const
  const ipp = createIppPrinter({ name: 'bench', endpoint, media: 'iso_a4_210x297mm' })
  const prints: number[] = []
  for (let count = 0; count < PAGES; count++) prints.push(await timeToAccepted(page, ipp))
  await printer.close()

  const content = Buffer.from(`<request xmlns="urn:example">${'x'.repeat(1500)}</request>`)
  const signatures = await timeMany(SIGNATURES, async () => need(await signer.sign(content)))
  const signed = need(await signer.sign(content))
  const verifications = await timeMany(SIGNATURES, async () => {
    const { indication } = await verifier.verify(signed, new Date())
    if (indication !== 'TOTAL-PASSED') throw new Error(indication)
  })
  return [
    figure('audit append', 'p99', appends, yardsticks.fsyncedWrite),
    figure('audit append', 'median', appends, yardsticks.fsyncedWrite),
    figure('envelope page after the first', 'p95', renders, yardsticks.deflate, 60),
    figure('«Печать» to accepted by an IPP printer', 'p95', prints, yardsticks.deflate, TARGET_PRINT_P95_MS),
    figure('signature of the profile, own certificate judged', 'median', signatures, yardsticks.rsaSign),
    figure('verification of one signature again', 'median', verifications, yardsticks.rsaVerify),
  ]
}

/** Lays a page out and prints it. @returns milliseconds until the printer has all of it. */
async function timeToAccepted(page: EnvelopePage, printer: EnvelopePrinter): Promise<number> {
  const begin = performance.now()
  let accepted = Number.NaN
  const pdf = need(
    await page.render({
      login: '910101300019',
      password: Buffer.from('made-up-Passw0rd'),
      portalUrl: 'https://localhost/',
      action: 'created',
      issuedAt: new Date(),
      reference: '00000000',
      training: true,
    }),
  )
  const ended = await printer.print({
    pdf,
    jobName: 'bench',
    onAccepted() {
      accepted = performance.now() - begin
    },
  })
  if (ended.outcome !== 'printed') throw new Error(ended.failure.code)
  return accepted
}
