import { app, ipcMain, powerMonitor } from 'electron'
import { composeAppLog, errorNameOf } from '../compose-log.ts'
import { composeRefusals, composeSession } from '../compose-session.ts'
import { createHandlers } from '../ipc/create-handlers.ts'
import { followSession } from '../ipc/follow-session.ts'
import { registerChannels } from '../ipc/register.ts'
import type { Workplace } from '../ipc/workplace.ts'
import type { AppLog } from '../ports/app-log.ts'
import { sessionLimitsOf } from '../settings/session-limits.ts'
import { createChooseExisting, createChooseFile } from './choose-file.ts'
import { createChooseKeyFile } from './choose-key-file.ts'
import { createFirstRest } from './first-rest.ts'
import type { LaunchOptions } from './launch-options.ts'
import { loadWorkplace } from './load-workplace.ts'
import type { MainWindow } from './main-window.ts'

/** Everything behind the window: its session, its channels, and the workplace that they lead to. */
export function openWorkplace(launch: LaunchOptions, window: MainWindow): void {
  const log = composeAppLog(launch)
  watchProcesses(log)
  keepMemoryOffDisk(log, window)
  const rest = createFirstRest()
  const workplace = loadWorkplace(launch, window, rest)
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
    handle: (channel, listener) =>
      ipcMain.handle(channel, (event, input) => {
        rest.stir()
        return listener(event, input)
      }),
    isTrusted: (event: Electron.IpcMainInvokeEvent) => window.isSender(event),
    session,
    handlers: createHandlers({
      workplace,
      session,
      notify: window.notify,
      chooseFile: createChooseFile(window.browser),
      chooseExisting: createChooseExisting(window.browser),
      chooseKeyFile: createChooseKeyFile(window.browser),
    }),
    recordRefusal: composeRefusals(
      (entry) => void workplace.whenOpen().then(({ workstation }) => workstation.audit.append(entry)),
    ),
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
function keepMemoryOffDisk(log: AppLog, window: MainWindow): void {
  const forbid = import('../compose-memory.ts').then(({ forbidCoreDumps }) => forbidCoreDumps)
  void forbid.then((forbidCoreDumps) => {
    if (!forbidCoreDumps()) log.write({ event: 'memory.dumpable' })
  })
  const forbidOthers = async (): Promise<void> => {
    const others = app.getAppMetrics().map(({ pid }) => pid)
    ;(await forbid)({ others })
  }
  const forbidAtEachPage = (contents: Electron.WebContents): void =>
    void contents.on('dom-ready', () => void forbidOthers())
  forbidAtEachPage(window.browser.webContents)
  app.on('web-contents-created', (_event, contents) => forbidAtEachPage(contents))
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
