import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { makeTempDir } from '../support/temp-dir.ts'
import type { UpdateOrder } from '../support/update-order.ts'

/**
 * The Debian package of `npm run package -- --deb`: looked at with Debian's own tools, and installed, updated and purged by dpkg
 * in a copy of this system that nobody else sees (an overlay in a mount namespace).
 */
const root = path.resolve(import.meta.dirname, '..', '..')
const temp = makeTempDir()
test.afterAll(() => temp.remove())
test.skip(process.platform !== 'linux' || process.getuid?.() !== 0, 'a package is installed by root')

const dpkg = (...args: readonly string[]): string => execFileSync('dpkg-deb', args, { encoding: 'utf8' })

function packed(): string {
  const dist = path.join(root, 'dist')
  const found = readdirSync(dist).find((name) => name.endsWith('_amd64.deb'))
  if (found === undefined) throw new Error('no deb in dist/: npm run package -- --deb')
  return path.join(dist, found)
}

/** @returns a folder with everything of the package under its place. */
function unpacked(): string {
  const folder = path.join(temp.path, 'unpacked')
  if (!existsSync(folder)) dpkg('--raw-extract', packed(), folder)
  return folder
}

test('says what it is and needs, belongs to root, and lets nobody else write; one file runs with its owner’s rights', () => {
  const fields = Object.fromEntries(
    dpkg('--field', packed())
      .split('\n')
      .map((line) => line.split(/: (.*)/s).slice(0, 2)),
  )
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  expect(fields).toMatchObject({ Package: 'arm-tson', Version: version, Architecture: 'amd64', Priority: 'optional' })
  expect(fields['Depends']).toContain('libgtk-3-0t64 | libgtk-3-0, libnss3, ')
  expect(Number(fields['Installed-Size'])).toBeGreaterThan(100_000)
  const entries = dpkg('--contents', packed())
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/\s+/))
  expect(entries.length).toBeGreaterThan(50)
  expect(entries.filter(([, owner]) => owner !== 'root/root')).toEqual([])
  expect(entries.filter(([mode = '']) => mode[0] !== 'l' && (mode[5] === 'w' || mode[8] === 'w'))).toEqual([])
  const withOwnersRights = entries.filter(([mode = '']) => /[sS]/.test(mode)).map((entry) => entry.at(-1))
  expect(withOwnersRights).toEqual(['./opt/arm-tson/chrome-sandbox'])
})

test('its AppArmor profile names the executable where the package puts it, and holds for the parser of this system', () => {
  const file = path.join(unpacked(), 'opt', 'arm-tson', 'resources', 'apparmor-profile')
  const profile = readFileSync(file, 'utf8')
  const named = /^profile "arm-tson" "([^"]+)"/m.exec(profile)?.[1] ?? ''
  expect(existsSync(path.join(unpacked(), named))).toBe(true)
  const parse = (text: string) => {
    const copy = path.join(temp.path, 'profile')
    writeFileSync(copy, text)
    return spawnSync('apparmor_parser', ['--skip-kernel-load', '--skip-cache', copy], { encoding: 'utf8' })
  }
  if (existsSync('/etc/apparmor.d/abi/4.0')) expect(parse(profile).status).toBe(0)
  else {
    // AppArmor 3 has no rule for user namespaces: it refuses the profile, and the package then installs none.
    expect(parse(profile)).toMatchObject({ status: 1, stderr: expect.stringContaining("Could not open 'abi/4.0'") })
    const earlier = profile.replace('abi/4.0', 'abi/3.0').replace(/^\s*userns,$/m, '')
    expect(parse(earlier).status).toBe(0)
  }
  expect(parse(profile.replace('flags=(unconfined)', 'flags=(unconfined')).status).not.toBe(0)
})

/** The owner's half: a key, and a manifest over the package as it was built. */
function release(): { readonly from: string; readonly ownerPem: string } {
  const [from, passphrase] = [path.join(temp.path, 'release'), path.join(temp.path, 'passphrase')]
  mkdirSync(from)
  writeFileSync(passphrase, 'made up for this test\n')
  const key = path.join(temp.path, 'owner.pem')
  const publicFolder = path.join(temp.path, 'public')
  mkdirSync(publicFolder)
  const tool = (...args: readonly string[]) =>
    execFileSync('node', [path.join(root, 'tools', 'run.mjs'), 'release', ...args], { stdio: 'pipe' })
  tool('make-key', '--out', key, '--passphrase-file', passphrase, '--public', publicFolder)
  cpSync(packed(), path.join(from, path.basename(packed()).replace('not-for-shipping-', '')))
  tool('sign', '--key', key, '--passphrase-file', passphrase, '--release', '2', from)
  return { from, ownerPem: path.join(publicFolder, 'owner.pem') }
}

/** The same package under an earlier version. */
function earlierPackage(): string {
  const control = path.join(unpacked(), 'DEBIAN', 'control')
  writeFileSync(control, readFileSync(control, 'utf8').replace(/^Version: .*$/m, 'Version: 0.0.9'))
  const file = path.join(temp.path, 'earlier.deb')
  dpkg('-Znone', '--root-owner-group', '--build', unpacked(), file)
  return file
}

test('dpkg installs it, an update signed by the owner replaces it, an ordinary user starts it, and a purge leaves nothing but the data', () => {
  test.setTimeout(300_000)
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const order: UpdateOrder = {
    ...release(),
    staging: '/etc/arm-tson/updates',
    dataDir: '/var/lib/arm-tson-test',
    version: '0.0.9',
  }
  const script = path.join(temp.path, 'install.sh')
  writeFileSync(
    script,
    `set -eu
earlier=$1 update=$2 order=$3
state() { dpkg-query --show --showformat '\${Status} \${Version}\\n' arm-tson; }
dpkg --install "$earlier" >&2
state; dpkg --verify arm-tson; echo verified
[ "$(readlink -f /usr/bin/arm-tson)" = /opt/arm-tson/arm-tson ]; echo linked
[ ! -e /etc/apparmor.d/arm-tson ] || apparmor_parser --skip-kernel-load --skip-cache /etc/apparmor.d/arm-tson
mkdir -p /etc/arm-tson
node "$update" "$order"
state; dpkg --verify arm-tson; echo verified
home=$(mktemp -d); chown 65534:65534 "$home"; cd "$home"
setpriv --reuid 65534 --regid 65534 --clear-groups env -i HOME="$home" XDG_DATA_HOME="$home" PATH=/usr/bin:/bin \\
  DISPLAY="$DISPLAY" XAUTHORITY="$(cp "\${XAUTHORITY:-/dev/null}" "$home/x" && chown 65534 "$home/x" && echo "$home/x")" \\
  /usr/bin/arm-tson --self-test | grep -o '"passed":true' | tail -n 1
dpkg --purge arm-tson >&2
for gone in /opt/arm-tson /usr/bin/arm-tson /etc/apparmor.d/arm-tson /usr/share/applications/arm-tson.desktop; do [ ! -e $gone ]; done
ls /var/lib/arm-tson-test | grep audit.sqlite | head -n 1
`,
  )
  const overlay = path.join(temp.path, 'overlay')
  for (const name of ['upper', 'work', 'system']) mkdirSync(path.join(overlay, name), { recursive: true })
  const enter = `set -eu
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/system"
mount --rbind /proc "$1/system/proc"; mount --rbind /dev "$1/system/dev"
shift_to=$1; shift
exec chroot "$shift_to/system" bash "$@"`
  const inside = [
    script,
    earlierPackage(),
    path.join(root, 'tests', 'support', 'update-installed.ts'),
    JSON.stringify(order),
  ]
  const namespace = ['--mount', '--propagation', 'private', '--']
  const run = spawnSync('unshare', [...namespace, 'bash', '-c', enter, 'enter', overlay, ...inside], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${path.join(root, 'node_modules', '.bin')}:${process.env['PATH']}:/usr/sbin:/sbin` },
  })
  expect(run.stdout.trimEnd().split('\n'), run.stderr).toEqual([
    'install ok installed 0.0.9',
    'verified',
    'linked',
    'update.offered',
    'update.fetched',
    'update.offered',
    'update.installing',
    'update.installed',
    `install ok installed ${version}`,
    'verified',
    '"passed":true',
    'audit.sqlite',
  ])
  expect(run.status, run.stderr).toBe(0)
  // The system itself was left alone.
  expect(existsSync('/opt/arm-tson')).toBe(false)
})
