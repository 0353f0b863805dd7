import { app, BrowserWindow, protocol } from 'electron'
import { createSystemQueuePrinter } from '../../../src/main/adapters/printing/create-system-queue-printer.ts'
import { createDesktopQueues } from '../../../src/main/desktop/desktop-queues.ts'
import { hardenApp } from '../../../src/main/desktop/harden.ts'

/**
 * The printer of a system's queue in a program of its own, for a test that drives it: on Linux the workstation never takes
 * this way.
 */
hardenApp()
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
app.on('window-all-closed', () => undefined)
void app.whenReady().then(() => {
  const browser = new BrowserWindow({ width: 200, height: 100 })
  void browser.loadURL('about:blank')
  const desktop = createDesktopQueues({ browser })
  Object.assign(globalThis, {
    listQueues: () => desktop.list(),
    async printSheet(given: { queue: string; media: string; pdf: string; jobName: string }) {
      const renderers: number[] = []
      const noted = (_event: unknown, contents: Electron.WebContents): void => {
        contents.once('did-finish-load', () => renderers.push(contents.getOSProcessId()))
      }
      app.on('web-contents-created', noted)
      const pdf = Buffer.from(given.pdf, 'base64')
      const printer = createSystemQueuePrinter({ queue: given.queue, media: given.media, desktop })
      const ended = await printer.print({ pdf, jobName: given.jobName, onAccepted: () => void pdf.fill(0) })
      app.off('web-contents-created', noted)
      return { ended, renderers, windows: BrowserWindow.getAllWindows().length }
    },
    check: (queue: string) => createSystemQueuePrinter({ queue, media: 'iso_a4_210x297mm', desktop }).check(),
  })
})
