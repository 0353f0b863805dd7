import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { SetupError } from '../setup/say.mjs'

const USAGE = `npm run release -- make-key --out FILE --passphrase-file FILE [--public FOLDER]
npm run release -- sign --key FILE --passphrase-file FILE --release N [--channel stable] [--days 180] FOLDER`

const INSTALLERS = [
  [/\.exe$/, { platform: 'win32', arch: 'x64' }],
  [/\.msi$/, { platform: 'win32', arch: 'x64' }],
  [/_amd64\.deb$/, { platform: 'linux', arch: 'x64' }],
]

/**
 * The owner's half of updates (docs/updates.md). `make-key` makes the key; `sign` writes `update.json` and its signature beside the
 * installers of a folder. The private key stays with the owner, on a machine without a network.
 */
export function release(root, [action, ...args]) {
  if (action === 'make-key') return makeKey(root, args)
  if (action === 'sign') return signRelease(root, args)
  throw new SetupError(USAGE)
}

function makeKey(root, args) {
  const {
    out,
    public: folder,
    'passphrase-file': passphraseFile,
  } = optionsOf(args, ['out', 'passphrase-file', 'public']).values
  const privateFile = path.resolve(required(out, '--out'))
  const publicFile = path.join(
    folder === undefined ? path.join(root, 'resources', 'updates') : path.resolve(folder),
    path.basename(privateFile),
  )
  if (path.dirname(publicFile) === path.dirname(privateFile))
    throw new SetupError('the private key does not go into the product')
  for (const file of [privateFile, publicFile]) if (existsSync(file)) throw new SetupError(`${file} exists`)
  const passphrase = readPassphrase(passphraseFile)
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
  writeFileSync(privateFile, pem, { mode: 0o600, flag: 'wx' })
  writeFileSync(publicFile, publicKey.export({ type: 'spki', format: 'pem' }), { flag: 'wx' })
  process.stdout.write(`private key, encrypted: ${privateFile}\npublic key, for the next package: ${publicFile}\n`)
  return 0
}

function signRelease(root, args) {
  const names = ['key', 'passphrase-file', 'release', 'channel', 'days']
  const { values, positionals } = optionsOf(args, names)
  const folder = path.resolve(required(positionals[0], 'FOLDER'))
  const number = Number(required(values.release, '--release'))
  const days = Number(values.days ?? 180)
  if (!Number.isInteger(number) || number < 1)
    throw new SetupError('--release is a whole number that grows with every release')
  if (!Number.isInteger(days) || days < 1 || days > 3650) throw new SetupError('--days: 1 to 3650')
  const key = createPrivateKey({
    key: readFileSync(required(values.key, '--key')),
    passphrase: readPassphrase(values['passphrase-file']),
  })
  if (key.asymmetricKeyType !== 'ed25519') throw new SetupError('the key is not Ed25519')
  const now = new Date()
  const manifest = {
    kind: 'arm-tson-update',
    format: 1,
    channel: values.channel ?? 'stable',
    release: number,
    version: JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + days * 24 * 60 * 60_000).toISOString(),
    files: installersIn(folder),
  }
  const octets = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
  const signature = sign(null, octets, key)
  if (!verify(null, octets, createPublicKey(key), signature)) throw new SetupError('the signature does not verify')
  writeFileSync(path.join(folder, 'update.json'), octets)
  writeFileSync(path.join(folder, 'update.json.sig'), signature)
  process.stdout.write(
    `release ${number}, version ${manifest.version}, ${manifest.files.length} installer(s), until ${manifest.expiresAt}\n`,
  )
  return 0
}

function installersIn(folder) {
  const files = readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const system = INSTALLERS.find(([pattern]) => pattern.test(name))?.[1]
      if (system === undefined) return []
      const octets = readFileSync(path.join(folder, name))
      const sha256 = createHash('sha256').update(octets).digest('hex')
      return [{ name, ...system, size: statSync(path.join(folder, name)).size, sha256 }]
    })
  if (files.length === 0) throw new SetupError(`${folder} has no installer (.exe, .msi, _amd64.deb)`)
  return files
}

function optionsOf(args, names) {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' }]))
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch {
    throw new SetupError(USAGE)
  }
}

function required(value, name) {
  if (value === undefined) throw new SetupError(`${name} is missing\n${USAGE}`)
  return value
}

function readPassphrase(file) {
  const passphrase = readFileSync(required(file, '--passphrase-file'), 'utf8').replace(/\r?\n$/, '')
  if (passphrase.length < 12) throw new SetupError('the passphrase has 12 characters or more')
  return passphrase
}
