import type { Certificate } from '../x509/certificate.ts'
import { checkNucSigner, checkNucTimestampAuthority } from '../x509/nuc-profile.ts'
import { type Outcome, pass } from '../x509/outcome.ts'

/** Rules beyond RFC 5280 that a check of certificates follows. */
export interface TrustProfile {
  readonly checkSigner: (certificate: Certificate) => Outcome<void>
  readonly checkTimestampAuthority: (certificate: Certificate) => Outcome<void>
  /** Whether an authority without revocation evidence leaves the verdict open. */
  readonly authoritiesRequired: boolean
}

/** `nuc`: НУЦ's rules; `rfc5280`: none beyond path validation, and that to the letter. */
export const trustProfiles = {
  nuc: { checkSigner: checkNucSigner, checkTimestampAuthority: checkNucTimestampAuthority, authoritiesRequired: false },
  rfc5280: {
    checkSigner: () => pass(undefined),
    checkTimestampAuthority: () => pass(undefined),
    authoritiesRequired: true,
  },
} as const satisfies Readonly<Record<string, TrustProfile>>

export type TrustProfileName = keyof typeof trustProfiles
