/**
 * What a printer says while it has a page. `silent`: it does not answer; `stopped`: it waits for somebody, and
 * `needs` says for what.
 */
export const printStates = ['sending', 'waiting', 'printing', 'stopped', 'silent', 'cancelling'] as const
export type PrintState = (typeof printStates)[number]

/** What somebody must do at the printer, from its printer-state-reasons (RFC 8011, 5.4.12). */
export const printerNeeds = ['paper', 'jam', 'cover', 'toner', 'tray-full', 'paused', 'offline', 'other'] as const
export type PrinterNeed = (typeof printerNeeds)[number]

export interface PrintProgress {
  readonly state: PrintState
  readonly needs: readonly PrinterNeed[]
}
