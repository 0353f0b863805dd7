import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { cacheDir } from '../setup/cache-dir.mjs'
import { projectNode } from '../setup/node-modules.mjs'
import { ensureSystemPackages } from '../setup/system-packages.mjs'
import { build } from './build.mjs'
import { check } from './check.mjs'
import { ensureWindow } from './ensure-window.mjs'
import { packageApp } from './package.mjs'
import { runChild } from './run-child.mjs'

/** Every test: types and lint, then unit, contract and integration, then the real window; one sum at the end. */
export async function test(root, { long }) {
  const window = await ensureWindow(root)
  ensureSystemPackages(long ? ['tests', 'delivery', 'video'] : ['tests'])
  const checked = await check(root)
  if (checked !== 0) return finish([{ name: 'check', passed: 0, failed: 1, skipped: 0 }])
  const built = await build(root)
  if (built !== 0) return finish([{ name: 'build', passed: 0, failed: 1, skipped: 0 }])

  if (long) {
    for (const flavour of [['--twin'], process.platform === 'linux' ? ['--deb'] : []]) {
      const packed = await packageApp(root, flavour)
      if (packed !== 0) return finish([{ name: 'package', passed: 0, failed: 1, skipped: 0 }])
    }
  }

  const artifacts = path.join(root, 'artifacts')
  rmSync(artifacts, { recursive: true, force: true })
  mkdirSync(artifacts, { recursive: true })
  const env = {
    ...process.env,
    ...window.env,
    ARM_TEST_ELECTRON: window.executable,
    ...(long ? { ARM_TEST_LONG: '1' } : {}),
  }
  const node = projectNode(root)
  const unitReport = path.join(artifacts, 'vitest.json')
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const runVitest = (report, files) =>
    runChild(node, [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...files], {
      cwd: root,
      // Hundreds of processes and threads start from the same sources.
      env: { ...env, NODE_COMPILE_CACHE: cacheDir('compiled') },
    })
  await runVitest(unitReport, [])
  let units = vitestCounts(unitReport)
  // A test file whose process died is told and counts as failed; only a whole second run of it takes that back.
  if (units.died.length > 0) {
    process.stdout.write(`the process of these test files died, they run once more: ${units.died.join(', ')}\n`)
    const againReport = path.join(artifacts, 'vitest-again.json')
    await runVitest(againReport, units.died)
    const again = vitestCounts(againReport)
    if (again.failed === 0) units = withSecondRun(units, again)
  }
  const inWindow = async (name, further) => {
    const report = path.join(artifacts, `${name}.json`)
    const playwright = [path.join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'test']
    await runChild(...underDisplay([node, ...playwright]), {
      cwd: root,
      env: { ...env, ...further, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    })
    return { ...playwrightCounts(report), name }
  }
  const runs = [units, await inWindow('playwright', {})]
  if (long) runs.push(await inWindow('playwright-packed', { ARM_TEST_TWIN: twinFolder(root) }))
  return finish(runs)
}

/** What `npm run package -- --twin` left in dist/. */
function twinFolder(root) {
  const dist = path.join(root, 'dist')
  const name = readdirSync(dist).find((entry) => entry.endsWith(`twin-${process.platform}-${process.arch}`))
  return path.join(dist, name ?? 'no-twin')
}

/** Tests bring their own display, also where there is one: windows must not jump into somebody's work. */
function underDisplay([command, ...args]) {
  if (process.platform !== 'linux') return [command, args]
  return ['xvfb-run', ['-a', '-s', '-screen 0 1440x900x24', command, ...args]]
}

function vitestCounts(file) {
  const report = readReport(file)
  if (report === undefined) return { name: 'vitest', passed: 0, failed: 1, skipped: 0, died: [] }
  // Failed without a failed test: a file that could not be read, or a process that ended in its middle.
  const died = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  const passedInDied = died.flatMap(({ assertionResults }) =>
    assertionResults.filter((test) => test.status === 'passed'),
  )
  return {
    name: 'vitest',
    passed: report.numPassedTests - passedInDied.length,
    failed: report.numFailedTests + died.length,
    skipped: report.numPendingTests + report.numTodoTests,
    died: died.map(({ name }) => name),
  }
}

/** The second run of the files that died stands in for their first. */
function withSecondRun(first, again) {
  return {
    ...first,
    passed: first.passed + again.passed,
    failed: first.failed - first.died.length,
    skipped: again.skipped,
  }
}

function playwrightCounts(file) {
  const report = readReport(file)
  if (report === undefined) return { name: 'playwright', passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, flaky, skipped } = report.stats
  for (const title of flakyTitles(report.suites)) process.stdout.write(`passed only in its second run: ${title}\n`)
  return { name: 'playwright', passed: expected + flaky, failed: unexpected + report.errors.length, skipped }
}

function flakyTitles(suites) {
  return suites.flatMap((suite) => [
    ...(suite.specs ?? [])
      .filter((spec) => spec.tests.some((test) => test.status === 'flaky'))
      .map((spec) => `${spec.file}: ${spec.title}`),
    ...flakyTitles(suite.suites ?? []),
  ])
}

/** A runner that died leaves no report; that is a failure, not an absence. */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function finish(runs) {
  const sum = (key) => runs.reduce((total, run) => total + run[key], 0)
  for (const run of runs) {
    process.stdout.write(`${run.name}: ${run.passed} passed, ${run.failed} failed, ${run.skipped} skipped\n`)
  }
  const skipped = sum('skipped')
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
  return sum('failed') === 0 && sum('passed') > 0 ? 0 : 1
}
