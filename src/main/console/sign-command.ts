import { writeFile } from 'node:fs/promises'
import type { Failure } from '../../shared/contract/failure.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import { buildSignedMessage } from '../adapters/cms/build-signed-message.ts'
import { importSigningIdentity } from '../adapters/keystore/import-signing-identity.ts'
import { openPkcs12 } from '../adapters/keystore/open-pkcs12.ts'
import type { SigningIdentity } from '../adapters/keystore/signing-identity.ts'
import { checkSigningUsage } from '../adapters/x509/signing-usage.ts'
import { checkValidity } from '../adapters/x509/validity.ts'
import { signEnveloped } from '../adapters/xml-signature/sign-enveloped.ts'
import { signSoapBody } from '../adapters/xml-signature/sign-soap-body.ts'
import type { signatureFormats } from './command-options.ts'
import { type ConsoleIo, createConsoleIo, failureJson, failureLines } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { readBounded, UnreadablePlace } from './read-evidence-files.ts'

export interface SignOptions {
  readonly p12: string
  readonly passwordFile: string
  readonly format: (typeof signatureFormats)[number]
  readonly out: string
  /** False with --no-certificate-check. */
  readonly certificateCheck: boolean
  readonly json?: boolean
}

/** Signs a file with a key from PKCS#12. Exit 0 signed, 2 bad input, 3 the certificate may not sign. */
export async function signCommand(file: string, options: SignOptions): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  try {
    const content = await readBounded(file)
    const identity = await openIdentity(options)
    if (!identity.ok) return tellFailure(identity.failure, exitCode.badInput, io)
    try {
      return await sign({ content, identity: identity.value, options, io })
    } finally {
      identity.value.close()
    }
  } catch (error) {
    if (!(error instanceof UnreadablePlace)) throw error
    io.tell(error.message)
    return exitCode.badInput
  }
}

async function openIdentity({ p12, passwordFile }: SignOptions): Promise<Result<SigningIdentity>> {
  const file = await readBounded(p12)
  const written = Buffer.from(await readBounded(passwordFile))
  try {
    const opened = await openPkcs12({ file, pin: withoutLineEnd(written) })
    return opened.ok ? await importSigningIdentity(opened.value) : opened
  } finally {
    written.fill(0)
  }
}

/** An editor ends the file with a line. @returns a view of the same memory. */
function withoutLineEnd(text: Buffer): Buffer {
  const end = text.at(-1) === 0x0a ? (text.at(-2) === 0x0d ? -2 : -1) : text.length
  return text.subarray(0, end)
}

async function sign(task: {
  readonly content: Uint8Array
  readonly identity: SigningIdentity
  readonly options: SignOptions
  readonly io: ConsoleIo
}): Promise<ExitCode> {
  const { content, identity, options, io } = task
  const { certificate } = identity
  const allowed = options.certificateCheck ? mayStillSign(identity) : succeed(undefined)
  if (!allowed.ok) return tellFailure(allowed.failure, exitCode.refused, io)
  const usage = checkSigningUsage(certificate)
  if (!usage.ok) io.tell(`Проверка откажет этой подписи: ${usage.refusal.reason}`)
  const signed = await write(content, identity, options.format)
  if (!signed.ok) {
    const ofDocument = signed.failure.code === 'sign.failed'
    return tellFailure(signed.failure, ofDocument ? exitCode.badInput : exitCode.otherwise, io)
  }
  try {
    await writeFile(options.out, signed.value)
  } catch {
    throw new UnreadablePlace(`${options.out}: не удалось записать`)
  }
  const signer = { subject: certificate.subject.text, sha256: certificate.sha256 }
  io.answer({ outcome: 'signed', format: options.format, out: options.out, signer }, [
    `Подписано: ${options.out}`,
    `  ${signer.subject}`,
  ])
  return exitCode.done
}

/** What can be told of a certificate by itself: its validity, and a key usage that excludes signing. */
function mayStillSign({ certificate }: SigningIdentity): Result<void> {
  const valid = checkValidity(certificate, new Date())
  if (!valid.ok) {
    const code =
      valid.refusal.subIndication === 'EXPIRED' ? 'sign.certificate-expired' : 'sign.certificate-not-yet-valid'
    return fail({ code, detail: valid.refusal.reason })
  }
  const usage = checkSigningUsage(certificate)
  if (!usage.ok && certificate.extensions.keyUsage !== undefined) {
    return fail({ code: 'sign.certificate-usage', detail: usage.refusal.reason })
  }
  return succeed(undefined)
}

async function write(
  content: Uint8Array,
  identity: SigningIdentity,
  format: SignOptions['format'],
): Promise<Result<Uint8Array>> {
  if (format === 'xmldsig') return signEnveloped({ document: content, identity })
  if (format === 'wsse') return signSoapBody({ document: content, identity })
  if (content.length === 0) return fail({ code: 'sign.failed', detail: 'nothing to sign' })
  return buildSignedMessage({ content, identity, chain: identity.others, signingTime: new Date() })
}

function tellFailure(failure: Failure, code: ExitCode, io: ConsoleIo): ExitCode {
  io.answer({ outcome: 'failed', failure: failureJson(failure) }, failureLines(failure))
  return code
}
