import type { Failure } from '../../shared/contract/failure.ts'
import type { AuditEntry, AuditEvent } from '../../shared/domain/audit-event.ts'
import type { User } from '../../shared/domain/session.ts'
import { compareVersions, type UpdateFile, type UpdateManifest } from '../../shared/domain/update.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { AuditLog } from '../ports/audit-log.ts'
import type { Clock } from '../ports/clock.ts'
import type { SignedManifest, StartInstaller, UpdateSource, UpdateStaging } from '../ports/updates.ts'

/** How far a clock may be behind the owner's. */
const CLOCK_TOLERANCE_MS = 24 * 60 * 60_000

/** Rows that name a manifest which counted: the newest of them names the highest release that this log has seen. */
const COUNTED: readonly AuditEvent[] = ['update.checked', 'update.offered', 'update.fetched', 'update.installing']

export interface UpdateOffer {
  readonly outcome: 'offered' | 'up-to-date'
  readonly version: string
  readonly release: number
  readonly channel: string
  readonly expiresAt: Date
}

export interface UpdateWorkstation {
  /** Looks at what a source has, and changes nothing. Failures: `update.*`, `audit.write-failed`. */
  check(by: User): Promise<Result<UpdateOffer>>
  /** Checks, and copies the installer to the administrator's folder. */
  fetch(by: User): Promise<Result<UpdateOffer & { readonly path?: string }>>
  /** Checks what was fetched, all of it again, and starts the installer. Failure besides: `update.install-failed`. */
  install(by: User): Promise<Result<UpdateOffer>>
}

/**
 * Updates of a closed network. Nothing is done by itself: an administrator asks. What the log has seen cannot be offered again
 * in an older form, and every question, offer, refusal and installation is a row.
 */
export function createUpdateWorkstation(options: {
  readonly source: UpdateSource
  readonly staging: UpdateStaging
  readonly startInstaller: StartInstaller
  readonly audit: Pick<AuditLog, 'append' | 'latest'>
  readonly clock: Clock
  readonly installed: {
    readonly version: string
    readonly channel: string
    readonly platform: NodeJS.Platform
    readonly arch: string
  }
}): UpdateWorkstation {
  const { staging, audit, installed } = options

  return {
    check: (by) => judged(options.source, by, async ({ offer }) => succeed(offer)),

    fetch: (by) =>
      judged(options.source, by, async ({ offer, signed, file }) => {
        if (offer.outcome === 'up-to-date') return succeed(offer)
        const staged = await staging.stage(options.source, signed, file)
        if (!staged.ok) return refuse(by, staged.failure, signed)
        const written = record(by, 'update.fetched', signed, { file: file.name, sha256: file.sha256 })
        return written.ok ? succeed({ ...offer, path: staged.value.path }) : written
      }),

    async install(by) {
      const staged = await staging.staged()
      if (!staged.ok) return refuse(by, staged.failure)
      const { source, pathOf } = staged.value
      return judged(source, by, async ({ offer, signed, file }) => {
        if (offer.outcome === 'up-to-date') return succeed(offer)
        const details = { file: file.name, sha256: file.sha256 }
        // The last thing before the start: the folder is the administrator's, and the octets are the owner's.
        const whole = await source.read(file, async () => undefined)
        if (!whole.ok) return refuse(by, whole.failure, signed)
        const intent = record(by, 'update.installing', signed, details)
        if (!intent.ok) return intent
        const ended = await options.startInstaller(pathOf(file))
        if (ended.ok && ended.value === 0) {
          const written = record(by, 'update.installed', signed, details)
          return written.ok ? succeed(offer) : written
        }
        const failure: Failure = ended.ok
          ? { code: 'update.install-failed', detail: `exit ${ended.value}` }
          : ended.failure
        const written = record(
          by,
          'update.install-failed',
          signed,
          { ...details, detail: failure.detail ?? '' },
          failure.code,
        )
        return written.ok ? fail(failure) : written
      })
    },
  }

  async function judged<T>(
    source: UpdateSource,
    by: User,
    use: (judged: { offer: UpdateOffer; signed: SignedManifest; file: UpdateFile }) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const read = await source.manifest()
    if (!read.ok) return refuse(by, read.failure)
    const signed = read.value
    const fits = judge(signed)
    if (!fits.ok) return refuse(by, fits.failure, signed)
    const { version, release, channel, expiresAt } = signed.manifest
    const outcome = compareVersions(version, installed.version) > 0 ? 'offered' : 'up-to-date'
    const written = record(by, outcome === 'offered' ? 'update.offered' : 'update.checked', signed)
    if (!written.ok) return written
    return use({ offer: { outcome, version, release, channel, expiresAt }, signed, file: fits.value })
  }

  function judge({ manifest, sha256 }: SignedManifest): Result<UpdateFile> {
    const now = options.clock.now().getTime()
    const seen = highestSeen()
    if (manifest.channel !== installed.channel) return fail({ code: 'update.wrong-channel', detail: manifest.channel })
    if (manifest.release < seen.release || (manifest.release === seen.release && sha256 !== seen.sha256)) {
      return fail({ code: 'update.replayed', detail: `${manifest.release} < ${seen.release}` })
    }
    if (compareVersions(manifest.version, installed.version) < 0) {
      return fail({ code: 'update.downgrade', detail: `${manifest.version} < ${installed.version}` })
    }
    if (manifest.createdAt.getTime() > now + CLOCK_TOLERANCE_MS) {
      return fail({ code: 'update.from-future', detail: manifest.createdAt.toISOString() })
    }
    if (manifest.expiresAt.getTime() <= now) {
      return fail({ code: 'update.expired', detail: manifest.expiresAt.toISOString() })
    }
    const file = fileFor(manifest, installed)
    return file === undefined
      ? fail({ code: 'update.wrong-platform', detail: `${installed.platform} ${installed.arch}` })
      : succeed(file)
  }

  function highestSeen(): { readonly release: number; readonly sha256: string } {
    const [row] = audit.latest({ events: COUNTED, limit: 1 })
    const release = Number(row?.details?.['release'] ?? 0)
    return { release: Number.isSafeInteger(release) ? release : 0, sha256: row?.details?.['manifest'] ?? '' }
  }

  function record(
    by: User,
    event: AuditEvent,
    { manifest, sha256 }: SignedManifest,
    further: AuditEntry['details'] = {},
    outcome?: string,
  ): Result<number> {
    const { release, version, channel } = manifest
    return audit.append({
      event,
      actor: by.login,
      role: by.role,
      ...(outcome !== undefined && { outcome }),
      details: { release: String(release), version, channel, manifest: sha256, ...further },
    })
  }

  function refuse(by: User, failure: Failure, signed?: SignedManifest): Result<never> {
    const { code, detail } = failure
    const named = signed && { release: String(signed.manifest.release), version: signed.manifest.version }
    const details = { ...named, ...(detail !== undefined && { detail }) }
    const written = audit.append({ event: 'update.refused', actor: by.login, role: by.role, outcome: code, details })
    return fail(written.ok ? failure : written.failure)
  }
}

function fileFor(
  { files }: UpdateManifest,
  { platform, arch }: { readonly platform: string; readonly arch: string },
): UpdateFile | undefined {
  return files.find((file) => file.platform === platform && file.arch === arch)
}
