import { constants, type ReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import path from 'node:path'
import { trustedTls } from '../shep/trusted-tls.ts'
import type { OpenUpdateFile } from './create-update-source.ts'

/** A release of a gigabyte over a slow line of a district; after that the line is taken for dead. */
const DEADLINE_MS = 30 * 60_000

/** Reads from a folder of this machine or of a share. No link is followed out of it. */
export function openInFolder(folder: string): OpenUpdateFile {
  return async (name) => {
    const handle = await open(path.join(folder, name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined
        throw error
      },
    )
    if (handle === undefined) return undefined
    if (!(await handle.stat()).isFile()) {
      await handle.close()
      throw Object.assign(new Error('not a file'), { code: 'EINVAL' })
    }
    return handle.createReadStream() as ReadStream & AsyncIterable<Buffer>
  }
}

/**
 * Reads from a server of the closed network: TLS to the named authority alone, nothing from the environment, no redirect, no
 * proxy, no compression.
 * @throws TypeError where the address is not an https: folder without credentials.
 */
export function openOnServer(options: { readonly url: string; readonly authorityPem: string }): OpenUpdateFile {
  const base = URL.canParse(options.url) ? new URL(options.url) : undefined
  if (base?.protocol !== 'https:' || base.username !== '' || base.password !== '' || base.search !== '') {
    throw new TypeError('updates need an https: address without credentials')
  }
  const folder = new URL(base.pathname.endsWith('/') ? base.href : `${base.href}/`)
  const host = folder.hostname.replace(/^\[(.*)\]$/, '$1')
  const agent = new Agent({ ...trustedTls({ host, authorityPem: options.authorityPem }), maxCachedSessions: 0 })
  return (name) =>
    new Promise((resolve, reject) => {
      const asked = request(
        new URL(encodeURIComponent(name), folder),
        { agent, signal: AbortSignal.timeout(DEADLINE_MS), headers: { Connection: 'close', 'User-Agent': 'arm-tson' } },
        (response) => answer(response, resolve, reject),
      )
      asked.on('error', reject)
      asked.end()
    })
}

function answer(
  response: IncomingMessage,
  resolve: (opened: AsyncIterable<Buffer> | undefined) => void,
  reject: (error: Error) => void,
): void {
  const encoding = response.headers['content-encoding'] ?? 'identity'
  if (response.statusCode === 200 && encoding === 'identity') {
    resolve(response as AsyncIterable<Buffer>)
    return
  }
  response.destroy()
  if (response.statusCode === 404) resolve(undefined)
  else reject(Object.assign(new Error('http'), { code: `HTTP ${response.statusCode}` }))
}
