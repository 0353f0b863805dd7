import { readdirSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { KeptRequest, RequestOutbox } from '../../ports/request-outbox.ts'
import type { SecretVault } from '../../ports/secret-vault.ts'
import { readBounded, writeWhole } from './durable-file.ts'
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
      const wrapped = readBounded(file, MAX_BYTES)
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

/** What cannot be removed now is swept at a later start: without its row it opens nothing. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch (error) {
    if (codeOf(error) === 'unexpected') throw error
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
