import path from 'node:path'
import { app, session as electronSession, ipcMain, Menu } from 'electron'
import { type Result, succeed } from '../../shared/result.ts'
import type { TrainingWorkstation } from '../compose-training.ts'
import { createHandlers, type HandlerServices } from '../ipc/create-handlers.ts'
import { registerChannels } from '../ipc/register.ts'
import { createSession } from '../ipc/session.ts'
import { createSignIn } from '../use-cases/sign-in.ts'
import { registerAppScheme, serveApp } from './app-protocol.ts'
import { createChooseFile } from './choose-file.ts'
import { hardenApp, hardenSession } from './harden.ts'
import { type LaunchOptions, readLaunchOptions } from './launch-options.ts'
import { type MainWindow, openMainWindow } from './main-window.ts'

/** The start order, and nothing else: harden, open the window, and open the adapters while it renders. */
export function startDesktop(): void {
  const launch = readLaunchOptions()
  if (process.argv.includes('--self-test')) {
    void app.whenReady().then(() => selfTest(launch))
    return
  }
  app.setPath('userData', path.join(launch.dataDir, 'window'))
  if (!app.requestSingleInstanceLock()) {
    app.exit(0)
    return
  }
  hardenApp()
  registerAppScheme()
  Menu.setApplicationMenu(null)
  app.on('window-all-closed', () => app.quit())
  void app.whenReady().then(() => openWorkplace(launch))
}

/** Tests the cryptography of this very runtime, without a window: its library is not the one outside. */
async function selfTest({ resourcesDir }: LaunchOptions): Promise<void> {
  const { selfTestCommand } = await import('../console/self-test-command.ts')
  const code = await selfTestCommand({ resourcesDir, json: true })
  process.stdout.write('', () => app.exit(code))
}

function openWorkplace(launch: LaunchOptions): void {
  hardenSession(electronSession.defaultSession)
  const bundle = path.join(app.getAppPath(), 'out')
  serveApp(path.join(bundle, 'renderer'))
  const window = openMainWindow({
    preload: path.join(bundle, 'preload', 'index.cjs'),
    icon: path.join(launch.resourcesDir, 'icons', 'arm-tson.png'),
  })
  app.on('second-instance', () => window.focus())

  const session = createSession()
  const training = compose(launch, window)
  const services = training.then(toServices)
  const withWorkstation = (use: (workstation: TrainingWorkstation['workstation']) => void): void =>
    void training.then((composed) => composed.ok && use(composed.value.workstation))
  withWorkstation(({ watch }) => watch.start())
  registerChannels({
    handle: (channel, listener) => ipcMain.handle(channel, listener),
    isTrusted: (event: Electron.IpcMainInvokeEvent) => window.isSender(event),
    session,
    handlers: createHandlers({
      services,
      session,
      mode: 'training',
      notify: window.notify,
      chooseFile: createChooseFile(window.browser),
    }),
    recordRefusal: (entry) => withWorkstation(({ audit }) => void audit.append(entry)),
  })
  closeBeforeQuit(training)
}

async function compose(launch: LaunchOptions, window: MainWindow): Promise<Result<TrainingWorkstation>> {
  // Loaded here: most of the bundle is behind it, and the window need not wait for that.
  const { composeTraining } = await import('../compose-training.ts')
  return composeTraining({
    ...launch,
    front: 'window',
    onStatus: (status) => window.notify('workstation.status', status),
    onEnvelopeExpired: (requestId) => window.notify('envelope.expired', { requestId }),
  })
}

function toServices(composed: Result<TrainingWorkstation>): Result<HandlerServices> {
  if (!composed.ok) return composed
  const { workstation, accounts } = composed.value
  return succeed({ workstation, signIn: createSignIn({ accounts, audit: workstation.audit }) })
}

/** Secrets are wiped and the log closed before the process ends. */
function closeBeforeQuit(training: Promise<Result<TrainingWorkstation>>): void {
  app.on('will-quit', (event) => {
    event.preventDefault()
    void training.then((composed) => (composed.ok ? composed.value.close() : undefined)).finally(() => app.exit(0))
  })
}
