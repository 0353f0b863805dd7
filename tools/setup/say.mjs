/** Set-up speaks on stderr: stdout belongs to the command. */
export function say(line) {
  process.stderr.write(`[set-up] ${line}\n`)
}

/** An expected end of the set-up, told in one line without a stack. */
export class SetupError extends Error {}
