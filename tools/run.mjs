// The door to every command of the project. It runs on any Node from 20 on, sets up what the command needs, says
// so, and hands over to the project's own Node. A second run finds everything in place.
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { arm } from './commands/arm.mjs'
import { bench } from './commands/bench.mjs'
import { build } from './commands/build.mjs'
import { check } from './commands/check.mjs'
import { packageApp } from './commands/package.mjs'
import { release } from './commands/release.mjs'
import { sbom } from './commands/sbom.mjs'
import { screenshots } from './commands/screenshots.mjs'
import { start } from './commands/start.mjs'
import { test } from './commands/test.mjs'
import { SetupError } from './setup/say.mjs'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const [name, ...rest] = process.argv.slice(2)
const commands = {
  arm: () => arm(root, rest),
  bench: () => bench(root, rest),
  build: () => build(root),
  check: () => check(root),
  package: () => packageApp(root, rest),
  release: () => release(root, rest),
  sbom: () => sbom(root, rest),
  screenshots: () => screenshots(root, rest),
  start: () => start(root, rest),
  test: () => test(root, { long: false }),
  'test:long': () => test(root, { long: true }),
}

try {
  const command = commands[name]
  if (command === undefined) throw new SetupError(`unknown command; one of: ${Object.keys(commands).join(', ')}`)
  process.exitCode = await command()
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  process.stderr.write(`[set-up] ${error.message}\n`)
  process.exitCode = 1
}
