import path from 'node:path'
import { app, session as electronSession, ipcMain, Menu, powerMonitor } from 'electron'
import { composeAppLog, errorNameOf } from '../compose-log.ts'
import { composeSession } from '../compose-session.ts'
import { createHandlers } from '../ipc/create-handlers.ts'
import { followSession } from '../ipc/follow-session.ts'
import { registerChannels } from '../ipc/register.ts'
import type { Workplace } from '../ipc/workplace.ts'
import type { AppLog } from '../ports/app-log.ts'
import { sessionLimitsOf } from '../settings/session-limits.ts'
import { registerAppScheme, serveApp } from './app-protocol.ts'
import { createChooseFile } from './choose-file.ts'
import { foreignArguments } from './foreign-arguments.ts'
import { hardenApp, hardenSession } from './harden.ts'
import { type LaunchOptions, readLaunchOptions } from './launch-options.ts'
import { loadWorkplace } from './load-workplace.ts'
import { openMainWindow } from './main-window.ts'

/** As the console's exit code for bad input. */
const EXIT_FOREIGN_ARGUMENT = 2

/** The start order, and nothing else: harden, open the window, and open the adapters while it renders. */
export function startDesktop(): void {
  const foreign = app.isPackaged ? foreignArguments(process.argv) : []
  if (foreign.length > 0) {
    process.stderr.write(`unknown argument, not started: ${foreign[0]?.slice(0, 100)}\n`)
    app.exit(EXIT_FOREIGN_ARGUMENT)
    return
  }
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
  const log = composeAppLog(launch)
  watchProcesses(log)
  keepMemoryOffDisk(log)
  hardenSession(electronSession.defaultSession)
  const bundle = path.join(app.getAppPath(), 'out')
  serveApp(path.join(bundle, 'renderer'))
  const window = openMainWindow({
    preload: path.join(bundle, 'preload', 'index.cjs'),
    icon: path.join(launch.resourcesDir, 'icons', 'arm-tson.png'),
  })
  app.on('second-instance', () => window.focus())

  const workplace = loadWorkplace(launch, window)
  const session = composeSession({
    onChange: (state) =>
      void workplace
        .services()
        .then((services) =>
          followSession({ state, services: services.ok ? services.value : undefined, notify: window.notify }),
        ),
  })
  void workplace.whenOpen().then(({ settings }) => session.limit(sessionLimitsOf(settings.view().values)))
  // The person went, or the machine sleeps: nobody may come back to an open session.
  powerMonitor.on('suspend', () => session.lock())
  powerMonitor.on('lock-screen', () => session.lock())
  registerChannels({
    handle: (channel, listener) => ipcMain.handle(channel, listener),
    isTrusted: (event: Electron.IpcMainInvokeEvent) => window.isSender(event),
    session,
    handlers: createHandlers({
      workplace,
      session,
      notify: window.notify,
      chooseFile: createChooseFile(window.browser),
    }),
    recordRefusal: (entry) => void workplace.whenOpen().then(({ workstation }) => workstation.audit.append(entry)),
    onFailed: ({ channel, code, thrown }) =>
      log.write(
        code === undefined
          ? { event: 'channel.threw', channel, error: errorNameOf(thrown) }
          : { event: 'channel.failed', channel, code },
      ),
  })
  closeBeforeQuit(workplace, log)
  log.write({ event: 'app.opened' })
}

/**
 * What nobody caught. Electron would show the message of an exception in a dialog; here its name goes to the technical
 * log, and the program ends in order: in a state that nobody foresaw nothing may be issued.
 */
function watchProcesses(log: AppLog): void {
  process.on('uncaughtException', (thrown) => {
    log.write({ event: 'process.threw', error: errorNameOf(thrown) })
    app.quit()
  })
  process.on('unhandledRejection', (thrown) => log.write({ event: 'process.rejected', error: errorNameOf(thrown) }))
  app.on('child-process-gone', (_event, { reason }) => log.write({ event: 'process.gone', reason }))
  app.on('render-process-gone', (_event, _contents, { reason }) => log.write({ event: 'process.gone', reason }))
}

/**
 * Before anybody has typed a secret. Chromium's sandbox marks its own processes as not dumpable; here they lose their core files
 * too, each time that a page has loaded.
 */
function keepMemoryOffDisk(log: AppLog): void {
  const forbid = import('../compose-memory.ts').then(({ forbidCoreDumps }) => forbidCoreDumps)
  void forbid.then((forbidCoreDumps) => {
    if (!forbidCoreDumps()) log.write({ event: 'memory.dumpable' })
  })
  const forbidOthers = async (): Promise<void> => {
    const others = app.getAppMetrics().map(({ pid }) => pid)
    ;(await forbid)({ others })
  }
  app.on('web-contents-created', (_event, contents) => contents.on('dom-ready', () => void forbidOthers()))
}

/** Secrets are wiped and the log closed before the process ends. */
function closeBeforeQuit(workplace: Workplace, log: AppLog): void {
  app.on('will-quit', (event) => {
    event.preventDefault()
    void workplace.close().finally(() => {
      log.write({ event: 'app.closed' })
      app.exit(0)
    })
  })
}
