import { contextBridge, ipcRenderer } from 'electron'
import { channels, notices } from '../shared/contract/channels.ts'

/** The window's whole view of the outside: verbs of the contract, and nothing of Electron. */
const verbs = new Set<string>(Object.keys(channels))
const noticeNames = new Set<string>(Object.keys(notices))

contextBridge.exposeInMainWorld('arm', {
  invoke(channel: string, input: unknown): Promise<unknown> {
    if (!verbs.has(channel)) return Promise.reject(new Error('unknown channel'))
    return ipcRenderer.invoke(channel, input)
  },
  /** @returns a function that stops listening. The listener gets the data alone, never an event. */
  onNotice(notice: string, listener: (data: unknown) => void): () => void {
    if (!noticeNames.has(notice)) throw new Error('unknown notice')
    const forward = (_event: unknown, data: unknown): void => listener(data)
    ipcRenderer.on(notice, forward)
    return () => void ipcRenderer.removeListener(notice, forward)
  },
})
