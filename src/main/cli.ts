import { CommanderError } from 'commander'
import { exitCode } from './console/exit-code.ts'
import { program } from './console/program.ts'

// `arm people | head` closes the pipe early; that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  // --help and --version end here too, with exit code 0.
  process.exitCode = error.exitCode === 0 ? exitCode.done : exitCode.badInput
}
