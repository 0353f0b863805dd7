import { type JudgedSignature, judgeSignedMessage, withContent } from '../adapters/cms/judge-signed-message.ts'
import { recogniseDocument } from '../adapters/cms/recognise-document.ts'
import { refusalOf } from '../adapters/x509/outcome.ts'
import { type ConsoleIo, createConsoleIo } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { readBounded, UnreadablePlace } from './read-evidence-files.ts'
import { exitCodeOf, openTrust, type TrustOptions, verdictJson, worst } from './trust-options.ts'

const unsupportedForms = {
  xml: 'Подписанный XML этой командой не проверяется: только CMS.',
  timestamp: 'Отдельная метка времени этой командой не проверяется: только CMS и метка внутри него.',
} as const

/** Judges a signed file, every signature by itself. Exit 0 passed, 3 indeterminate, 4 failed, 2 another form. */
export async function verifyCommand(
  file: string,
  options: TrustOptions & { readonly content?: string },
): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  try {
    return await verify(file, options, io)
  } catch (error) {
    if (!(error instanceof UnreadablePlace)) throw error
    io.tell(error.message)
    return exitCode.badInput
  }
}

async function verify(
  file: string,
  options: TrustOptions & { readonly content?: string },
  io: ConsoleIo,
): Promise<ExitCode> {
  const document = recogniseDocument(await readBounded(file))
  if (document.form === 'unknown') return answer([], refusalOf('FORMAT_FAILURE', 'not a signed document'), io)
  if (document.form !== 'cms') {
    io.tell(unsupportedForms[document.form])
    return exitCode.badInput
  }
  const content = options.content === undefined ? undefined : await readBounded(options.content)
  const message = withContent(document.message, content)
  if (!message.ok) return answer([], message.refusal, io)
  const { trust, profile } = await openTrust(options, io.tell)
  const { checkSigner, checkTimestampAuthority } = profile
  const signatures = judgeSignedMessage(message.value, {
    trust,
    checkSigner,
    checkTimestampAuthority,
    now: new Date(),
    ...(options.at && { at: options.at }),
  })
  return answer(signatures, refusalOf('FORMAT_FAILURE', 'no signature'), io)
}

/** @param withoutSignatures the verdict where there is none to judge. */
function answer(
  signatures: readonly JudgedSignature[],
  withoutSignatures: ReturnType<typeof refusalOf>,
  io: ConsoleIo,
): ExitCode {
  const judged = signatures.map(signatureJson)
  const [first, ...others] = judged
  const { verdict, subIndication, reason } =
    first === undefined ? verdictJson(withoutSignatures) : worst<ReturnType<typeof verdictJson>>(first, ...others)
  const all = (field: 'revocation' | 'authorityRevocation') =>
    signatures.length > 0 && signatures.every(({ revocation }) => revocation[field] === 'checked')
      ? 'checked'
      : 'not-checked'
  io.answer(
    {
      verdict,
      ...(subIndication && { subIndication, reason }),
      revocation: all('revocation'),
      signatures: judged,
      authorityRevocation: all('authorityRevocation'),
    },
    [
      [verdict, ...(subIndication === undefined ? [] : [subIndication])].join(' '),
      ...judged.map((one) => `  ${one.signer?.subject ?? '?'}: ${one.verdict} ${one.reason ?? ''}`.trimEnd()),
      ...(first === undefined && reason !== undefined ? [`  ${reason}`] : []),
    ],
  )
  return exitCodeOf(verdict)
}

function signatureJson({ refusal, intact, signer, signingTime, timestamp }: JudgedSignature) {
  return {
    ...verdictJson(refusal),
    intact,
    ...(signer && { signer: { subject: signer.subject.text, sha256: signer.sha256 } }),
    ...(signingTime && { signingTime: isoTime(signingTime) }),
    ...(timestamp && {
      timestamp: { ...verdictJson(timestamp.refusal), ...(timestamp.time && { time: isoTime(timestamp.time) }) },
    }),
  }
}

/** ISO 8601; a fraction of zero is left out. */
function isoTime(time: Date): string {
  return time.toISOString().replace('.000Z', 'Z')
}
