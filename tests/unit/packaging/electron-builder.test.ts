import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { FuseV1Options } from '@electron/fuses'
import { expect, test } from 'vitest'

/** The packing configuration against electron-builder's own schema, and against what must never be forgotten in it. */
const root = path.resolve(import.meta.dirname, '..', '..', '..')
const require = createRequire(path.join(root, 'package.json'))
const builder = createRequire(require.resolve('electron-builder/package.json'))
const library = createRequire(builder.resolve('app-builder-lib/package.json'))

type Configuration = Record<string, unknown>
const { getConfig, validateConfiguration } = library('./out/util/config/config.js') as {
  getConfig(projectDir: string, file: string | null, given: null): Promise<Configuration>
  validateConfiguration(configuration: Configuration, log: { isEnabled: boolean; add(): void }): Promise<void>
}
const quiet = { isEnabled: false, add: () => undefined }
const configuration = await getConfig(root, path.join(root, 'electron-builder.yml'), null)

const group = (name: string) => configuration[name] as Record<string, unknown>

test("the configuration holds against electron-builder's own schema", async () => {
  await expect(validateConfiguration(structuredClone(configuration), quiet)).resolves.toBeUndefined()
})

test.each([
  ['an unknown key', { secureByDefault: true }],
  ['a fuse that is no boolean', { electronFuses: { runAsNode: 'off' } }],
  ['an unknown fuse', { electronFuses: { wasmTrapHandlers: true } }],
  ['a wrong installer option', { nsis: { perMachine: 'yes' } }],
])('and the schema finds %s', async (_name, wrong) => {
  await expect(validateConfiguration({ ...structuredClone(configuration), ...wrong }, quiet)).rejects.toThrow()
})

test('every fuse that the pinned tools know is decided by name', () => {
  expect(group('electronFuses')).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  })
  const decided = new Set(Object.keys(group('electronFuses')).map((name) => name.toLowerCase()))
  const known = Object.keys(FuseV1Options).filter((name) => !/^\d+$/.test(name))
  const further = known.filter((name) => !decided.has(name.toLowerCase()))
  expect(further).toEqual(['WasmTrapHandlers'])
  expect(readFileSync(path.join(root, 'packaging', 'after-pack.mjs'), 'utf8')).toContain(
    '[FuseV1Options.WasmTrapHandlers]: true',
  )
})

test('what the bundle looks for among the modules at run time is packed', () => {
  const sources = readdirSync(path.join(root, 'src/main'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(root, 'src/main', name), 'utf8'))
  const looked = sources.flatMap((text) =>
    Array.from(text.matchAll(/createRequire\(import\.meta\.url\)\.resolve\('([^']+)'\)/g), ([, name = '']) => name),
  )
  expect(looked).toContain('@hyzyla/pdfium/pdfium.wasm')
  const files = (configuration['files'] as readonly { readonly filter: readonly string[] }[]).flatMap(
    ({ filter }) => filter,
  )
  for (const name of looked) expect(files).toContain(path.relative(root, require.resolve(name)))
})

test('the archive is whole: code lies inside, its hash is kept, native libraries alone lie outside', () => {
  expect(configuration['asar']).toEqual({ smartUnpack: false })
  expect(configuration['disableAsarIntegrity']).toBe(false)
  expect(configuration['asarUnpack']).toEqual(['**/*.node'])
})

test('installers are for the whole machine, silent where asked, and leave the journal', () => {
  expect(group('nsis')).toMatchObject({ perMachine: true, oneClick: false, deleteAppDataOnUninstall: false })
  expect(group('msi')).toMatchObject({ perMachine: true })
  expect(group('msi')['upgradeCode']).toMatch(/^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/)
  const targets = (name: string) => (group(name)['target'] as { target: string }[]).map(({ target }) => target)
  expect(targets('win')).toEqual(['nsis', 'msi'])
  expect(targets('linux')).toEqual(['deb', 'AppImage'])
})

test('the Debian package has what electron-builder refuses to make one without', () => {
  expect(configuration['extraMetadata']).toEqual({ homepage: expect.stringMatching(/^https:/) })
  expect(group('linux')['maintainer']).toMatch(/ <[^@]+@[^>]+>$/)
  expect(group('deb')).toMatchObject({ recommends: [] })
})

test('the AppArmor profile gives user namespaces to this program, for the place where the package puts it', () => {
  const profile = readFileSync(path.join(root, String(group('deb')['appArmorProfile'])), 'utf8')
  expect(profile).toMatch(/^profile "\$\{executable\}" "\/opt\/\$\{sanitizedProductName\}\/\$\{executable\}"/m)
  expect(profile).toMatch(/^\s*userns,$/m)
})

test('icons are there in every size that the systems ask for', () => {
  for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
    const png = readFileSync(path.join(root, String(group('linux')['icon']), `${size}x${size}.png`))
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size])
  }
  const ico = readFileSync(path.join(root, String(group('win')['icon'])))
  const count = ico.readUInt16LE(4)
  const sizes = Array.from({ length: count }, (_, index) => {
    const at = 6 + 16 * index
    const [length, offset] = [ico.readUInt32LE(at + 8), ico.readUInt32LE(at + 12)]
    const png = ico.subarray(offset, offset + length)
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    return png.readUInt32BE(16)
  })
  expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256])
})

test('everything that the configuration names exists', () => {
  const named = ['packaging/after-pack.mjs', 'packaging/arm-tson.ico', 'packaging/icons', 'resources']
  for (const name of named) expect(existsSync(path.join(root, name)), name).toBe(true)
  expect(configuration['afterPack']).toBe('packaging/after-pack.mjs')
})
