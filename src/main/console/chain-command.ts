import { judgeCertificate, revocationReport, type TrustPolicy } from '../adapters/trust/judge-certificate.ts'
import type { TrustProfile } from '../adapters/trust/trust-profile.ts'
import type { Certificate } from '../adapters/x509/certificate.ts'
import { refusalOf } from '../adapters/x509/outcome.ts'
import { type ConsoleIo, createConsoleIo } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { certificatesOf, readBounded, UnreadablePlace } from './read-evidence-files.ts'
import { exitCodeOf, openTrust, type TrustOptions, type Verdict, verdictJson, worst } from './trust-options.ts'

interface Judged {
  readonly verdict: Verdict
}

/**
 * Path validation alone, one line a certificate; they help each other to a path. Exit 0 passed, 3 indeterminate, 4 failed: the worst of them.
 */
export async function chainCommand(files: readonly string[], options: TrustOptions): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  try {
    const asked = await Promise.all(
      files.map(async (file) => ({ file, certificates: certificatesOf(await readBounded(file)) })),
    )
    const together = asked.flatMap(({ certificates }) => certificates)
    const { trust, profile } = await openTrust(options, io.tell, together)
    const at = options.at ?? new Date()
    const judged: Judged[] = []
    for (const { file, certificates } of asked) {
      if (certificates.length === 0) judged.push(tellMalformed(file, io))
      for (const certificate of certificates) judged.push(judge({ file, certificate, trust, profile, at, io }))
    }
    const [first, ...others] = judged
    return first === undefined ? exitCode.badInput : exitCodeOf(worst(first, ...others).verdict)
  } catch (error) {
    if (!(error instanceof UnreadablePlace)) throw error
    io.tell(error.message)
    return exitCode.badInput
  }
}

function judge(options: {
  readonly file: string
  readonly certificate: Certificate
  readonly trust: TrustPolicy
  readonly profile: TrustProfile
  readonly at: Date
  readonly io: ConsoleIo
}): Judged {
  const { file, certificate, trust, profile, at, io } = options
  const outcome = judgeCertificate({ certificate, trust, at, checkUse: profile.checkSigner })
  const subject = certificate.subject.text
  const verdict = verdictJson(outcome.ok ? undefined : outcome.refusal)
  const path = outcome.ok ? pathOf(outcome.value.path.anchor, outcome.value.path.certificates) : undefined
  io.answer({ ...verdict, certificate: file, subject, ...revocationReport(outcome), ...(path && { path }) }, [
    `${file}: ${verdict.verdict}${verdict.subIndication === undefined ? '' : ` ${verdict.subIndication}`}`,
    ...(verdict.reason === undefined ? [] : [`  ${verdict.reason}`]),
    ...(path ?? []).map((name) => `  ${name}`),
  ])
  return verdict
}

/** From the anchor down. */
function pathOf(anchor: Certificate, certificates: readonly Certificate[]): readonly string[] {
  return [anchor, ...certificates].map(({ subject }) => subject.text)
}

function tellMalformed(file: string, io: ConsoleIo): Judged {
  const verdict = verdictJson(refusalOf('FORMAT_FAILURE', 'not a certificate'))
  io.answer({ ...verdict, certificate: file, revocation: 'not-checked', authorityRevocation: 'not-checked' }, [
    `${file}: ${verdict.verdict} ${verdict.subIndication}`,
  ])
  return verdict
}
