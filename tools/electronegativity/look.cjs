// Runs Electronegativity over a folder: node look.cjs PACKAGE FOLDER ELECTRON-VERSION ANSWER.json
// Its command line always ends with 0 and tells unread files in passing; its runner returns both.
const { writeFileSync } = require('node:fs')
const path = require('node:path')

const [installed, input, electronVersionOverride, answer] = process.argv.slice(2)
// It asks the internet for newer releases and translations, and dies of a retry where there is none: it finds none at once.
require.cache[require.resolve('got', { paths: [installed] })] = {
  exports: () => Promise.reject(new Error('no internet')),
}
const run = require(path.join(installed, 'dist', 'runner.js'))
// Its texts are of no use here; what it looks up in them is a function of the global object.
globalThis.__ = (key) => key

run({ input, isRelative: true, electronVersionOverride }, false).then(
  ({ errors, issues, globalChecks, atomicChecks }) =>
    writeFileSync(
      answer,
      JSON.stringify({
        checks: globalChecks + atomicChecks,
        unread: errors.map(({ file, message }) => ({ file: path.relative(input, file), message })),
        findings: issues.map(({ id, file, location }) => ({ id, file, line: location.line })),
      }),
    ),
)
