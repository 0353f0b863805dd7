import { type Role, roles } from '../../shared/domain/session.ts'

export const pages = ['issue', 'journal', 'accounts', 'settings', 'health', 'help'] as const
export type Page = (typeof pages)[number]

/** Who may open a section. The main process checks every channel again; this only explains. */
export const pageRoles: Readonly<Record<Page, readonly Role[]>> = {
  issue: ['operator'],
  journal: ['supervisor'],
  accounts: ['administrator'],
  settings: ['administrator'],
  health: ['administrator'],
  help: roles,
}
