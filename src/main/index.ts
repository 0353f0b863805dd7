import { startDesktop } from './desktop/start-desktop.ts'

startDesktop()
