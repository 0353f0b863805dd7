/** What an administrator's update is told: see update-installed.ts. */
export interface UpdateOrder {
  readonly from: string
  readonly ownerPem: string
  readonly staging: string
  readonly dataDir: string
  readonly version: string
}
