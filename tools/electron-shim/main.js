// What Electron's own default_app does, for a runtime that was repacked without it: the first argument that is not
// a flag names an application folder.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const folder = path.resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.')
const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
app.setName(manifest.productName ?? manifest.name)
app.setVersion(manifest.version)
app.setAppPath(folder)
// Awaited, so that the application loads before the `ready` event, as it does in a package.
await import(pathToFileURL(path.join(folder, manifest.main)).href).catch((error) => {
  process.stderr.write(`${error?.stack ?? error}\n`)
  app.exit(1)
})
