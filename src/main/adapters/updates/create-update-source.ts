import { createHash, type KeyObject } from 'node:crypto'
import type { UpdateFile } from '../../../shared/domain/update.ts'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { UpdateSource } from '../../ports/updates.ts'
import {
  MANIFEST_MAX_BYTES,
  manifestName,
  readSignedManifest,
  SIGNATURE_BYTES,
  signatureName,
} from './read-signed-manifest.ts'

/** Opens a file of a source by its plain name; undefined where there is none. Throws what the system throws. */
export type OpenUpdateFile = (name: string) => Promise<AsyncIterable<Buffer> | undefined>

/** What can go wrong with a source is one failure; a system's code tells which. */
export function createUpdateSource(options: {
  readonly open: OpenUpdateFile
  readonly owners: readonly KeyObject[]
}): UpdateSource {
  const { open, owners } = options
  return {
    async manifest() {
      try {
        const octets = await readBounded(open, manifestName, MANIFEST_MAX_BYTES)
        if (octets === undefined) return fail({ code: 'update.unavailable', detail: manifestName })
        if (octets === 'too large') return fail({ code: 'update.oversize', detail: manifestName })
        const signature = await readBounded(open, signatureName, SIGNATURE_BYTES)
        if (signature === 'too large') return fail({ code: 'update.forged', detail: 'length of the signature' })
        return readSignedManifest({ octets, signature, owners })
      } catch (error) {
        return unavailable(error)
      }
    },
    read: (file, take) => readChecked(open, file, take),
  }
}

async function readBounded(open: OpenUpdateFile, name: string, max: number): Promise<Buffer | 'too large' | undefined> {
  const opened = await open(name)
  if (opened === undefined) return undefined
  const chunks: Buffer[] = []
  let octets = 0
  for await (const chunk of opened) {
    octets += chunk.length
    if (octets > max) return 'too large'
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function readChecked(
  open: OpenUpdateFile,
  { name, size, sha256 }: UpdateFile,
  take: (octets: Buffer) => Promise<void>,
): Promise<Result<void>> {
  try {
    const opened = await open(name)
    if (opened === undefined) return fail({ code: 'update.unavailable', detail: name })
    const hash = createHash('sha256')
    let octets = 0
    let held: Buffer | undefined
    for await (const chunk of opened) {
      octets += chunk.length
      if (octets > size) return fail({ code: 'update.oversize', detail: name })
      hash.update(chunk)
      if (held !== undefined) await take(held)
      held = chunk
    }
    if (octets < size) return fail({ code: 'update.truncated', detail: `${name}: ${octets} < ${size}` })
    if (hash.digest('hex') !== sha256) return fail({ code: 'update.altered', detail: name })
    if (held !== undefined) await take(held)
    return succeed(undefined)
  } catch (error) {
    return unavailable(error)
  }
}

/** The code alone: messages quote paths and addresses. */
function unavailable(error: unknown): Result<never> {
  if (!(error instanceof Error)) throw error
  if (error.name === 'AbortError' || error.name === 'TimeoutError') {
    return fail({ code: 'update.unavailable', detail: 'no answer in time' })
  }
  if ('code' in error && typeof error.code === 'string') return fail({ code: 'update.unavailable', detail: error.code })
  throw error
}
