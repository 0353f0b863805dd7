import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { refusalAdvice } from '../../../shared/contract/refusal-texts.ts'
import { useArm } from '../../arm-context.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useI18n } from '../../i18n/i18n-context.ts'
import { useLeaveGuard } from '../../shell/leave-guard.tsx'
import type { WorkstationStatus } from '../../shell/use-workstation-status.ts'
import { TrainingBar } from '../../training/training-bar.tsx'
import { IinForm } from './iin-form.tsx'
import { InterruptedNotice } from './interrupted-notice.tsx'
import { createIssueController } from './issue-controller.ts'
import { isAccountKnown, isIinProblem, leaveCost, type Problem, type Stage } from './issue-flow.ts'
import { IssueProgress } from './issue-progress.tsx'
import { PersonCard } from './person-card.tsx'
import { PrintedDialog } from './printed-dialog.tsx'
import { PrinterNotice } from './printer-notice.tsx'
import { RecoveryNotice } from './recovery-notice.tsx'
import { RefusalAlert } from './refusal-alert.tsx'
import { ScanNotice } from './scan-notice.tsx'
import { ServiceStepper } from './service-stepper.tsx'
import { AgreementPanel } from './stages/agreement-panel.tsx'
import { DocumentPanel } from './stages/document-panel.tsx'
import { DonePanel } from './stages/done-panel.tsx'
import { IssuedPanel } from './stages/issued-panel.tsx'
import { MgovDonePanel } from './stages/mgov-done-panel.tsx'
import { MobilePanel } from './stages/mobile-panel.tsx'
import { NotReceivedPanel } from './stages/not-received-panel.tsx'
import { PrintUnknownPanel } from './stages/print-unknown-panel.tsx'
import { ReadyPanel } from './stages/ready-panel.tsx'
import { RefusedPanel } from './stages/refused-panel.tsx'
import { RegisteredPanel } from './stages/registered-panel.tsx'
import { UnknownPanel } from './stages/unknown-panel.tsx'
import { useAskedSteps } from './use-asked-steps.ts'
import { useDocumentScan } from './use-document-scan.ts'

/**
 * One citizen on the page; the next action has the focus, so that the service goes on with Enter. Where the service
 * stops, the reason stands above the citizen's data; where it goes on, the next step stands below them.
 */
export function IssuePage({
  printer,
  training = false,
}: {
  printer?: WorkstationStatus['printer'] | undefined
  /** Shows what only learners need. */
  training?: boolean
}) {
  const arm = useArm()
  const { t } = useI18n()
  const [controller] = useState(() => createIssueController({ client: arm, now: () => new Date() }))
  useEffect(() => controller.connect(), [controller])
  const state = useSyncExternalStore(controller.subscribe, controller.state)
  const guard = useMemo(
    () => ({ cost: () => leaveCost(controller.state().stage), giveUp: () => controller.discard() }),
    [controller],
  )
  useLeaveGuard(guard)
  const content = useRef<HTMLDivElement>(null)
  const { stage } = state
  /** From the first citizen on, an open request that stays open waits in its place. */
  const begun = useRef(false)
  if (stage.name !== 'entry') begun.current = true
  useNextActionFocus(content, state.interrupted === undefined ? placeOf(stage) : 'interrupted')
  const check = useCallback(() => controller.check(), [controller])
  const next = useCallback(() => controller.nextCitizen(), [controller])
  const focusIin = useCallback(() => content.current?.querySelector<HTMLElement>('#iin')?.focus(), [])
  const asked = useAskedSteps()
  const scanRefusal = useDocumentScan({ controller, state, onFilled: focusIin })

  return (
    <div className="page issue-page" ref={content}>
      <h1 className="visually-hidden">{t('issue.title')}</h1>
      <ServiceStepper state={state} asked={asked} />
      <IinForm
        state={state}
        onType={controller.typeIin}
        onConfirmWarnings={controller.confirmWarnings}
        onCheck={check}
      />
      {scanRefusal !== undefined && <ScanNotice refusal={scanRefusal} />}
      {stage.name === 'entry' && stage.problem !== undefined && !isIinProblem(stage.problem) && (
        <CheckProblem problem={stage.problem} />
      )}
      {stage.name === 'entry' && printer !== undefined && <PrinterNotice printer={printer} />}
      {stage.name === 'entry' && state.interrupted !== undefined && (
        <InterruptedNotice
          service={state.interrupted}
          onResume={() => controller.resume()}
          onEnd={() => controller.endInterrupted()}
        />
      )}
      {stage.name === 'entry' && (
        <RecoveryNotice
          takesFocus={!begun.current && state.interrupted === undefined}
          onResolve={controller.resolve}
          onAcknowledged={() => focusNextAction(content.current)}
        />
      )}
      {stage.name === 'registered' && (
        <RegisteredPanel
          stage={stage}
          onReissue={(reason) => controller.issue(reason)}
          onMgov={() => controller.connectOnly()}
          onNext={next}
        />
      )}
      {stage.name === 'refused' && <RefusedPanel stage={stage} onNext={next} />}
      {stage.name === 'unknown' && (
        <UnknownPanel stage={stage} onResolve={controller.resolve} onRecheck={check} onNext={next} />
      )}
      {stage.name === 'not-received' && (
        <NotReceivedPanel stage={stage} onRepeat={controller.repeat} onLeave={controller.leaveUnsent} />
      )}
      {'check' in stage && <PersonCard check={stage.check} accountKnown={isAccountKnown(stage)} />}
      <IssueProgress stage={stage} />
      {stage.name === 'document' && (
        <DocumentPanel
          stage={stage}
          scanned={state.scanned}
          mgovOnly={state.done.request === 'skipped'}
          onDocument={(document, scanned) => controller.recordDocument(document, scanned)}
          onNext={next}
        />
      )}
      {stage.name === 'agreement' && (
        <AgreementPanel
          stage={stage}
          mgovOnly={state.done.request === 'skipped'}
          onPrint={() => controller.printAgreement()}
          onCancel={() => controller.cancelPrint()}
          onFound={() => controller.agreementFound()}
          onSigned={() => controller.agreementSigned()}
          onSkip={() => controller.skipAgreement('paper-form')}
          onNext={next}
        />
      )}
      {stage.name === 'ready' && <ReadyPanel stage={stage} onSend={() => controller.issue()} onNext={next} />}
      {(stage.name === 'mobile' || stage.name === 'code') && (
        <MobilePanel
          stage={stage}
          onNumber={(number) => controller.connectMobile(number)}
          onCode={(code) => controller.confirmCode(code)}
          onOtherNumber={() => controller.otherNumber()}
          onSkip={(reason) => controller.skipMgov(reason)}
        />
      )}
      {stage.name === 'mgov-done' && <MgovDonePanel stage={stage} onNext={next} />}
      {(stage.name === 'issued' || stage.name === 'printing') && (
        <IssuedPanel
          stage={stage}
          mgov={state.done.mgov}
          onPrint={() => controller.print()}
          onCancel={() => controller.cancelPrint()}
        />
      )}
      {stage.name === 'print-unknown' && (
        <PrintUnknownPanel
          stage={stage}
          onFound={() => controller.found()}
          onReprint={(approval) => controller.reprint(approval)}
          onGiveUp={() => controller.giveUp()}
        />
      )}
      {(stage.name === 'printed' || stage.name === 'confirming') && (
        <PrintedDialog
          stage={stage}
          onAnswer={(handed) => controller.confirm(handed)}
          onReprint={(approval) => controller.reprint(approval)}
        />
      )}
      {stage.name === 'done' && <DonePanel stage={stage} onRecheck={check} onNext={next} />}
      {training && <TrainingBar controller={controller} onFilled={focusIin} />}
    </div>
  )
}

/** Places in which nothing is to be pressed, or in which the focus already is where it belongs. */
const FOCUS_STAYS: ReadonlySet<string> = new Set(['checking', 'printing', 'printed', 'confirming'])

/** The part of the service that has the page: the agreement has a next action of its own for each state of its paper. */
function placeOf(stage: Stage): string {
  return stage.name === 'agreement' ? `agreement ${stage.paper}` : stage.name
}

/** After each step the focus goes to what comes next: an element marked `data-next-action`. */
function useNextActionFocus(content: { readonly current: HTMLElement | null }, place: string): void {
  useEffect(() => {
    if (FOCUS_STAYS.has(place)) return
    focusNextAction(content.current)
  }, [content, place])
}

function focusNextAction(content: HTMLElement | null): void {
  content?.querySelector<HTMLElement>('[data-next-action]')?.focus()
}

/** The check ended without the register's data: nobody answered, or the portal refused the request itself. */
function CheckProblem({ problem }: { problem: Problem }) {
  const { t } = useI18n()
  const advice = refusalAdvice(problem.failure.code)
  if (advice !== undefined) return <RefusalAlert problem={problem} advice={advice} />
  const isOfRequest = problem.failure.code.startsWith('recovery.')
  return <FailureAlert title={t(isOfRequest ? 'issue.failed.resolve' : 'issue.failed.check')} {...problem} />
}
