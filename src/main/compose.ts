import { createHash } from 'node:crypto'
import { type AuditEntry, isOpenState, requestStateAfter } from '../shared/domain/audit-event.ts'
import type { EnvelopeSettings } from '../shared/domain/envelope.ts'
import { type Result, succeed } from '../shared/result.ts'
import { createAuditBackups } from './adapters/audit-sqlite/backup/create-audit-backups.ts'
import { openAuditLog } from './adapters/audit-sqlite/open-audit-log.ts'
import { createSqliteAuditReview } from './adapters/audit-sqlite/review/create-sqlite-audit-review.ts'
import type { SqliteAuditLog } from './adapters/audit-sqlite/sqlite-audit-log.ts'
import { createSystemClock } from './adapters/clock/create-system-clock.ts'
import { createGuardedGateway } from './adapters/gateway-guard/create-guarded-gateway.ts'
import { createHpkePasswordSeal } from './adapters/hpke/create-hpke-password-seal.ts'
import { createPersonalKeys } from './adapters/keystore/create-personal-keys.ts'
import type { SpawnTokenProcess } from './adapters/keystore/token/token-protocol.ts'
import { createFileOutbox } from './adapters/outbox/create-file-outbox.ts'
import { createServiceKeeper } from './adapters/outbox/create-service-keeper.ts'
import { createFindSystemQueues } from './adapters/printing/find-system-queues.ts'
import { writeChosenFile } from './adapters/printing/write-chosen-file.ts'
import { createRegistrationXmlCodec } from './adapters/registration-xml/create-registration-xml-codec.ts'
import { createShepGateway } from './adapters/shep/create-shep-gateway.ts'
import type { VerificationEngine } from './adapters/verification/create-verification-engine.ts'
import { composeEntrance, type Entrance } from './compose-entrance.ts'
import type { composeLiveHealth as ComposeLiveHealthFunction } from './compose-health.ts'
import { keyStoreFor, personalToken } from './compose-key.ts'
import { composeTrust } from './compose-trust.ts'
import type { Accounts } from './ports/accounts.ts'
import type { AuditBackups } from './ports/audit-backups.ts'
import type { AuditLog } from './ports/audit-log.ts'
import type { AuditReview } from './ports/audit-review.ts'
import type { Clock } from './ports/clock.ts'
import type { DesktopQueues } from './ports/desktop-queues.ts'
import type { AgreementPage, RefusalNotePage, ShiftReportPage } from './ports/document-pages.ts'
import type { EnvelopePage, EnvelopePrinter } from './ports/envelope-printer.ts'
import type { GuardedGateway } from './ports/gateway.ts'
import type { HeadSigner } from './ports/head-signer.ts'
import type { PasswordSeal } from './ports/password-seal.ts'
import type { PersonalDataRetention } from './ports/personal-data-retention.ts'
import type { PersonalKeys, PersonVerifier } from './ports/personal-key.ts'
import type { RegistrationCodec } from './ports/registration-codec.ts'
import type { RequestOutbox } from './ports/request-outbox.ts'
import type { SecretVault } from './ports/secret-vault.ts'
import type { ServiceKeeper } from './ports/service-keeper.ts'
import type { SignatureVerifier } from './ports/signature-verifier.ts'
import type { Signer } from './ports/signer.ts'
import type { FindSystemQueues } from './ports/system-queues.ts'
import type { TreeHeads } from './ports/tree-heads.ts'
import { auditFile, backupsDir, openServiceFile, outboxDir } from './settings/data-folder.ts'
import type { WorkstationSettings } from './settings/workstation-settings.ts'
import { createApproveReprint } from './use-cases/approve-reprint.ts'
import { createCareForLog } from './use-cases/care-for-log.ts'
import { type LookAtHealth, lookAtArea } from './use-cases/check-health.ts'
import { type CheckRegistration, createCheckRegistration } from './use-cases/check-registration.ts'
import { createConcludeRegistration } from './use-cases/conclude-registration.ts'
import { type ConnectMobile, createConnectMobile } from './use-cases/connect-mobile.ts'
import { createDiscardEnvelope, type DiscardEnvelope } from './use-cases/discard-envelope.ts'
import { createGuardLog, type GuardLog } from './use-cases/guard-log.ts'
import { createIssueCredentials, type IssueCredentials } from './use-cases/issue-credentials.ts'
import { createReplyJudge } from './use-cases/judge-reply.ts'
import { type BeginShift, createKeepShift, type KeepShift } from './use-cases/keep-shift.ts'
import { createKeepTreeHeads, type KeepTreeHeads } from './use-cases/keep-tree-heads.ts'
import { createOpenServiceStore, keptService, type OpenServiceStore } from './use-cases/open-service.ts'
import { createPaperStates } from './use-cases/paper-states.ts'
import { createPendingEnvelopeStore } from './use-cases/pending-envelope.ts'
import { createPrintEnvelope, type PrintEnvelope } from './use-cases/print-envelope.ts'
import { createPrintRefusalNote, type PrintRefusalNote } from './use-cases/print-refusal-note.ts'
import { createPrintTestPage, type PrintTestPage } from './use-cases/print-test-page.ts'
import { createProvePerson, type ProvePerson } from './use-cases/prove-person.ts'
import { createRecoverOpenRequests, type RecoverOpenRequests } from './use-cases/recover-open-requests.ts'
import { createRegistrationExchange } from './use-cases/registration-exchange.ts'
import { createReportShift } from './use-cases/report-shift.ts'
import { createResolveRequest, type ResolveRequest } from './use-cases/resolve-request.ts'
import { createReviewAudit, type ReviewAudit } from './use-cases/review-audit.ts'
import { createServeCitizen, type ServeCitizen } from './use-cases/serve-citizen.ts'
import { createServicesInProgress } from './use-cases/services-in-progress.ts'
import type { SignIn } from './use-cases/sign-in.ts'
import { createSignInChallenges } from './use-cases/sign-in-challenge.ts'
import { createUnlockKey, type UnlockKey } from './use-cases/unlock-key.ts'
import { createWatchWorkstation, type WatchWorkstation, type WorkstationStatus } from './use-cases/watch-workstation.ts'

/** Everything outside, behind ports. */
export interface WorkstationPorts {
  readonly audit: AuditLog
  readonly clock: Clock
  readonly codec: RegistrationCodec
  readonly gateway: GuardedGateway
  readonly backups: AuditBackups
  readonly heads: TreeHeads
  readonly retention: PersonalDataRetention
  readonly headSigner: HeadSigner
  readonly outbox: RequestOutbox
  readonly keeper: ServiceKeeper
  readonly page: EnvelopePage
  readonly printer: EnvelopePrinter
  readonly findSystemQueues: FindSystemQueues
  /** The same printer for pages without a secret, which are A4 whatever the envelope is. */
  readonly documentPrinter: EnvelopePrinter
  readonly agreementPage: AgreementPage
  readonly refusalNotePage: RefusalNotePage
  readonly seal: PasswordSeal
  readonly signer: Signer
  readonly vault: SecretVault
  /** Judges the keys of people who sign in. */
  readonly people: PersonVerifier
  readonly personalKeys: PersonalKeys
  readonly verifier: SignatureVerifier & Pick<VerificationEngine, 'judgeSigner'>
  /** Reads the log for supervisors, beside `audit`, which writes it. */
  readonly review: AuditReview
  readonly shiftReportPage: ShiftReportPage
}

export interface ComposePortsOptions {
  readonly settings: WorkstationSettings
  readonly dataDir: string
  readonly resourcesDir: string
  readonly printer: EnvelopePrinter
  /** For pages without a secret; the envelope's printer where none is given. */
  readonly documentPrinter?: EnvelopePrinter
  /** Being opened: its key derivation runs beside everything else of a start. */
  readonly vault: Promise<Result<SecretVault>>
  /** The folder's log where the entrance has opened it already. */
  readonly log?: SqliteAuditLog
  /** How a token's driver gets a process of its own; a child of Node unless told otherwise. */
  readonly spawnTokenProcess?: SpawnTokenProcess
  /** The queues that only the desktop reaches, where it is there and keeps no trace of a page. */
  readonly desktopQueues?: DesktopQueues
  /** A better-sqlite3 binary other than the shipped one, for a runtime that cannot load it. */
  readonly nativeBinding?: string
}

/** Opens every adapter. Failures: `vault.*`, `audit.*`. */
export async function composePorts(options: ComposePortsOptions): Promise<Result<WorkstationPorts>> {
  const { settings, dataDir } = options
  const clock = createSystemClock()
  const trust = composeTrust({
    settings,
    dataDir,
    keyStore: keyStoreFor(settings.key, options.spawnTokenProcess),
    clock,
  })
  const vault = await options.vault
  if (!vault.ok) {
    await trust.verifier.close()
    return vault
  }
  const audit =
    options.log === undefined
      ? openAuditLog({
          file: auditFile(dataDir),
          workstation: settings.workstation,
          vault: vault.value,
          clock,
          ...(options.nativeBinding === undefined ? {} : { nativeBinding: options.nativeBinding }),
        })
      : succeed(options.log)
  if (!audit.ok) {
    vault.value.close()
    await trust.verifier.close()
    return audit
  }
  return succeed({
    audit: audit.value,
    backups: createAuditBackups({
      file: auditFile(dataDir),
      folder: settings.audit.backupFolder ?? backupsDir(dataDir),
      keep: settings.audit.backupsKept,
      ...(options.nativeBinding === undefined ? {} : { nativeBinding: options.nativeBinding }),
    }),
    heads: audit.value.heads,
    retention: audit.value.retention,
    headSigner: trust.signer,
    clock,
    codec: createRegistrationXmlCodec(),
    gateway: createGuardedGateway({
      gateway: createShepGateway({
        ...settings.gateway,
        ...(trust.envelopeSecurity && { security: trust.envelopeSecurity }),
      }),
      clock,
      deadlineMs: settings.gateway.deadlineMs,
    }),
    keeper: createServiceKeeper({ file: openServiceFile(dataDir), vault: vault.value }),
    outbox: createFileOutbox({ folder: outboxDir(dataDir), vault: vault.value }),
    page: createPageWhenNeeded({ resourcesDir: options.resourcesDir, clock, settings: settings.envelope }),
    printer: options.printer,
    findSystemQueues: createFindSystemQueues(options),
    documentPrinter: options.documentPrinter ?? options.printer,
    agreementPage: createAgreementWhenNeeded(options.resourcesDir),
    refusalNotePage: createRefusalNoteWhenNeeded(options.resourcesDir),
    shiftReportPage: createShiftReportWhenNeeded(options.resourcesDir),
    review: createSqliteAuditReview({
      file: auditFile(dataDir),
      vault: vault.value,
      ...(options.nativeBinding === undefined ? {} : { nativeBinding: options.nativeBinding }),
    }),
    seal: createHpkePasswordSeal(),
    signer: trust.signer,
    vault: vault.value,
    verifier: trust.verifier,
    people: trust.verifier,
    personalKeys: createPersonalKeys({
      clock,
      tagOf: (key) => vault.value.mac(Buffer.from(key), 'sign-in').toString('hex', 0, 16),
      ...personalToken(settings.key, options.spawnTokenProcess),
    }),
  })
}

/** What the window and the console can do. */
export interface Workstation {
  readonly checkRegistration: CheckRegistration
  readonly issueCredentials: IssueCredentials
  /** The same at the counter, with what comes before and after it. */
  readonly serveCitizen: ServeCitizen
  readonly connectMobile: ConnectMobile
  readonly refusalNote: PrintRefusalNote
  readonly printEnvelope: PrintEnvelope
  readonly printTestPage: PrintTestPage
  readonly findSystemQueues: FindSystemQueues
  readonly discardEnvelope: DiscardEnvelope
  readonly recovery: RecoverOpenRequests
  readonly resolveRequest: ResolveRequest
  readonly reviewAudit: ReviewAudit
  /** Stops the service over a log that was found broken. */
  readonly guardLog: GuardLog
  readonly watch: WatchWorkstation
  /** Looks at one part of the workstation, for its administrator. */
  readonly lookAtHealth: LookAtHealth
  readonly audit: AuditLog
  /** Heads of the log: kept and signed by themselves; at the end of a shift one is asked for. */
  readonly heads: KeepTreeHeads
  readonly settings: WorkstationSettings
  readonly unlock: UnlockKey
  readonly signIn: SignIn
  readonly personalKeys: PersonalKeys
  readonly provePerson: ProvePerson
  readonly beginShift: BeginShift
  readonly shift: KeepShift
  /** Wipes what is secret, records the end, closes everything; waits until every thread has ended. */
  close(): Promise<void>
}

const nobody: Accounts = { authenticate: async () => undefined, findByIin: () => undefined }

/**
 * Wires the use cases by hand; the start is recorded, unless the entrance did. Failure: `audit.write-failed`, and then
 * nothing may happen.
 * @param accounts who may sign in and approve a reprint; the console has none.
 * @param entrance the door of this folder, where it is open already.
 * @param onEnvelopeExpired an envelope's password was wiped because its time was over.
 */
export function composeWorkstation(options: {
  readonly ports: WorkstationPorts
  readonly settings: WorkstationSettings
  readonly dataDir: string
  readonly accounts?: Accounts
  readonly entrance?: Entrance
  readonly front: 'window' | 'console'
  readonly onStatus: (status: WorkstationStatus) => void
  readonly onEnvelopeExpired: (requestId: string) => void
}): Result<Workstation> {
  const { settings } = options
  const { clock, signer, gateway } = options.ports
  const keepHeads = createKeepTreeHeads({ heads: options.ports.heads, signer: options.ports.headSigner, clock })
  const { outbox } = options.ports
  const entrance =
    options.entrance === undefined
      ? composeEntrance({ ...options.ports, accounts: options.accounts ?? nobody, front: options.front })
      : succeed(options.entrance)
  if (!entrance.ok) return entrance
  const { audit, signIn } = entrance.value
  const ports = { ...options.ports, audit }
  const inProgress = createServicesInProgress()
  const papers = createPaperStates()
  const envelopes = createPendingEnvelopeStore({
    clock,
    onExpired({ requestId, operatorLogin }) {
      const onPaper = papers.of(requestId) !== undefined
      audit.append({
        event: onPaper ? 'envelope.wiped' : 'envelope.discarded',
        actor: operatorLogin,
        requestId,
        operation: 'RegisterUser',
        outcome: 'expired',
      })
      // A sheet that is out, or may be, still waits for the operator's word.
      if (!onPaper) inProgress.end(requestId)
      options.onEnvelopeExpired(requestId)
    },
  })
  const judge = createReplyJudge({
    ...ports,
    portalCertificates: new Set(settings.trust.portalCertificates.map(sha256Hex)),
  })
  const recovery = createRecoverOpenRequests({ audit, inProgress, outbox })
  const conclude = createConcludeRegistration({
    delivery: settings.delivery,
    audit,
    envelopes,
    onIssued: recovery.supersede,
  })
  const guardLog = createGuardLog({ audit, onChange: () => options.onStatus(watch.current()) })
  const exchange = createRegistrationExchange({
    ...ports,
    stopped: guardLog.refusal,
    judge,
    workstation: settings.workstation,
    treeHead: ports.heads.current,
    onClockOffset: (offsetMs) => watch.clockOffset(offsetMs),
  })
  const discardEnvelope = createDiscardEnvelope({ audit, envelopes, papers, inProgress })
  const watch = createWatchWorkstation({
    mode: settings.mode,
    gateway,
    gatewayHost: new URL(settings.gateway.url).host,
    signer,
    audit,
    printer: ports.printer,
    clock,
    guardLog,
    onChange: options.onStatus,
  })
  const services = createOpenServiceStore({
    onChange(open) {
      const kept = open === undefined ? undefined : keptService(open, clock.now())
      if (kept === undefined) ports.keeper.forget()
      else ports.keeper.keep(kept)
    },
  })
  entrance.value.follow((seq, entry) => {
    watch.rowsAdded()
    keepHeads.rowAdded(seq)
    forgetSettled({ outbox, keeper: ports.keeper, services }, entry)
  })
  keepHeads.start()
  outbox.sweep(new Set(audit.openRequests().map(({ requestId }) => requestId)))
  const care = createCareForLog({ ...ports, personalDataMonths: settings.audit.personalDataMonths })
  care.start()

  const issueCredentials = createIssueCredentials({
    ...ports,
    exchange,
    conclude,
    delivery: settings.delivery,
    envelopes,
    discardEnvelope,
    inProgress,
  })

  return succeed({
    checkRegistration: createCheckRegistration({ exchange, audit, clock }),
    issueCredentials,
    serveCitizen: createServeCitizen({
      ...ports,
      services,
      envelopes,
      papers,
      steps: settings.steps,
      issueCredentials,
      printer: ports.documentPrinter,
      workstation: settings.workstation,
      training: settings.mode === 'training',
    }),
    resolveRequest: createResolveRequest({
      ...ports,
      exchange,
      judge,
      conclude,
      recovery,
      envelopes,
      papers,
      discardEnvelope,
      inProgress,
      requestStatus: settings.requestStatus,
    }),
    refusalNote: createPrintRefusalNote({
      ...ports,
      page: ports.refusalNotePage,
      printer: ports.documentPrinter,
      workstation: settings.workstation,
      training: settings.mode === 'training',
    }),
    connectMobile: createConnectMobile({
      exchange,
      services,
      audit,
      inProgress,
      monotonicMs: () => clock.monotonicMs(),
    }),
    printEnvelope: createPrintEnvelope({
      ...ports,
      envelopes,
      papers,
      approveReprint: createApproveReprint({ ...signIn, audit }),
      inProgress,
      portalUrl: settings.portalUrl,
      training: settings.mode === 'training',
    }),
    printTestPage: createPrintTestPage({ ...ports, portalUrl: settings.portalUrl }),
    findSystemQueues: ports.findSystemQueues,
    discardEnvelope,
    recovery,
    reviewAudit: createReviewAudit({
      audit,
      review: ports.review,
      reportShift: createReportShift({
        ...ports,
        page: ports.shiftReportPage,
        writeFile: writeChosenFile,
        workstation: settings.workstation,
        training: settings.mode === 'training',
        chainState: () => watch.current().journal.state,
      }),
    }),
    guardLog,
    watch,
    lookAtHealth: lookWhenAsked({ ports, settings, dataDir: options.dataDir, watch }),
    audit,
    settings,
    heads: keepHeads,
    unlock: createUnlockKey({ signer, audit, onUnlocked: () => void keepHeads.signPending() }),
    signIn,
    personalKeys: ports.personalKeys,
    provePerson: createProvePerson({
      ...ports,
      challenges: createSignInChallenges({ clock, workstation: settings.workstation }),
    }),
    beginShift: entrance.value.beginShift,
    shift: createKeepShift({ audit, heads: keepHeads }),
    async close() {
      watch.stop()
      discardEnvelope({ operator: { login: 'system', role: 'system' } })
      audit.append({ event: 'app.stopped', actor: 'system', role: 'system', details: { front: options.front } })
      care.stop()
      await keepHeads.close()
      signer.lock()
      gateway.close()
      const closing = [ports.verifier.close(), ports.review.close(), ports.backups.close(), audit.close()]
      ports.vault.close()
      await Promise.all(closing)
    },
  })
}

/** Loaded at the first question: nobody but an administrator asks. */
function lookWhenAsked(options: Parameters<typeof ComposeLiveHealthFunction>[0]): LookAtHealth {
  return async (area) => {
    const { composeLiveHealth } = await import('./compose-health.ts')
    return lookAtArea(area, composeLiveHealth(options)[area])
  }
}

const PAGE_WARM_UP_MS = 2_000

/** Fonts and the PDF library are a good part of a start and are needed only at the first envelope: they load after it. */
function createPageWhenNeeded(options: {
  readonly resourcesDir: string
  readonly clock: Clock
  readonly settings: EnvelopeSettings
}): EnvelopePage {
  let page: Promise<EnvelopePage> | undefined
  const load = async (): Promise<EnvelopePage> => {
    const { loadEnvelopePage } = await import('./adapters/envelope-pdf/load-envelope-page.ts')
    return loadEnvelopePage(options)
  }
  const loaded = (): Promise<EnvelopePage> => {
    page ??= load()
    return page
  }
  options.clock.after(PAGE_WARM_UP_MS, () => void loaded())
  return { render: async (content) => (await loaded()).render(content) }
}

function createAgreementWhenNeeded(resourcesDir: string): AgreementPage {
  let page: Promise<AgreementPage> | undefined
  const load = async (): Promise<AgreementPage> => {
    const [{ createAgreementPage }, { loadEnvelopeFonts }] = await Promise.all([
      import('./adapters/envelope-pdf/create-agreement-page.ts'),
      import('./adapters/envelope-pdf/load-envelope-fonts.ts'),
    ])
    return createAgreementPage({ fonts: await loadEnvelopeFonts(resourcesDir) })
  }
  return {
    async render(agreement) {
      page ??= load()
      return (await page).render(agreement)
    },
  }
}

function createRefusalNoteWhenNeeded(resourcesDir: string): RefusalNotePage {
  return {
    async render(note) {
      const [{ createRefusalNotePage }, { loadEnvelopeFonts }] = await Promise.all([
        import('./adapters/envelope-pdf/create-refusal-note-page.ts'),
        import('./adapters/envelope-pdf/load-envelope-fonts.ts'),
      ])
      return createRefusalNotePage({ fonts: await loadEnvelopeFonts(resourcesDir) }).render(note)
    },
  }
}

function createShiftReportWhenNeeded(resourcesDir: string): ShiftReportPage {
  return {
    async render(report, language) {
      const [{ createShiftReportPage }, { loadEnvelopeFonts }] = await Promise.all([
        import('./adapters/envelope-pdf/create-shift-report-page.ts'),
        import('./adapters/envelope-pdf/load-envelope-fonts.ts'),
      ])
      return createShiftReportPage({ fonts: await loadEnvelopeFonts(resourcesDir) }).render(report, language)
    },
  }
}

/** What was kept of a request goes once the log has its end. */
function forgetSettled(
  where: { readonly outbox: RequestOutbox; readonly keeper: ServiceKeeper; readonly services: OpenServiceStore },
  { event, operation, requestId }: AuditEntry,
): void {
  if (operation !== 'RegisterUser' || requestId === undefined) return
  const state = requestStateAfter(event)
  if (state === undefined || state === 'prepared' || isOpenState(state)) return
  where.outbox.forget(requestId)
  // What is kept of its service waits for nothing any more.
  const open = where.services.current()
  const isOver = open === undefined ? where.keeper.find()?.requested === true : open.issued?.requestId === requestId
  if (isOver) where.keeper.forget()
}

function sha256Hex(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex')
}
