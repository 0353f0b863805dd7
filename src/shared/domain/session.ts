export const roles = ['operator', 'supervisor', 'administrator'] as const
export type Role = (typeof roles)[number]

/** Who is at the workstation. `login` is what the audit log and the portal see. */
export interface User {
  readonly login: string
  readonly name: string
  readonly role: Role
}
