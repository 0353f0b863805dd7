import type { FailureCode } from '../../../../shared/contract/failure.ts'
import { fail, type Result, succeed } from '../../../../shared/result.ts'
import { parseGostPublicKey } from '../../gost/subject-public-key-info.ts'
import { type Certificate, parseCertificate } from '../../x509/certificate.ts'
import { digest } from '../../x509/digest-algorithms.ts'
import type { SignatureAlgorithm } from '../../x509/signature-algorithms.ts'
import { checkSigningUsage } from '../../x509/signing-usage.ts'
import { proveIdentity } from '../prove-identity.ts'
import type { KeyStore, SigningIdentity } from '../signing-identity.ts'
import { connectToken, type TokenConnection } from './token-connection.ts'
import type { SpawnTokenProcess, TokenContents, TokenFault, TokenReply } from './token-protocol.ts'

/** How a token is told to sign with one kind of key; vendors differ, so it is data. */
export interface TokenMechanism {
  /** CK_MECHANISM_TYPE. */
  readonly mechanism: number
  /** Whether the token hashes itself, or is given the digest. */
  readonly input: 'data' | 'digest'
  /** `reversed` where the token's octets are Kazakhstan's backwards, as those of RFC 4491 are. */
  readonly octets: 'as-is' | 'reversed'
}

export type TokenKeyKind = 'rsa' | 'gost2015-512' | 'gost2015-256'
export type TokenMechanisms = Readonly<Record<TokenKeyKind, TokenMechanism>>

/**
 * CKM_SHA256_RSA_PKCS and CKM_GOSTR3410 of the standard; CKM_GOSTR3410_512 of ТК 26's extension, which most vendors
 * of the region follow.
 */
export const defaultTokenMechanisms: TokenMechanisms = {
  rsa: { mechanism: 0x40, input: 'data', octets: 'as-is' },
  'gost2015-512': { mechanism: 0xd432_1006, input: 'digest', octets: 'reversed' },
  'gost2015-256': { mechanism: 0x1201, input: 'digest', octets: 'reversed' },
}

export interface TokenKeyStoreOptions {
  /** Path of the vendor's PKCS#11 library. */
  readonly library: string
  /** The token's label, where several may be inserted. */
  readonly label?: string
  readonly mechanisms?: Partial<TokenMechanisms>
  readonly spawn: SpawnTokenProcess
  /** Which of the token's keys is meant; the one for signing documents unless told otherwise. */
  readonly isMeant?: (certificate: Certificate) => boolean
  /** For loading the driver, the PIN and reading the certificates; milliseconds. */
  readonly openTimeoutMs?: number
  /** For one signature: an operator waits for it. */
  readonly signTimeoutMs?: number
}

const OPEN_TIMEOUT_MS = 15_000
const SIGN_TIMEOUT_MS = 2_500
const FAILURES: Readonly<Record<TokenFault, FailureCode>> = {
  absent: 'sign.token-absent',
  'wrong-pin': 'sign.wrong-pin',
  'last-try': 'sign.pin-last-try',
  'pin-locked': 'sign.pin-locked',
  gone: 'sign.token-gone',
  failed: 'sign.driver-failed',
}

/**
 * The signing key on a PKCS#11 token. Its driver runs in a process of its own, one for each opening: a driver that
 * crashes or hangs takes nothing with it. The key never leaves the token.
 */
export function createTokenKeyStore(options: TokenKeyStoreOptions): KeyStore {
  const { library, label, openTimeoutMs = OPEN_TIMEOUT_MS } = options
  return {
    async open(pin) {
      const connection = connectToken(options.spawn)
      // The channel takes a copy, which the other side wipes; this one is wiped here.
      const octets = Uint8Array.from(pin)
      const asked = connection.ask(
        { op: 'open', library, ...(label === undefined ? {} : { label }), pin: octets },
        openTimeoutMs,
      )
      octets.fill(0)
      const identity = await identityOf(await asked, connection, options)
      if (!identity.ok) connection.close()
      return identity
    },
  }
}

async function identityOf(
  reply: TokenReply,
  connection: TokenConnection,
  options: TokenKeyStoreOptions,
): Promise<Result<SigningIdentity>> {
  if (!reply.ok) return failure(reply)
  if (!isContents(reply.value)) return fail({ code: 'sign.driver-failed', detail: 'contents malformed' })
  const chosen = chooseKey(reply.value, options.isMeant ?? ((certificate) => checkSigningUsage(certificate).ok))
  if (!chosen.ok) return chosen
  const { position, certificate, others } = chosen.value
  const kind = kindOf(certificate)
  const mechanism = { ...defaultTokenMechanisms, ...options.mechanisms }[kind]
  const algorithm: SignatureAlgorithm =
    kind === 'rsa' ? { kind: 'rsa', digest: 'sha256' } : { kind: 'gost', digest: kind }
  return proveIdentity({
    certificate,
    others,
    algorithm,
    async sign(data) {
      const input = mechanism.input === 'data' ? data : digest(algorithm.digest, data)
      const signed = await connection.ask(
        { op: 'sign', key: position, mechanism: mechanism.mechanism, data: Uint8Array.from(input) },
        options.signTimeoutMs ?? SIGN_TIMEOUT_MS,
      )
      if (!signed.ok) return failure(signed)
      if (!(signed.value instanceof Uint8Array)) return fail({ code: 'sign.driver-failed', detail: 'no signature' })
      return succeed(mechanism.octets === 'as-is' ? signed.value : signed.value.slice().reverse())
    },
    close: () => connection.close(),
  })
}

interface ChosenKey {
  readonly position: number
  readonly certificate: Certificate
  readonly others: readonly Certificate[]
}

/** The only key that is meant; tokens of НУЦ hold one for documents and one for authentication. */
function chooseKey(
  { keys, otherCertificates }: TokenContents,
  isMeant: (certificate: Certificate) => boolean,
): Result<ChosenKey> {
  const candidates = keys.flatMap(({ certificate: der }, position) => {
    const certificate = parseCertificate(der)
    return certificate === undefined ? [] : [{ position, certificate }]
  })
  const meant = candidates.filter(({ certificate }) => isMeant(certificate))
  const [chosen, ...others] = meant.length > 0 ? meant : candidates
  if (chosen === undefined) return fail({ code: 'sign.key-missing', detail: 'no key with a certificate on the token' })
  if (others.length > 0) return fail({ code: 'sign.key-unreadable', detail: `${others.length + 1} keys of this kind` })
  const authorities = otherCertificates.flatMap((der) => parseCertificate(der) ?? [])
  return succeed({ ...chosen, others: authorities })
}

/** What is neither ГОСТ nor RSA is tried as RSA and fails its test signature. */
function kindOf({ publicKeyInfo }: Certificate): TokenKeyKind {
  const name = parseGostPublicKey(publicKeyInfo)?.algorithm.name
  return name === 'gost2015-512' || name === 'gost2015-256' ? name : 'rsa'
}

function isContents(value: unknown): value is TokenContents {
  if (typeof value !== 'object' || value === null || !('keys' in value) || !('otherCertificates' in value)) return false
  const { keys, otherCertificates } = value
  return (
    Array.isArray(keys) &&
    Array.isArray(otherCertificates) &&
    keys.every((key: { readonly certificate?: unknown } | null) => key?.certificate instanceof Uint8Array) &&
    otherCertificates.every((der) => der instanceof Uint8Array)
  )
}

function failure({ fault, detail }: Extract<TokenReply, { ok: false }>): Result<never> {
  return fail({ code: FAILURES[fault], detail })
}
