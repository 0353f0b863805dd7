/** Exit codes of the console, the same for every command (docs/cli.md). */
export const exitCode = { done: 0, otherwise: 1, badInput: 2, refused: 3, checkFailed: 4 } as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]
