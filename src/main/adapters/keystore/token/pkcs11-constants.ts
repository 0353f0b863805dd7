/** The numbers of PKCS #11 v2.40 that are used here. */
export const CKR = {
  ok: 0x00,
  deviceError: 0x30,
  deviceRemoved: 0x32,
  keyHandleInvalid: 0x60,
  pinIncorrect: 0xa0,
  pinInvalid: 0xa1,
  pinLenRange: 0xa2,
  pinLocked: 0xa4,
  sessionClosed: 0xb0,
  sessionHandleInvalid: 0xb3,
  slotIdInvalid: 0x03,
  tokenNotPresent: 0xe0,
  tokenNotRecognized: 0xe1,
  userAlreadyLoggedIn: 0x100,
  userNotLoggedIn: 0x101,
} as const

export const CKF = {
  serialSession: 0x04,
  userPinFinalTry: 0x0002_0000,
  userPinLocked: 0x0004_0000,
} as const

export const CKA = { class: 0x00, value: 0x11, id: 0x102, sign: 0x108 } as const
export const CKO = { certificate: 1, privateKey: 3 } as const
export const CKU_USER = 1
