import path from 'node:path'
import { app, session as electronSession, Menu } from 'electron'
import { registerAppScheme, serveApp } from './app-protocol.ts'
import { foreignArguments } from './foreign-arguments.ts'
import { hardenApp, hardenSession } from './harden.ts'
import { type LaunchOptions, readLaunchOptions } from './launch-options.ts'
import { openMainWindow } from './main-window.ts'

/** As the console's exit code for bad input. */
const EXIT_FOREIGN_ARGUMENT = 2

/**
 * The start order, and nothing else: harden, open the window, and load everything else while its process starts. What
 * this file imports is read before the window is there, so it imports little.
 */
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
    process.stderr.write('АРМ ЦОН уже открыт с этой папкой данных: показано его окно.\n')
    app.exit(0)
    return
  }
  hardenApp()
  registerAppScheme()
  Menu.setApplicationMenu(null)
  app.on('window-all-closed', () => app.quit())
  void app.whenReady().then(() => openWindow(launch))
}

/** Tests the cryptography of this very runtime, without a window: its library is not the one outside. */
async function selfTest({ resourcesDir }: LaunchOptions): Promise<void> {
  const { selfTestCommand } = await import('../console/self-test-command.ts')
  const code = await selfTestCommand({ resourcesDir, json: true })
  process.stdout.write('', () => app.exit(code))
}

/** The page is handed out once its channels are there: it asks at once, and is refused by none. */
function openWindow(launch: LaunchOptions): void {
  hardenSession(electronSession.defaultSession)
  const bundle = path.join(app.getAppPath(), 'out')
  const workplace = import('./open-workplace.ts')
  let listen = (): void => undefined
  const listening = new Promise<void>((resolve) => {
    listen = resolve
  })
  serveApp({ folder: path.join(bundle, 'renderer'), when: listening })
  const window = openMainWindow({
    preload: path.join(bundle, 'preload', 'index.cjs'),
    icon: path.join(launch.resourcesDir, 'icons', 'arm-tson.png'),
  })
  app.on('second-instance', () => window.focus())
  void workplace.then(({ openWorkplace }) => {
    openWorkplace(launch, window)
    listen()
  })
}
