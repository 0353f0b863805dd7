import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { SetupError, say } from './say.mjs'

const PKITS = '/usr/lib/python3/dist-packages/cryptography_vectors/x509/PKITS_data'

/**
 * What the system must have, by purpose. A need is met by a command on PATH, a file, or a shared library that the
 * loader knows; the first package of the list that the distribution offers provides it (names differ between releases).
 */
const NEEDS = {
  window: [
    ['unzip', 'to unpack the Electron runtime', { command: 'unzip' }],
    ['libgtk-3-0t64|libgtk-3-0', 'Electron', { library: 'libgtk-3.so.0' }],
    ['libnss3', 'Electron', { library: 'libnss3.so' }],
    ['libasound2t64|libasound2', 'Electron', { library: 'libasound.so.2' }],
    ['libgbm1', 'Electron', { library: 'libgbm.so.1' }],
    ['libatk-bridge2.0-0t64|libatk-bridge2.0-0', 'Electron', { library: 'libatk-bridge-2.0.so.0' }],
    ['libdrm2', 'Electron', { library: 'libdrm.so.2' }],
    ['libxkbcommon0', 'Electron', { library: 'libxkbcommon.so.0' }],
    ['libcups2t64|libcups2', 'Electron', { library: 'libcups.so.2' }],
    ['libnotify4', 'Electron', { library: 'libnotify.so.4' }],
    ['libxss1', 'Electron', { library: 'libXss.so.1' }],
    ['libxtst6', 'Electron', { library: 'libXtst.so.6' }],
  ],
  compiler: [['g++', 'to build the database binding for the fallback runtime', { command: 'g++' }]],
  tests: [
    ['xvfb', 'a display for the window tests', { command: 'Xvfb' }],
    ['xauth', 'a display for the window tests', { command: 'xauth' }],
    ['chromium', "tests of the training portal's web page", { command: 'chromium' }],
    ['openssl', 'independent judge of signatures', { command: 'openssl' }],
    ['libengine-gost-openssl|libengine-gost-openssl1.1', 'independent judge of ГОСТ', { engine: 'gost.so' }],
    ['xmlsec1', 'independent judge of XML signatures', { command: 'xmlsec1' }],
    ['libxml2-utils', 'xmllint validates messages against their schemas', { command: 'xmllint' }],
    ['poppler-utils', 'reads the printed page', { command: 'pdftotext' }],
    ['qpdf', 'independent judge of the printed page', { command: 'qpdf' }],
    ['zbar-tools', 'reads the QR code of the printed page', { command: 'zbarimg' }],
    ['cups-daemon', 'a real print server to print through', { command: 'cupsd' }],
    ['cups-client', 'administers the print server of a test', { command: 'lpadmin' }],
    ['cups-ipp-utils', 'a real printer to print on: ippeveprinter', { command: 'ippeveprinter' }],
    ['cups-filters', 'what the print server makes of a page', { file: '/usr/lib/cups/filter/pdftopdf' }],
    ['avahi-daemon', 'ippeveprinter does not run without it', { command: 'avahi-daemon' }],
    ['dbus-daemon|dbus', 'ippeveprinter does not run without it', { command: 'dbus-daemon' }],
    ['rhash', 'independent judge of ГОСТ 34.311-95', { command: 'rhash' }],
    ['python3', 'independent judge of the audit chain', { command: 'python3' }],
    ['python3-openpyxl', 'independent reader of exported workbooks', { pythonModule: 'openpyxl' }],
    ['python3-cryptography-vectors', "NIST's PKITS, the test suite of path validation", { file: PKITS }],
    ['softhsm2', 'a PKCS#11 token in software', { command: 'softhsm2-util' }],
    ['opensc', 'writes keys on that token', { command: 'pkcs11-tool' }],
    ['gcc', 'to build PKCS#11 drivers that crash and hang', { command: 'gcc' }],
  ],
  delivery: [['apparmor', 'judges the AppArmor profile of the package', { command: 'apparmor_parser' }]],
  video: [['ffmpeg', 'records the day of the long run', { command: 'ffmpeg' }]],
}

/**
 * Makes sure that the system has what the purposes need: installs it as root on Debian, else names what is missing.
 * @param {(keyof typeof NEEDS)[]} purposes
 */
export function ensureSystemPackages(purposes) {
  if (process.platform !== 'linux') return
  const libraries = loaderLibraries()
  const missing = purposes.flatMap((purpose) => NEEDS[purpose]).filter(([, , probe]) => !isMet(probe, libraries))
  if (missing.length === 0) return
  const names = missing.map(([packages]) => packages.split('|')[0])
  if (process.getuid?.() !== 0 || !hasCommand('apt-get')) {
    throw new SetupError(`missing system packages, ask the administrator: apt-get install ${names.join(' ')}`)
  }
  for (const [packages, purpose] of missing) say(`Debian package ${packages.split('|')[0]}: ${purpose}`)
  apt(['update', '-qq'])
  apt(['install', '-y', '-qq', '--no-install-recommends', ...missing.map(([packages]) => offered(packages))])
}

function offered(packages) {
  const known = packages.split('|').find((name) => {
    const policy = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
    return /Candidate: (?!\(none\))/.test(policy.stdout ?? '')
  })
  if (known === undefined) throw new SetupError(`no Debian package of this system provides ${packages}`)
  return known
}

function apt(args) {
  const { status } = spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (status !== 0) throw new SetupError(`apt-get ${args[0]} failed with status ${status}`)
}

function isMet(probe, libraries) {
  if (probe.command !== undefined) return hasCommand(probe.command)
  if (probe.file !== undefined) return existsSync(probe.file)
  if (probe.file !== undefined) return existsSync(probe.file)
  if (probe.library !== undefined) return libraries.includes(`\t${probe.library} `)
  // Debian's own interpreter: another python3 earlier on PATH does not see Debian's modules.
  if (probe.pythonModule !== undefined) {
    return spawnSync('/usr/bin/python3', ['-c', `import ${probe.pythonModule}`], { stdio: 'ignore' }).status === 0
  }
  return spawnSync('openssl', ['engine', 'gost'], { stdio: 'ignore' }).status === 0
}

function loaderLibraries() {
  const ldconfig = ['/sbin/ldconfig', '/usr/sbin/ldconfig'].find((file) => existsSync(file)) ?? 'ldconfig'
  return spawnSync(ldconfig, ['-p'], { encoding: 'utf8' }).stdout ?? ''
}

function hasCommand(name) {
  // Daemons live where an ordinary user's PATH does not look.
  return [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin'].some(
    (folder) => folder !== '' && existsSync(path.join(folder, name)),
  )
}
