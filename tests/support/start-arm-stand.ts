import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'

const cli = path.resolve(import.meta.dirname, '..', '..', 'src', 'main', 'cli.ts')

export interface RunningStand {
  readonly gateway: string
  readonly web: string
  readonly trust: string
  readonly tlsAuthority: string
  readonly portalCertificate: string
  readonly workstationKey: string
  readonly workstationKeyPin: string
  readonly settings: string
  readonly keys: Readonly<Record<'rsa' | 'gost2015', string>>
  readonly ocsp: string
  readonly crl: Readonly<Record<'rsa' | 'gost2015', { readonly base: string; readonly delta: string }>>
  readonly rootCrl: Readonly<Record<'rsa' | 'gost2015', string>>
  stop(): Promise<void>
}

/** `arm stand` as a process of its own. */
export async function startArmStand(dataDir: string): Promise<RunningStand> {
  const child = spawn(process.execPath, [cli, 'stand', '--data', dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const lines = createInterface({ input: child.stdout })
  const first = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve)
    child.once('close', () => reject(new Error('the stand ended before it said where it listens')))
  })
  return {
    ...(JSON.parse(first) as Omit<RunningStand, 'stop'>),
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
