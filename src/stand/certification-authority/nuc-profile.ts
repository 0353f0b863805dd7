/**
 * Object identifiers of НУЦ РК's certificate profile (policy and purposes as in the certificates that the authority
 * issues since 2022).
 */
export const nucProfile = {
  /** Value of the subject's UID by which an information system is known. */
  informationSystem: '1.2.398.6.10.1.1',
  signingPolicy: '1.2.398.3.3.2',
  /** Policy of timestamps and of the certificate that signs them. */
  timestampPolicy: '1.2.398.3.3.2.6.1',
  personPurpose: '1.2.398.3.3.4.1.1',
  /** Extended key usage of a legal entity, and of its information system since 2026. */
  legalEntityPurpose: '1.2.398.3.3.4.1.2',
  informationSystemPurpose: '1.2.398.3.3.4.1.2.6',
} as const
