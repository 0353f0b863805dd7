/** One step of the database's structure. It runs whole or not at all, and is never edited once released. */
export interface Migration {
  readonly sql: string
}
