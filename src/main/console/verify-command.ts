import {
  type JudgedSignature,
  judgeSignedMessage,
  type MessagePolicy,
  withContent,
} from '../adapters/cms/judge-signed-message.ts'
import { type JudgedTimestampToken, judgeTimestampToken } from '../adapters/cms/judge-timestamp.ts'
import { type RecognisedDocument, recogniseDocument } from '../adapters/cms/recognise-document.ts'
import { type Outcome, pass, refusalOf, refuse } from '../adapters/x509/outcome.ts'
import { judgeSignedXml } from '../adapters/xml-signature/judge-signed-xml.ts'
import { type ConsoleIo, createConsoleIo } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { readBounded, UnreadablePlace } from './read-evidence-files.ts'
import { exitCodeOf, openTrust, type TrustOptions, verdictJson, worst } from './trust-options.ts'

type Judged = JudgedSignature & Pick<JudgedTimestampToken, 'stamped'>

/**
 * Judges a signed file, every signature by itself: CMS, an enveloped XML signature, wsse, a timestamp. Exit 0 passed,
 * 3 indeterminate, 4 failed.
 */
export async function verifyCommand(
  file: string,
  options: TrustOptions & { readonly content?: string },
): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  try {
    const octets = await readBounded(file)
    const content = options.content === undefined ? undefined : await readBounded(options.content)
    const document = recogniseDocument(octets)
    if (document.form === 'xml' && content !== undefined) {
      io.tell('--content: у подписи XML содержимое внутри документа')
      return exitCode.badInput
    }
    const { trust, profile } = await openTrust(options, io.tell)
    const { checkSigner, checkTimestampAuthority } = profile
    const policy = {
      trust,
      checkSigner,
      checkTimestampAuthority,
      now: new Date(),
      ...(options.at && { at: options.at }),
    }
    return answer(judge({ document, octets, policy, ...(content && { content }) }), {
      compared: content !== undefined,
      io,
    })
  } catch (error) {
    if (!(error instanceof UnreadablePlace)) throw error
    io.tell(error.message)
    return exitCode.badInput
  }
}

function judge(options: {
  readonly document: RecognisedDocument
  readonly octets: Uint8Array
  readonly content?: Uint8Array
  readonly policy: MessagePolicy
}): Outcome<readonly Judged[]> {
  const { document, octets, content, policy } = options
  if (document.form === 'unknown') return refuse('FORMAT_FAILURE', 'not a signed document')
  if (document.form === 'xml') return judgeSignedXml(octets, policy)
  if (document.form === 'timestamp') {
    return pass([judgeTimestampToken({ token: document.token, policy, ...(content && { content }) })])
  }
  const message = withContent(document.message, content)
  return message.ok ? pass(judgeSignedMessage(message.value, policy)) : message
}

/** @param options.compared whether a content was given beside the file. */
function answer(
  outcome: Outcome<readonly Judged[]>,
  options: { readonly compared: boolean; readonly io: ConsoleIo },
): ExitCode {
  const signatures = outcome.ok ? outcome.value : []
  const judged = signatures.map((signature) => signatureJson(signature, options.compared))
  const [first, ...others] = judged
  const noSignature = outcome.ok ? refusalOf('FORMAT_FAILURE', 'no signature') : outcome.refusal
  const { verdict, subIndication, reason } =
    first === undefined ? verdictJson(noSignature) : worst<ReturnType<typeof verdictJson>>(first, ...others)
  const all = (field: 'revocation' | 'authorityRevocation') =>
    signatures.length > 0 && signatures.every(({ revocation }) => revocation[field] === 'checked')
      ? 'checked'
      : 'not-checked'
  options.io.answer(
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
      ...(judged.some(({ imprint }) => imprint?.compared === false)
        ? ['  метка верна, но с документом не сверена: укажите его в --content']
        : []),
    ],
  )
  return exitCodeOf(verdict)
}

function signatureJson({ refusal, intact, signer, signingTime, timestamp, stamped }: Judged, compared: boolean) {
  return {
    ...verdictJson(refusal),
    intact,
    ...(signer && { signer: { subject: signer.subject.text, sha256: signer.sha256 } }),
    ...(signingTime && { signingTime: isoTime(signingTime) }),
    ...(timestamp && {
      timestamp: { ...verdictJson(timestamp.refusal), ...(timestamp.time && { time: isoTime(timestamp.time) }) },
    }),
    ...(stamped && {
      timestamp: { ...verdictJson(refusal), time: isoTime(stamped.time) },
      imprint: {
        digest: stamped.imprint.digest,
        value: Buffer.from(stamped.imprint.octets).toString('hex'),
        compared,
      },
    }),
  }
}

/** ISO 8601; a fraction of zero is left out. */
function isoTime(time: Date): string {
  return time.toISOString().replace('.000Z', 'Z')
}
