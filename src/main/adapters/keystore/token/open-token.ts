import { CKA, CKF, CKO, CKR } from './pkcs11-constants.ts'
import { loadPkcs11, Pkcs11Error, type Pkcs11Library, type Pkcs11Session, ulong } from './pkcs11-library.ts'
import type { TokenContents, TokenFault, TokenReply } from './token-protocol.ts'

/** A token whose user is logged in. Lives in the driver's process. */
export interface OpenToken {
  readonly contents: TokenContents
  sign(key: number, mechanism: number, data: Uint8Array): TokenReply
  close(): void
}

const TRUE = Buffer.from([1])
const WRONG_PIN: ReadonlySet<number> = new Set([CKR.pinIncorrect, CKR.pinInvalid, CKR.pinLenRange])
const GONE: ReadonlySet<number> = new Set([
  CKR.slotIdInvalid,
  CKR.deviceError,
  CKR.deviceRemoved,
  CKR.keyHandleInvalid,
  CKR.sessionClosed,
  CKR.sessionHandleInvalid,
  CKR.tokenNotPresent,
  CKR.tokenNotRecognized,
  CKR.userNotLoggedIn,
])

/**
 * Loads a driver, finds its token, logs in, reads the certificates. A token that has one try left is not tried: the
 * last try belongs to its owner.
 */
export function openToken(options: {
  readonly library: string
  readonly label?: string
  readonly pin: Buffer
}): OpenToken | TokenReply {
  let library: Pkcs11Library | undefined
  try {
    library = loadPkcs11(options.library)
    const slot = slotOf(library, options.label)
    if (slot === undefined) return closing(library, refusal('absent', 'no token, or none of that label'))
    const session = library.openSession(slot)
    const refused = logIn(library, slot, session, options.pin)
    return refused === undefined ? opened(library, session) : closing(library, refused)
  } catch (error) {
    return closing(library, faultReply(error))
  }
}

function slotOf(library: Pkcs11Library, label: string | undefined): number | undefined {
  const slots = library.slotsWithToken()
  return label === undefined ? slots[0] : slots.find((slot) => library.tokenInfo(slot).label === label)
}

function logIn(library: Pkcs11Library, slot: number, session: Pkcs11Session, pin: Buffer): TokenReply | undefined {
  const before = library.tokenInfo(slot).flags
  if ((before & CKF.userPinLocked) !== 0) return refusal('pin-locked', 'CKF_USER_PIN_LOCKED')
  if ((before & CKF.userPinFinalTry) !== 0) return refusal('last-try', 'CKF_USER_PIN_FINAL_TRY')
  try {
    session.login(pin)
    return undefined
  } catch (error) {
    if (!(error instanceof Pkcs11Error)) throw error
    if (error.value === CKR.userAlreadyLoggedIn) return undefined
    if (error.value === CKR.pinLocked) return refusal('pin-locked', error.message)
    if (!WRONG_PIN.has(error.value)) throw error
    const { flags } = library.tokenInfo(slot)
    if ((flags & CKF.userPinLocked) !== 0) return refusal('pin-locked', error.message)
    return refusal((flags & CKF.userPinFinalTry) !== 0 ? 'last-try' : 'wrong-pin', error.message)
  }
}

function opened(library: Pkcs11Library, session: Pkcs11Session): OpenToken {
  const certificates = session.find([{ type: CKA.class, value: ulong(CKO.certificate) }]).flatMap((object) => {
    const [der, id] = [session.attribute(object, CKA.value), session.attribute(object, CKA.id)]
    return der === undefined || der.length === 0 ? [] : [{ der: Uint8Array.from(der), id }]
  })
  const keys = session
    .find([
      { type: CKA.class, value: ulong(CKO.privateKey) },
      { type: CKA.sign, value: TRUE },
    ])
    .flatMap((handle) => {
      const id = session.attribute(handle, CKA.id)
      const own = certificates.find((certificate) => id !== undefined && certificate.id?.equals(id))
      return own === undefined ? [] : [{ handle, certificate: own.der }]
    })
  const owned = new Set(keys.map(({ certificate }) => certificate))
  return {
    contents: {
      keys: keys.map(({ certificate }) => ({ certificate })),
      otherCertificates: certificates.map(({ der }) => der).filter((der) => !owned.has(der)),
    },
    sign(position, mechanism, data) {
      const key = keys[position]
      if (key === undefined) return refusal('failed', 'no such key')
      try {
        return { ok: true, value: Uint8Array.from(session.sign(key.handle, mechanism, data)) }
      } catch (error) {
        return faultReply(error)
      }
    },
    close: () => quietly(() => library.finalize()),
  }
}

function closing(library: Pkcs11Library | undefined, reply: TokenReply): TokenReply {
  if (library !== undefined) quietly(() => library.finalize())
  return reply
}

/** The driver is being left: what it says now changes nothing. */
function quietly(act: () => void): void {
  try {
    act()
  } catch {
    // Nothing of the driver's is needed any more.
  }
}

function faultReply(error: unknown): TokenReply {
  if (error instanceof Pkcs11Error) return refusal(GONE.has(error.value) ? 'gone' : 'failed', error.message)
  return refusal('failed', error instanceof Error ? error.message.slice(0, 200) : 'unknown')
}

function refusal(fault: TokenFault, detail: string): TokenReply {
  return { ok: false, fault, detail }
}
