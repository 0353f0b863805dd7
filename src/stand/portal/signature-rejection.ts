/** Why the portal does not accept a signature, as it words it for the workstation's administrator. */
export const signatureRejections = {
  'signature-wrong': 'подпись неверна',
  'foreign-authority': 'чужой удостоверяющий центр',
  'certificate-expired': 'сертификат просрочен',
  'certificate-not-yet-valid': 'сертификат ещё не действует',
  'certificate-revoked': 'сертификат отозван',
  'key-not-for-signing': 'ключ не для подписи',
  'not-an-information-system': 'владелец сертификата не является информационной системой',
  'timestamp-wrong': 'метка времени неверна',
} as const

export type SignatureRejection = keyof typeof signatureRejections
