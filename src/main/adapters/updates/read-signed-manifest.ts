import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { z } from 'zod'
import type { UpdateManifest } from '../../../shared/domain/update.ts'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { SignedManifest } from '../../ports/updates.ts'

export const manifestName = 'update.json'
export const signatureName = 'update.json.sig'
export const MANIFEST_MAX_BYTES = 64 * 1024
/** RFC 8032: an Ed25519 signature. */
export const SIGNATURE_BYTES = 64
const FILE_MAX_BYTES = 2 ** 31

/** Windows gives these names to devices, whatever follows the dot. */
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i
const plainName = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$/

const fileSchema = z.strictObject({
  name: z.string().max(1000),
  platform: z.enum(['win32', 'linux', 'darwin']),
  arch: z.enum(['x64', 'arm64']),
  size: z.int().min(1).max(FILE_MAX_BYTES),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

const manifestSchema = z.strictObject({
  kind: z.literal('arm-tson-update'),
  format: z.literal(1),
  channel: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  release: z
    .int()
    .min(1)
    .max(2 ** 31),
  version: z.string().regex(/^(0|[1-9][0-9]{0,4})(\.(0|[1-9][0-9]{0,4})){2}$/),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  files: z.array(fileSchema).min(1).max(16),
})

/** @returns the owner's Ed25519 keys of PEM texts. @throws where one is anything else. */
export function ownerKeysOf(pems: readonly string[]): readonly KeyObject[] {
  return pems.map((pem) => {
    const key = createPublicKey(pem)
    if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('the owner of the product signs with Ed25519')
    return key
  })
}

/**
 * Judges the signature over the exact octets first, and reads them only then.
 * @param options.owners public keys of the product's owner: any of them may have signed.
 */
export function readSignedManifest(options: {
  readonly octets: Buffer
  readonly signature: Buffer | undefined
  readonly owners: readonly KeyObject[]
}): Result<SignedManifest> {
  const { octets, signature, owners } = options
  if (owners.length === 0) return fail({ code: 'update.no-owner-key' })
  if (signature === undefined) return fail({ code: 'update.unsigned' })
  if (signature.length !== SIGNATURE_BYTES) return fail({ code: 'update.forged', detail: 'length of the signature' })
  if (!owners.some((owner) => verify(null, octets, owner, signature))) return fail({ code: 'update.forged' })
  const manifest = parseManifest(octets)
  if (!manifest.ok) return manifest
  const sha256 = createHash('sha256').update(octets).digest('hex')
  return succeed({ manifest: manifest.value, octets, signature, sha256 })
}

function parseManifest(octets: Buffer): Result<UpdateManifest> {
  let json: unknown
  try {
    json = JSON.parse(octets.toString('utf8'))
  } catch {
    return fail({ code: 'update.malformed', detail: 'not JSON' })
  }
  const parsed = manifestSchema.safeParse(json)
  if (!parsed.success) {
    return fail({ code: 'update.malformed', detail: parsed.error.issues[0]?.path.join('.') || 'manifest' })
  }
  const { kind: _kind, format: _format, createdAt, expiresAt, ...rest } = parsed.data
  const unsafe = rest.files.find(({ name }) => !plainName.test(name) || name.includes('..') || DEVICE.test(name))
  if (unsafe !== undefined) return fail({ code: 'update.unsafe-name', detail: unsafe.name.slice(0, 100) })
  const names = new Set(rest.files.map(({ name }) => name.toLowerCase()))
  if (names.size !== rest.files.length) return fail({ code: 'update.malformed', detail: 'files' })
  return succeed({ ...rest, createdAt: new Date(createdAt), expiresAt: new Date(expiresAt) })
}
