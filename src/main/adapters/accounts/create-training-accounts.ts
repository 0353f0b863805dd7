import { createHash, timingSafeEqual } from 'node:crypto'
import type { User } from '../../../shared/domain/session.ts'
import { trainingAccounts, trainingIins } from '../../../shared/domain/training.ts'
import type { Accounts } from '../../ports/accounts.ts'

/** The accounts of the training mode. Their passwords are public, so nothing is hashed slowly or kept. */
export function createTrainingAccounts(): Accounts {
  const known = trainingAccounts.map(({ password, ...user }) => ({
    user: user satisfies User,
    digest: sha256(password),
  }))
  return {
    async authenticate({ login, password }) {
      const given = sha256(password)
      const match = known.filter((account) => timingSafeEqual(account.digest, given))
      return match.find(({ user }) => user.login === login)?.user
    },
    findByIin: (iin) =>
      known.find(({ user }) => Object.entries(trainingIins).some(([login, own]) => own === iin && login === user.login))
        ?.user,
  }
}

function sha256(text: string | Uint8Array): Buffer {
  return createHash('sha256').update(text).digest()
}
