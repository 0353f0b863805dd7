import { type Result, succeed } from '../shared/result.ts'
import { openTrainingEntrance } from './compose-entrance.ts'
import type { ComposeTrainingOptions, TrainingWorkstation } from './compose-training.ts'
import type { Workplace, WorkplaceServices } from './ipc/workplace.ts'

/**
 * The training workplace of the window: it opens by itself, the door first and the rest when the window is at rest.
 * @param options.atRest resolves when the window has shown its first page and asks nothing.
 */
export function composeTrainingWorkplace(
  options: Omit<ComposeTrainingOptions, 'front'> & { readonly atRest: Promise<void> },
): Workplace {
  const entrance = openTrainingEntrance(options)
  const training = openRest()
  const services = training.then((composed): Result<WorkplaceServices> => {
    if (!composed.ok) return composed
    const { close: _, ...services } = composed.value
    services.workstation.watch.start()
    return succeed(services)
  })

  async function openRest(): Promise<Result<TrainingWorkstation>> {
    const opened = await entrance
    if (!opened.ok) return opened
    await options.atRest
    const { composeTraining } = await import('./compose-training.ts')
    return composeTraining({ ...options, front: 'window', entrance: opened.value })
  }

  return {
    mode: 'training',
    needs: () => 'nothing',
    hasPersonalToken: () => false,
    entrance: () => entrance,
    services: () => services,
    whenOpen: () =>
      services.then((composed) => (composed.ok ? composed.value : new Promise<WorkplaceServices>(() => undefined))),
    async openVault(passphrase) {
      passphrase.fill(0)
      return succeed(undefined)
    },
    async close() {
      const composed = await training
      if (composed.ok) await composed.value.close()
    },
  }
}
