import { findingTexts } from '../../shared/contract/finding-texts.ts'
import type { Finding } from '../../shared/domain/audit-finding.ts'
import { parseHeadFile } from '../adapters/audit-sqlite/heads/head-file.ts'
import type { HeadTrust } from '../adapters/audit-sqlite/verify/judge-head-signature.ts'
import type { HeadsReport, OutsideHead } from '../adapters/audit-sqlite/verify/verify-heads.ts'
import { type AuditFileVerdict, verifyAuditFile } from '../adapters/audit-sqlite/verify-audit-file.ts'
import { type ConsoleIo, createConsoleIo, failureJson, failureLines } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { certificatesOf, readBounded, readPlaces, UnreadablePlace } from './read-evidence-files.ts'

export interface AuditVerifyOptions {
  readonly db: string
  readonly head: readonly string[]
  readonly trust: readonly string[]
  readonly with: readonly string[]
  readonly signer: readonly string[]
  readonly json?: boolean
}

/**
 * Judges a log file without the app and without a key. Exit 0 intact, 3 intact with times that went back, 4 broken,
 * 2 where a file of the options cannot be read.
 */
export async function auditVerifyCommand(options: AuditVerifyOptions): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  try {
    const outside = (await Promise.all(options.head.map(readHeads))).flat()
    const trust = await readTrust(options, io)
    const judged = await verifyAuditFile({ file: options.db, outside, ...(trust && { trust }) })
    if (judged.ok) return answer(io, judged.value)
    io.answer({ state: 'unreadable', failure: failureJson(judged.failure) }, failureLines(judged.failure))
    return judged.failure.code === 'audit.broken' ? exitCode.checkFailed : exitCode.otherwise
  } catch (error) {
    if (!(error instanceof UnreadablePlace)) throw error
    io.tell(error.message)
    return exitCode.badInput
  }
}

function answer(io: ConsoleIo, { verdict, heads }: AuditFileVerdict): ExitCode {
  const lines = [
    verdict.state === 'intact'
      ? `Журнал цел: записей ${verdict.rows}, хеш последней ${verdict.head.hash}`
      : `Журнал нарушен: с начала целы записи до ${verdict.rows}`,
    ...verdict.findings.map(findingLine),
    ...(heads === undefined ? [] : headLines(heads)),
  ]
  io.answer({ ...verdict, ...(heads && { heads }) }, lines)
  if (verdict.state === 'broken') return exitCode.checkFailed
  return verdict.findings.length > 0 ? exitCode.refused : exitCode.done
}

function findingLine({ seq, finding, detail }: Finding): string {
  const place = seq === 0 ? 'журнал' : `запись ${seq}`
  return `${place}: ${findingTexts[finding].ru} [${[finding, detail].filter((part) => part !== undefined).join(': ')}]`
}

function headLines(heads: HeadsReport): readonly string[] {
  return [
    `Состояний в журнале: ${heads.kept}, подписано ${heads.signed}, ждут ключа ${heads.pending}`,
    ...heads.signers.map((signer) => `Подписаны: ${signer}`),
    ...(heads.provenBySignature > 0 ? [`Записи 1–${heads.provenBySignature} доказаны подписью из журнала`] : []),
    ...heads.outside.map(({ source, size, verdict, signature }) =>
      verdict === 'proves'
        ? `Записи 1–${size} доказаны состоянием из ${source} (подпись: ${signature})`
        : `${source}: размер ${size}, ${verdict} (подпись: ${signature})`,
    ),
  ]
}

/** @throws UnreadablePlace */
async function readHeads(file: string): Promise<readonly OutsideHead[]> {
  const heads = parseHeadFile(Buffer.from(await readBounded(file)).toString('utf8'))
  if (heads === undefined) throw new UnreadablePlace(`${file}: не состояние журнала`)
  return heads.map((head) => ({ ...head, source: file }))
}

async function readTrust(options: AuditVerifyOptions, io: ConsoleIo): Promise<HeadTrust | undefined> {
  if (options.trust.length === 0) return undefined
  const read = async (places: readonly string[]) =>
    readPlaces({ places, read: certificatesOf, onForeign: (file) => io.tell(`${file}: нет сертификата`) })
  const [anchors, intermediates, signers] = await Promise.all([
    read(options.trust),
    read(options.with),
    read(options.signer),
  ])
  return {
    anchors: anchors.map(({ der }) => der),
    intermediates: intermediates.map(({ der }) => der),
    signers: signers.map(({ sha256 }) => sha256),
  }
}
