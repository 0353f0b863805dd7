import { rmSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { exclusionSignCodes, legalCapacityCodes } from '../../../shared/domain/reference-data.ts'
import type { SecretVault } from '../../ports/secret-vault.ts'
import type { KeptService, ServiceKeeper } from '../../ports/service-keeper.ts'
import { readBounded, writeWhole } from './durable-file.ts'

const PURPOSE = 'open-service'
const MAX_BYTES = 16 * 1024

const keptSchema = z.strictObject({
  version: z.literal(1),
  serviceId: z.uuid(),
  at: z.iso.datetime({ precision: 3 }),
  operator: z.string().min(1).max(64),
  iin: z.string().regex(/^[0-9]{12}$/),
  confirmWarnings: z.boolean(),
  registered: z.boolean(),
  person: z
    .strictObject({
      name: z.string().max(200),
      lifeStatus: z.string().regex(/^[0-9]$/),
      exclusionSign: z.enum(exclusionSignCodes).exactOptional(),
      legalCapacity: z.enum(legalCapacityCodes),
      prosecutorRecord: z.boolean(),
    })
    .exactOptional(),
  asked: z.strictObject({ document: z.boolean(), agreement: z.boolean(), mgov: z.boolean() }),
  documentChecked: z.boolean(),
  agreement: z.enum(['none', 'printed', 'unknown', 'signed', 'skipped']),
  mgovOnly: z.literal(true).exactOptional(),
  requested: z.literal(true).exactOptional(),
})

/** A file of the data folder, mode 0600, replaced as a whole; what is in it only this vault opens. */
export function createServiceKeeper(options: { readonly file: string; readonly vault: SecretVault }): ServiceKeeper {
  const { file, vault } = options
  return {
    keep({ at, ...service }) {
      const text = Buffer.from(JSON.stringify({ version: 1, at: at.toISOString(), ...service }), 'utf8')
      try {
        writeWhole(path.dirname(file), file, vault.wrap(text, PURPOSE))
      } catch {
        // The service goes on without it: a restart then finds nothing, and the citizen is checked anew.
      } finally {
        text.fill(0)
      }
    },
    find(): KeptService | undefined {
      const wrapped = readBounded(file, MAX_BYTES)
      if (wrapped === undefined) return undefined
      const opened = vault.unwrap(wrapped, PURPOSE)
      if (!opened.ok) return undefined
      const kept = parse(opened.value.toString('utf8'))
      opened.value.fill(0)
      return kept
    },
    forget: () => rmSync(file, { force: true }),
  }
}

function parse(text: string): KeptService | undefined {
  try {
    const parsed = keptSchema.safeParse(JSON.parse(text))
    if (!parsed.success) return undefined
    const { version: _known, at, ...service } = parsed.data
    return { ...service, at: new Date(at) }
  } catch {
    return undefined
  }
}
