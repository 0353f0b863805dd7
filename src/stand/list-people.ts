import { createPopulationRegister } from './population-register/population-register.ts'
import { createAccountBook } from './portal/account-book.ts'
import { refusalFor } from './portal/portal-decision.ts'
import { standFiles } from './stand-files.ts'

/** A made-up person, and what the service would answer now if an operator asked for an account without a reason. */
export interface PersonExpectation {
  readonly iin: string
  readonly name: string
  readonly expect: {
    readonly outcome: 'issued' | 'registered' | 'refused'
    /** The portal's text, where it refuses. */
    readonly message?: string
  }
}

/** Lists the register's people. Needs no running stand; a folder that does not exist yet is a stand at its beginning. */
export async function listPeople(options: { readonly dataDir: string }): Promise<readonly PersonExpectation[]> {
  const register = createPopulationRegister()
  const folder = standFiles(options.dataDir).accountsDir
  const registered = await createAccountBook({ folder, register, now: () => new Date() }).logins()
  return register.people.map((person) => {
    const { iin, name } = person
    const refusal = refusalFor(person)
    if (refusal !== undefined) return { iin, name, expect: { outcome: 'refused', message: refusal.message } }
    return { iin, name, expect: { outcome: registered.has(iin) ? 'registered' : 'issued' } }
  })
}
