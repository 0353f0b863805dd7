import { contextBridge, ipcRenderer } from 'electron'

/** Names of the contract's channels and notices, written here by the bundler. */
declare const __ARM_CHANNELS__: readonly string[]
declare const __ARM_NOTICES__: readonly string[]

/** The window's whole view of the outside: verbs of the contract, and nothing of Electron. */
const verbs = new Set(__ARM_CHANNELS__)
const noticeNames = new Set(__ARM_NOTICES__)

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
