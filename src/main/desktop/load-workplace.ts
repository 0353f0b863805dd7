import type { Workplace } from '../ipc/workplace.ts'
import type { WorkstationStatus } from '../use-cases/watch-workstation.ts'
import { createDesktopQueues } from './desktop-queues.ts'
import type { FirstRest } from './first-rest.ts'
import type { LaunchOptions } from './launch-options.ts'
import type { MainWindow } from './main-window.ts'
import { spawnUtilityTokenProcess } from './utility-token-process.ts'

/**
 * The workplace of this start. Most of the bundle is behind it, so it is loaded beside the window's painting, and what
 * the window asks first is answered without it.
 */
export function loadWorkplace(launch: LaunchOptions, window: MainWindow, rest: FirstRest): Workplace {
  const mode = launch.settingsFile === undefined ? 'training' : 'real'
  let loaded: Workplace | undefined
  const loading = load(launch, window, rest).then((workplace) => {
    loaded = workplace
    return workplace
  })
  return {
    mode,
    needs: () => loaded?.needs() ?? (mode === 'training' ? 'nothing' : 'vault-passphrase'),
    hasPersonalToken: () => loaded?.hasPersonalToken() ?? false,
    entrance: async () => (await loading).entrance(),
    services: async () => (await loading).services(),
    whenOpen: async () => (await loading).whenOpen(),
    openVault: async (passphrase) => (await loading).openVault(passphrase),
    async close() {
      rest.now()
      await (await loading).close()
    },
  }
}

async function load(launch: LaunchOptions, window: MainWindow, rest: FirstRest): Promise<Workplace> {
  const { settingsFile, ...place } = launch
  const options = {
    ...place,
    onStatus: (status: WorkstationStatus) => window.notify('workstation.status', status),
    onEnvelopeExpired: (requestId: string) => window.notify('envelope.expired', { requestId }),
  }
  if (settingsFile !== undefined) {
    const { composeReal } = await import('../compose-real.ts')
    return composeReal({
      ...options,
      settingsFile,
      spawnTokenProcess: spawnUtilityTokenProcess,
      ...(printsFromMemory() ? { desktopQueues: createDesktopQueues({ browser: window.browser }) } : {}),
    })
  }
  const { composeTrainingWorkplace } = await import('../compose-training-workplace.ts')
  return composeTrainingWorkplace({ ...options, atRest: rest.reached })
}

/** Chromium's printing on Linux writes the page into a temporary file; there CUPS takes it over IPP, from memory. */
function printsFromMemory(): boolean {
  return process.platform === 'win32'
}
