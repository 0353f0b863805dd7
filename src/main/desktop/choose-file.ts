import path from 'node:path'
import { app, type BrowserWindow, dialog } from 'electron'
import type { ChooseExistingFile, ChooseFile } from '../ipc/audit-handlers.ts'

const TITLES = { kk: 'Файлды сақтау', ru: 'Сохранить файл', en: 'Save the file' } as const

/** The system's own dialog over our window: the only way in which a path enters. */
export function createChooseFile(browser: BrowserWindow): ChooseFile {
  return async ({ name, extension, language }) => {
    const { canceled, filePath } = await dialog.showSaveDialog(browser, {
      title: TITLES[language],
      defaultPath: path.join(app.getPath('documents'), name),
      filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    })
    return canceled || filePath === '' ? undefined : filePath
  }
}

const OPEN_TITLES = { kk: 'Файлды ашу', ru: 'Открыть файл', en: 'Open a file' } as const

/** The same for a file that is there. */
export function createChooseExisting(browser: BrowserWindow): ChooseExistingFile {
  return async ({ extension, language }) => {
    const { canceled, filePaths } = await dialog.showOpenDialog(browser, {
      title: OPEN_TITLES[language],
      defaultPath: app.getPath('documents'),
      filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
      properties: ['openFile'],
    })
    return canceled ? undefined : filePaths[0]
  }
}
