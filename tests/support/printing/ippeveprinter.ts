import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { makeTempDir } from '../temp-dir.ts'
import { type Daemon, freePort, listening, startDaemon, startDnsSd, writeScript } from './daemons.ts'

/**
 * The IEEE/PWG reference printer of CUPS, `ippeveprinter`: a printer that none of us wrote. Its print command stands for the
 * paper path: it keeps what arrives, and does what the file `behaviour` says.
 */
export interface ReferencePrinter {
  readonly uri: string
  readonly secureUri: string
  /** Its own certificate, made by itself at the first secure connection. */
  readonly keyFolder: string
  /** What lies in its tray when it is started. */
  readonly media: string
  /** Puts other paper into its one tray: what its own web page does. */
  loadPaper(media: string): Promise<void>
  /** For the next jobs: a line of shell, run before the page counts as printed. */
  behave(shell: string): void
  /** What came out, one file a sheet, in order; emptied by each call. */
  takePages(): Buffer[]
  kill(): Promise<void>
  /** @param formats other ones than before; paper and jobs are forgotten. */
  restart(formats?: string): Promise<void>
  stop(): Promise<void>
}

export async function startReferencePrinter(options: { readonly formats: string }): Promise<ReferencePrinter> {
  const temp = makeTempDir()
  const pages = path.join(temp.path, 'pages')
  const behaviour = path.join(temp.path, 'behaviour')
  for (const folder of [pages, path.join(temp.path, 'keys'), path.join(temp.path, 'spool')]) mkdirSync(folder)
  writeFileSync(behaviour, '')
  const command = writeScript(
    path.join(temp.path, 'paper-path'),
    `#!/bin/sh
eval "$(cat ${behaviour})"
cp "$1" "${pages}/.part.$$" && mv "${pages}/.part.$$" "${pages}/$(date +%s%N)-$$"
`,
  )
  const dnsSd = await startDnsSd(temp.path)
  const port = await freePort()
  let daemon: Daemon
  const start = async (formats = options.formats): Promise<void> => {
    daemon = startDaemon(
      'ippeveprinter',
      [
        '-n',
        'localhost',
        '-p',
        String(port),
        '-f',
        formats,
        '-c',
        command,
        '-d',
        path.join(temp.path, 'spool'),
        '-K',
        path.join(temp.path, 'keys'),
        'Reference',
      ],
      dnsSd.env,
    )
    await listening(port, daemon)
  }
  await start()
  return {
    uri: `ipp://127.0.0.1:${port}/ipp/print`,
    secureUri: `ipps://localhost:${port}/ipp/print`,
    keyFolder: path.join(temp.path, 'keys'),
    media: 'na_letter_8.5x11in',
    async loadPaper(media) {
      const tray = new URLSearchParams({
        size1: media,
        type1: 'stationery',
        level1: '250',
        size3: '',
        type3: '',
        level3: '25',
      })
      const answer = await fetch(`http://127.0.0.1:${port}/media?${tray}`)
      if (!answer.ok || !(await answer.text()).includes(`<option selected>${media}</option>`))
        throw new Error('no such paper')
    },
    behave: (shell) => writeFileSync(behaviour, shell),
    takePages() {
      const names = readdirSync(pages)
        .filter((name) => !name.startsWith('.'))
        .sort()
      return names.map((name) => {
        const file = path.join(pages, name)
        const bytes = readFileSync(file)
        rmSync(file)
        return bytes
      })
    },
    kill: () => daemon.stop(),
    restart: start,
    async stop() {
      await daemon.stop()
      await dnsSd.stop()
      if (existsSync(temp.path)) temp.remove()
    },
  }
}
