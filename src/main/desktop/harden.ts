import { app, type Session, type WebContents } from 'electron'

/** What no window of this app may ever do, whatever its page asks for. */
export function hardenApp(): void {
  // As root, as in a container of tests, Chromium runs only with --no-sandbox; a packaged app never heeds that switch.
  if (app.isPackaged || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  app.on('web-contents-created', (_event, contents) => hardenContents(contents))
}

export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
  // The window talks to the main process alone: every other scheme is cut before a request is made.
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !/^(app|devtools):/.test(details.url) })
  })
}

function hardenContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
