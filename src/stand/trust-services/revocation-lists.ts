import { crlNumber, issueRevocationList, type RevokedEntry } from '../certification-authority/issue-revocation-list.ts'
import type { AuthorityBranch } from '../certification-authority/read-authority.ts'
import type { Revocation } from '../certification-authority/revocation-book.ts'

const HOUR_MS = 60 * 60 * 1000
/** A full list is good for a day: НУЦ renews its own at least as often. */
const BASE_VALIDITY_MS = 24 * HOUR_MS
/** A delta tells the changes of a little more than a day, so that it fits every full list that is still good. */
const DELTA_SPAN_MS = BASE_VALIDITY_MS + HOUR_MS
const DELTA_VALIDITY_MS = HOUR_MS

/** Revocation lists of one algorithm's authorities, signed when they are asked for: DER. */
export interface RevocationLists {
  base(): Promise<Buffer>
  delta(): Promise<Buffer>
  root(): Promise<Buffer>
}

/** @param options.revocations of any issuer: those that this one issued are picked out. */
export function createRevocationLists(options: {
  readonly branch: AuthorityBranch
  readonly revocations: () => Promise<readonly Revocation[]>
  readonly now: () => Date
}): RevocationLists {
  const { branch, revocations, now } = options
  const own = async (): Promise<readonly Revocation[]> =>
    (await revocations()).filter(({ serialNumber }) => branch.isIssued(serialNumber))
  const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms)

  return {
    async base() {
      const thisUpdate = now()
      const revoked = (await own()).filter(({ reinstatedAt }) => reinstatedAt === undefined)
      const nextUpdate = after(thisUpdate, BASE_VALIDITY_MS)
      return issueRevocationList({ issuer: branch.issuing, revoked, thisUpdate, nextUpdate })
    },
    async delta() {
      const thisUpdate = now()
      const since = after(thisUpdate, -DELTA_SPAN_MS)
      return issueRevocationList({
        issuer: branch.issuing,
        revoked: (await own()).flatMap((revocation) => changeSince(since, revocation)),
        thisUpdate,
        nextUpdate: after(thisUpdate, DELTA_VALIDITY_MS),
        deltaFrom: crlNumber(since),
      })
    },
    async root() {
      const thisUpdate = now()
      const nextUpdate = after(thisUpdate, BASE_VALIDITY_MS)
      return issueRevocationList({ issuer: branch.root, revoked: [], thisUpdate, nextUpdate })
    },
  }
}

/** RFC 5280, section 5.2.4: what was lifted is told as removeFromCRL. */
function changeSince(since: Date, revocation: Revocation): readonly RevokedEntry[] {
  const { serialNumber, revokedAt, reason, reinstatedAt } = revocation
  if (reinstatedAt !== undefined) {
    return reinstatedAt > since ? [{ serialNumber, revokedAt: reinstatedAt, reason: 'removeFromCrl' }] : []
  }
  return revokedAt > since ? [{ serialNumber, revokedAt, reason }] : []
}
