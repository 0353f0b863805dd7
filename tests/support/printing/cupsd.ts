import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { makeTempDir } from '../temp-dir.ts'
import { daemonPath, freePort, listening, startDaemon } from './daemons.ts'

/** A real CUPS on loopback, with its state in a folder of the test and nothing of the machine's. */
export interface TestSpooler {
  readonly port: number
  readonly configuration: string
  /** Adds a driverless queue for an IPP printer. @returns its URI. */
  addQueue(name: string, deviceUri: string): Promise<string>
  /** Files that CUPS holds of jobs now: the spooler's own trace. */
  spoolFiles(): string[]
  /** Runs an administrator's command against this server. */
  administer(command: string, args: readonly string[]): void
  log(): string
  stop(): Promise<void>
}

export async function startSpooler(options: { readonly preserveJobFiles: 'Yes' | 'No' }): Promise<TestSpooler> {
  const temp = makeTempDir()
  chmodSync(temp.path, 0o755)
  const at = (name: string): string => path.join(temp.path, name)
  for (const folder of ['root', 'root/ppd', 'state', 'state/certs', 'cache', 'spool', 'spool/tmp', 'log'])
    mkdirSync(at(folder))
  chmodSync(at('spool/tmp'), 0o1770)
  const port = await freePort()
  const configuration = at('root/cupsd.conf')
  writeFileSync(
    configuration,
    `Listen 127.0.0.1:${port}
LogLevel debug
PreserveJobHistory Yes
PreserveJobFiles ${options.preserveJobFiles}
Browsing Off
DefaultShared No
WebInterface No
MaxJobs 2000
JobRetryInterval 1
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues none
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
`,
  )
  writeFileSync(
    at('root/cups-files.conf'),
    `ServerRoot ${at('root')}
StateDir ${at('state')}
CacheDir ${at('cache')}
RequestRoot ${at('spool')}
TempDir ${at('spool/tmp')}
AccessLog ${at('log/access')}
ErrorLog ${at('log/error')}
PageLog ${at('log/page')}
DataDir /usr/share/cups
ServerBin /usr/lib/cups
FileDevice Yes
SyncOnClose No
`,
  )
  const daemon = startDaemon('cupsd', ['-f', '-c', configuration, '-s', at('root/cups-files.conf')])
  await listening(port, daemon)
  const administer = (command: string, args: readonly string[]): void => {
    const ran = spawnSync(command, ['-h', `127.0.0.1:${port}`, ...args], {
      encoding: 'utf8',
      timeout: 30_000,
      env: { ...process.env, PATH: daemonPath },
    })
    if (ran.status !== 0) throw new Error(`${command}: ${ran.stderr}`)
  }
  return {
    port,
    configuration,
    administer,
    async addQueue(name, deviceUri) {
      administer('lpadmin', [
        '-p',
        name,
        '-E',
        '-v',
        deviceUri,
        '-m',
        'everywhere',
        '-o',
        'printer-error-policy=abort-job',
      ])
      // The description of a driverless printer is made in the background: a job before it is there fails.
      for (let attempt = 0; attempt < 100 && !existsSync(at(`root/ppd/${name}.ppd`)); attempt++) await delay(100)
      return `ipp://127.0.0.1:${port}/printers/${name}`
    },
    spoolFiles: () => readdirSync(at('spool')).filter((file) => /^d\d/.test(file)),
    log: () => daemon.log(),
    async stop() {
      await daemon.stop()
      temp.remove()
    },
  }
}
