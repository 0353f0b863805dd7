import { GraduationCap, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { type TrainingSwitch, trainingSwitchNames } from '../../shared/domain/training.ts'
import { FailureAlert } from '../components/failure-alert.tsx'
import { StateMark } from '../components/state-mark.tsx'
import { useI18n } from '../i18n/i18n-context.ts'
import type { IssueController } from '../pages/issue/issue-controller.ts'
import { choosePeople } from './choose-people.ts'
import { madeUpDocument } from './made-up-document.ts'
import { trainingTasks } from './training-tasks.ts'
import { type TrainingDesk, useTrainingDesk, useTrainingTasks } from './use-training.ts'

interface TrainingBarProps {
  controller: IssueController
  /** The ИИН was filled from the list: the focus belongs there. */
  onFilled: () => void
}

/** Training mode alone: made-up people, what can go wrong, tasks that check themselves. F2 opens and closes it. */
export function TrainingBar({ controller, onFilled }: TrainingBarProps) {
  const { t } = useI18n()
  const desk = useTrainingDesk()
  const { done, latest } = useTrainingTasks(controller)
  const [isOpen, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const { refresh } = desk
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.code !== 'F2' || event.ctrlKey || event.altKey || event.shiftKey || event.metaKey) return
      event.preventDefault()
      if (!event.repeat) setOpen((now) => !now)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  useEffect(() => {
    if (!isOpen) return
    setBusy(false)
    refresh()
  }, [isOpen, refresh])
  const pick = (iin: string) => {
    if (!controller.scanIin(iin, madeUpDocument(iin))) {
      setBusy(true)
      return
    }
    setOpen(false)
    // The drawer first gives the focus back to where it came from.
    requestAnimationFrame(() => requestAnimationFrame(onFilled))
  }
  return (
    <aside className="training-bar" aria-label={t('training.title')}>
      <Button className="button button-secondary" onPress={() => setOpen(true)}>
        <GraduationCap aria-hidden="true" />
        {t('training.open')} <kbd>F2</kbd>
      </Button>
      <span className="quiet">{t('training.open.tasks', { done: done.size, all: trainingTasks.length })}</span>
      {desk.position !== null && <StateMark tone="warning">{t(`training.switch.${desk.position}`)}</StateMark>}
      <span role="status">
        {latest !== undefined && (
          <StateMark tone="good">{t('training.completed', { task: t(`training.task.${latest}`) })}</StateMark>
        )}
      </span>
      <ModalOverlay className="drawer-overlay" isOpen={isOpen} onOpenChange={setOpen} isDismissable>
        <Modal className="drawer-modal">
          <Dialog className="drawer">
            <header className="drawer-header">
              <Heading slot="title" className="dialog-title" level={1}>
                {t('training.title')}
              </Heading>
              <Button className="drawer-close" aria-label={t('training.close')} onPress={() => setOpen(false)}>
                <X aria-hidden="true" />
              </Button>
            </header>
            {desk.failure !== undefined && <FailureAlert title={t('training.failed')} failure={desk.failure} />}
            {busy && (
              <p className="field-error" role="alert">
                {t('training.people.busy')}
              </p>
            )}
            <Messages desk={desk} />
            <Switches desk={desk} />
            <section className="training-group">
              <h2>{t('training.tasks')}</h2>
              <ol className="training-tasks">
                {trainingTasks.map((task) => (
                  <li key={task}>
                    {t(`training.task.${task}`)}{' '}
                    <StateMark tone={done.has(task) ? 'good' : 'neutral'}>
                      {t(done.has(task) ? 'training.tasks.done' : 'training.tasks.open')}
                    </StateMark>
                  </li>
                ))}
              </ol>
            </section>
            <People desk={desk} onPick={pick} />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </aside>
  )
}

/** The citizen's telephone, which a learner has not: the newest code stands first. */
function Messages({ desk }: { desk: TrainingDesk }) {
  const { t } = useI18n()
  if (desk.sms.length === 0) return null
  return (
    <section className="training-group">
      <h2>{t('training.sms')}</h2>
      <ul className="training-sms">
        {desk.sms.slice(0, 3).map(({ number, at, text }) => (
          <li key={`${number} ${at}`}>
            <code>{number}</code> <span lang="ru">{text}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Switches({ desk }: { desk: TrainingDesk }) {
  const { t } = useI18n()
  const positions: readonly (TrainingSwitch | null)[] = [null, ...trainingSwitchNames]
  return (
    <fieldset className="training-group">
      <legend>{t('training.switch')}</legend>
      {positions.map((position) => (
        <label key={position} className="training-switch">
          <input
            type="radio"
            name="training-switch"
            checked={desk.position === position}
            onChange={() => desk.turn(position)}
          />
          {t(`training.switch.${position ?? 'none'}`)}
        </label>
      ))}
      <p className="quiet" role="status">
        {t(`training.switch.${desk.position ?? 'none'}.advice`)}
      </p>
    </fieldset>
  )
}

function People({ desk, onPick }: { desk: TrainingDesk; onPick: (iin: string) => void }) {
  const { t } = useI18n()
  return (
    <section className="training-group">
      <h2>{t('training.people')}</h2>
      <p className="quiet">{t('training.people.hint')}</p>
      {(['issued', 'registered', 'refused'] as const).map((outcome) => (
        <div key={outcome} className="training-people">
          <h3>{t(`training.people.${outcome}`)}</h3>
          <ul>
            {choosePeople(desk.people, outcome).map(({ iin, name, message }) => (
              <li key={iin}>
                <Button className="training-person" onPress={() => onPick(iin)}>
                  <span>{name}</span> <code>{iin}</code>
                  {message !== undefined && (
                    <span className="quiet" lang="ru">
                      {message}
                    </span>
                  )}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
