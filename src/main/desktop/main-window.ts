import path from 'node:path'
import { app, BrowserWindow, type WebFrameMain } from 'electron'
import type { Notice, NoticeData } from '../../shared/contract/channels.ts'
import { appOrigin } from './app-protocol.ts'

export interface MainWindow {
  readonly browser: BrowserWindow
  notify<N extends Notice>(notice: N, data: NoticeData<N>): void
  /** Whether a message comes from the top frame of this window, showing our own page. */
  isSender(event: { readonly senderFrame: WebFrameMain | null }): boolean
  focus(): void
}

/** @param preload file of the sandboxed preload. */
export function openMainWindow(options: { readonly preload: string; readonly icon: string }): MainWindow {
  const browser = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 640,
    minHeight: 360,
    show: false,
    title: 'АРМ ЦОН',
    icon: options.icon,
    backgroundColor: '#f4f6f8',
    autoHideMenuBar: true,
    webPreferences: {
      preload: path.resolve(options.preload),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      plugins: false,
      // Whoever opens the tools at a counter sees the citizen and speaks for the operator.
      devTools: !app.isPackaged,
      webviewTag: false,
      navigateOnDragDrop: false,
      // A middle click opens nothing here, and so need not be told of.
      disableBlinkFeatures: 'Auxclick',
      spellcheck: false,
    },
  })
  browser.removeMenu()
  browser.once('ready-to-show', () => browser.show())
  void browser.loadURL(`${appOrigin}/index.html`)
  return {
    browser,
    notify(notice, data) {
      if (!browser.isDestroyed()) browser.webContents.send(notice, data)
    },
    isSender({ senderFrame }) {
      if (senderFrame === null || browser.isDestroyed()) return false
      return senderFrame === browser.webContents.mainFrame && senderFrame.origin === appOrigin
    },
    focus() {
      if (browser.isMinimized()) browser.restore()
      browser.focus()
    },
  }
}
