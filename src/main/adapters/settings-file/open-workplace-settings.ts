import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { settingPaths } from '../../../shared/domain/settings-fields.ts'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { SecretVault } from '../../ports/secret-vault.ts'
import type { OwnSettings, WorkplaceSettings } from '../../ports/workplace-settings.ts'
import { writeWholeFile } from '../files/write-whole-file.ts'

const VAULT_PURPOSE = 'settings'
const MAX_FILE_BYTES = 1 << 18

const fileSchema = z.strictObject({
  version: z.literal(1),
  settings: z.partialRecord(z.enum(settingPaths), z.string().max(4000)),
  /** HMAC-SHA-256 by the vault, base64. */
  mac: z.base64().max(100),
})
type SettingsFile = z.infer<typeof fileSchema>

/**
 * The settings that a workplace keeps for itself. The file can be read by people, but not changed by them: it carries the
 * vault's code. An older file put in its place is the caller's to find, by its fingerprint.
 * @returns failure `settings.altered` for a file that this vault has not written.
 */
export async function openWorkplaceSettings(options: {
  readonly file: string
  readonly vault: Pick<SecretVault, 'mac'>
}): Promise<Result<WorkplaceSettings>> {
  const { file, vault } = options
  const found = await readSettingsFile(file)
  if (!found.ok) return found
  let bytes = found.value?.bytes
  let current: OwnSettings = {}
  if (found.value !== undefined) {
    const { settings, mac } = found.value.content
    const expected = vault.mac(Buffer.from(canonical(settings)), VAULT_PURPOSE)
    const given = Buffer.from(mac, 'base64')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      return fail({ code: 'settings.altered', detail: path.basename(file) })
    }
    current = settings
  }
  return succeed({
    current: () => current,
    fingerprint: () => bytes && sha256Hex(bytes),
    prepare(next) {
      const mac = vault.mac(Buffer.from(canonical(next)), VAULT_PURPOSE).toString('base64')
      const content: SettingsFile = { version: 1, settings: sorted(next), mac }
      const written = Buffer.from(`${JSON.stringify(content, null, 2)}\n`)
      return {
        fingerprint: sha256Hex(written),
        async commit() {
          const replaced = await replaceFile(file, written)
          if (!replaced.ok) return replaced
          bytes = written
          current = content.settings
          return replaced
        },
      }
    },
  })
}

/** What the file says, whoever wrote it: to look at, never to work by. */
export async function readUnprovenSettings(file: string): Promise<OwnSettings> {
  const found = await readSettingsFile(file)
  return found.ok ? (found.value?.content.settings ?? {}) : {}
}

async function readSettingsFile(
  file: string,
): Promise<Result<{ readonly bytes: Buffer; readonly content: SettingsFile } | undefined>> {
  const altered = fail({ code: 'settings.altered', detail: path.basename(file) })
  try {
    const { size } = await stat(file)
    if (size > MAX_FILE_BYTES) return altered
    const bytes = await readFile(file)
    const parsed = fileSchema.safeParse(JSON.parse(bytes.toString('utf8')))
    return parsed.success ? succeed({ bytes, content: parsed.data }) : altered
  } catch (error) {
    if (error instanceof SyntaxError) return altered
    if (systemCode(error) === 'ENOENT') return succeed(undefined)
    return fail({ code: 'settings.altered', detail: systemCode(error) ?? 'unexpected' })
  }
}

async function replaceFile(file: string, bytes: Uint8Array): Promise<Result<undefined>> {
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    const part = `${file}.${randomBytes(8).toString('hex')}.tmp`
    await writeWholeFile({ bytes, part, file, mayTake: async () => true })
    return succeed(undefined)
  } catch (error) {
    return fail({ code: 'settings.unwritable', detail: systemCode(error) ?? 'unexpected' })
  }
}

function sorted(settings: OwnSettings): OwnSettings {
  return Object.fromEntries(Object.entries(settings).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function canonical(settings: OwnSettings): string {
  return JSON.stringify(sorted(settings))
}

function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
