import { app, BrowserWindow } from 'electron'

/** The least that an Electron application can be: one field in one window. */
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800 })
  window.loadURL('data:text/html,<input id="login" autofocus>')
})
app.on('window-all-closed', () => app.quit())
