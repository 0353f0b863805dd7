/** All that a packaged application may be told on its command line; both words open less, never more. */
const KNOWN_WORDS: ReadonlySet<string> = new Set(['--training', '--self-test'])

/**
 * The build that end-to-end tests drive differs from the shipped one in this alone: the bundler puts a constant in
 * place of the name, and in the shipped bundle nothing of it is left.
 */
declare const __ARM_KEEP_REMOTE_DEBUGGING__: boolean | undefined

/**
 * Words of the command line that a packaged application does not know, Chromium's and Node's switches among them:
 * `--remote-debugging-port`, `--no-sandbox`, `--js-flags`, `--load-extension`, a file or an address. Whoever starts the
 * program must not reshape it, and a switch cannot be taken back once Chromium has read it, so the start is refused.
 * @param argv the process's arguments, the executable first.
 */
export function foreignArguments(argv: readonly string[]): readonly string[] {
  return argv.slice(1).filter((word) => !KNOWN_WORDS.has(word) && !isKeptForTests(word))
}

function isKeptForTests(word: string): boolean {
  return (
    typeof __ARM_KEEP_REMOTE_DEBUGGING__ !== 'undefined' &&
    __ARM_KEEP_REMOTE_DEBUGGING__ &&
    /^--remote-debugging-port=[0-9]+$/.test(word)
  )
}
