import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { KeptRequest, RequestOutbox } from '../../ports/request-outbox.ts'
import type { SecretVault } from '../../ports/secret-vault.ts'
import { packKeptRequest, unpackKeptRequest } from './kept-request-file.ts'

const SUFFIX = '.request'
const MAX_BYTES = 1024 * 1024
/** A request that is being prepared is not open yet, and is never that old. */
const SWEPT_AFTER_MS = 10 * 60_000

/**
 * A file for each open request, mode 0600, written aside, synchronised and renamed. What is in it is wrapped by the vault
 * for this request alone, so that no file can stand in for another.
 */
export function createFileOutbox(options: { readonly folder: string; readonly vault: SecretVault }): RequestOutbox {
  const { folder, vault } = options
  const fileOf = (requestId: string): string => path.join(folder, `${requestId}${SUFFIX}`)

  return {
    keep(request) {
      const packed = packKeptRequest({ ...request, pid: process.pid })
      try {
        writeWhole(folder, fileOf(request.requestId), vault.wrap(packed, purposeOf(request.requestId)))
        return succeed(undefined)
      } catch (error) {
        return fail({ code: 'recovery.not-kept', detail: codeOf(error) })
      } finally {
        packed.fill(0)
      }
    },

    find(requestId): Result<KeptRequest> {
      const file = fileOf(requestId)
      const wrapped = readBounded(file)
      if (wrapped === undefined) return fail({ code: 'recovery.nothing-kept' })
      const opened = vault.unwrap(wrapped, purposeOf(requestId))
      if (!opened.ok) return fail({ code: 'recovery.nothing-kept', detail: opened.failure.code })
      const kept = unpackKeptRequest(opened.value)
      opened.value.fill(0)
      if (kept?.requestId !== requestId) return fail({ code: 'recovery.nothing-kept', detail: 'damaged' })
      const { pid, ...request } = kept
      if (!isServedElsewhere(pid, file)) return succeed(request)
      request.oneTimeSecret?.fill(0)
      return fail({ code: 'session.busy', detail: `pid ${pid}` })
    },

    forget: (requestId) => remove(fileOf(requestId)),

    sweep(open) {
      for (const name of namesIn(folder)) {
        const file = path.join(folder, name)
        const isOpen = name.endsWith(SUFFIX) && open.has(name.slice(0, -SUFFIX.length))
        if (!isOpen && Date.now() - changedAt(file) > SWEPT_AFTER_MS) remove(file)
      }
    },
  }
}

function purposeOf(requestId: string): string {
  return `outbox:${requestId}`
}

function writeWhole(folder: string, file: string, bytes: Uint8Array): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomBytes(8).toString('hex')}.tmp`
  try {
    const handle = openSync(draft, 'wx', 0o600)
    try {
      let written = 0
      while (written < bytes.length) written += writeSync(handle, bytes, written)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
  // Windows opens no folder as a file, and needs no such call.
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** What cannot be removed now is swept at a later start: without its row it opens nothing. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch (error) {
    if (codeOf(error) === 'unexpected') throw error
  }
}

function readBounded(file: string): Buffer | undefined {
  try {
    const about = statSync(file)
    return about.isFile() && about.size <= MAX_BYTES ? readFileSync(file) : undefined
  } catch {
    return undefined
  }
}

/** Whether another living process wrote the file: since this machine started, under a number that still runs. */
function isServedElsewhere(pid: number, file: string): boolean {
  if (pid === process.pid || Date.now() - changedAt(file) > os.uptime() * 1000) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unexpected'
}
