import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { runSelfTest } from '../adapters/self-test/run-self-test.ts'
import { createConsoleIo } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'

/** The cryptographic self-test of this runtime. Exit 0 passed, 4 failed. */
export async function selfTestCommand(options: {
  readonly resourcesDir: string
  readonly json?: boolean
}): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  const vectors = await readFile(path.join(options.resourcesDir, 'vectors', 'kz-gost-vectors.json')).catch(() =>
    Buffer.alloc(0),
  )
  const report = await runSelfTest({ vectors })
  const { electron, node, openssl } = process.versions
  const runtime = electron === undefined ? `Node ${node}, OpenSSL ${openssl}` : `Electron ${electron}, BoringSSL`
  io.answer({ ...report, runtime }, [
    runtime,
    ...report.checks.map(({ name, passed }) => `${passed ? 'ok  ' : 'СБОЙ'} ${name}`),
    report.passed
      ? 'Самопроверка пройдена.'
      : 'Самопроверка не пройдена: работать нельзя, обратитесь к администратору.',
  ])
  return report.passed ? exitCode.done : exitCode.checkFailed
}
