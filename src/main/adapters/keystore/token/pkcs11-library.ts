import koffi from 'koffi'
import { CKF, CKR, CKU_USER } from './pkcs11-constants.ts'

/** A function of the driver did not return CKR_OK. */
export class Pkcs11Error extends Error {
  readonly value: number

  constructor(operation: string, value: number) {
    super(`${operation}: CKR 0x${value.toString(16)}`)
    this.value = value
  }
}

/** CK_TOKEN_INFO, the part that is used. */
export interface TokenInfo {
  readonly label: string
  readonly flags: number
}

/** A session of one token, and what may be asked of it. Numbers are handles and types as the standard has them. */
export interface Pkcs11Session {
  /** @throws Pkcs11Error */
  login(pin: Buffer): void
  /** Handles of the objects with these attributes. @throws Pkcs11Error */
  find(template: readonly Attribute[]): readonly number[]
  /** @returns undefined where the object has none. @throws Pkcs11Error */
  attribute(object: number, type: number): Buffer | undefined
  /** @throws Pkcs11Error */
  sign(key: number, mechanism: number, data: Uint8Array): Buffer
}

export interface Attribute {
  readonly type: number
  readonly value: Buffer
}

/** A loaded driver. Every call blocks: it belongs into a process of its own. */
export interface Pkcs11Library {
  slotsWithToken(): readonly number[]
  tokenInfo(slot: number): TokenInfo
  openSession(slot: number): Pkcs11Session
  finalize(): void
}

/** Positions in CK_FUNCTION_LIST, which is the only way into a driver that every driver has. */
const functions = {
  C_Initialize: [0, ['void *']],
  C_Finalize: [1, ['void *']],
  C_GetSlotList: [4, ['uint8', 'void *', '_Inout_ ULONG *']],
  C_GetTokenInfo: [6, ['ULONG', 'void *']],
  C_OpenSession: [12, ['ULONG', 'ULONG', 'void *', 'void *', '_Out_ ULONG *']],
  C_Login: [18, ['ULONG', 'ULONG', 'void *', 'ULONG']],
  C_GetAttributeValue: [24, ['ULONG', 'ULONG', '_Inout_ CK_ATTRIBUTE *', 'ULONG']],
  C_FindObjectsInit: [26, ['ULONG', 'CK_ATTRIBUTE *', 'ULONG']],
  C_FindObjects: [27, ['ULONG', '_Out_ ULONG *', 'ULONG', '_Out_ ULONG *']],
  C_FindObjectsFinal: [28, ['ULONG']],
  C_SignInit: [42, ['ULONG', 'CK_MECHANISM *', 'ULONG']],
  C_Sign: [43, ['ULONG', 'void *', 'ULONG', 'void *', '_Inout_ ULONG *']],
} as const satisfies Record<string, readonly [position: number, parameters: readonly string[]]>
type FunctionName = keyof typeof functions
type Call = (name: FunctionName, ...args: readonly unknown[]) => void

const FUNCTIONS = 68
const MAX_SLOTS = 64
const MAX_OBJECTS = 256
const MAX_ATTRIBUTE_OCTETS = 64 * 1024
const MAX_SIGNATURE_OCTETS = 1024

/** CK_ULONG is a C long: four octets on Windows, where structures are packed too, and a word elsewhere. */
const windows = process.platform === 'win32'
const ULONG_OCTETS = windows ? 4 : 8
const structure = windows ? koffi.pack : koffi.struct
koffi.alias('ULONG', windows ? 'uint32' : 'uint64')
structure('CK_ATTRIBUTE', { type: 'ULONG', pValue: 'void *', ulValueLen: 'ULONG' })
structure('CK_MECHANISM', { mechanism: 'ULONG', pParameter: 'void *', ulParameterLen: 'ULONG' })

/**
 * Loads a PKCS#11 driver and initialises it.
 * @throws Pkcs11Error, and what the loader throws where the file is no library.
 */
export function loadPkcs11(file: string): Pkcs11Library {
  const list: [unknown] = [undefined]
  check('C_GetFunctionList', koffi.load(file).func('C_GetFunctionList', 'ULONG', ['_Out_ void **'])(list))
  const pointers: unknown[] = koffi.decode(list[0], ULONG_OCTETS === 8 ? 8 : 2, koffi.array('void *', FUNCTIONS))
  const bound = new Map<FunctionName, (...args: readonly unknown[]) => unknown>()
  for (const [name, [position, parameters]] of Object.entries(functions)) {
    bound.set(
      name as FunctionName,
      koffi.decode(pointers[position], koffi.proto(name, 'ULONG', [...parameters])) as (...args: unknown[]) => unknown,
    )
  }
  const call: Call = (name, ...args) => check(name, bound.get(name)?.(...args))
  call('C_Initialize', null)
  return {
    slotsWithToken() {
      const slots = Buffer.alloc(MAX_SLOTS * ULONG_OCTETS)
      const count = [MAX_SLOTS]
      call('C_GetSlotList', 1, slots, count)
      return Array.from({ length: count[0] ?? 0 }, (_, i) => readUlong(slots, i * ULONG_OCTETS))
    },
    tokenInfo(slot) {
      const info = Buffer.alloc(1024)
      call('C_GetTokenInfo', slot, info)
      return { label: info.toString('utf8', 0, 32).trimEnd(), flags: readUlong(info, 96) }
    },
    openSession(slot) {
      const session = [0]
      call('C_OpenSession', slot, CKF.serialSession, null, null, session)
      return sessionOf(call, session[0] ?? 0)
    },
    finalize: () => call('C_Finalize', null),
  }
}

function sessionOf(call: Call, session: number): Pkcs11Session {
  return {
    login(pin) {
      call('C_Login', session, CKU_USER, pin, pin.length)
    },
    find(template) {
      const attributes = template.map(({ type, value }) => ({ type, pValue: value, ulValueLen: value.length }))
      call('C_FindObjectsInit', session, attributes, attributes.length)
      const found = new Array<number>(MAX_OBJECTS).fill(0)
      const count = [0]
      try {
        call('C_FindObjects', session, found, MAX_OBJECTS, count)
      } finally {
        call('C_FindObjectsFinal', session)
      }
      return found.slice(0, count[0] ?? 0).map(Number)
    },
    attribute(object, type) {
      const value = Buffer.alloc(MAX_ATTRIBUTE_OCTETS)
      const attributes = [{ type, pValue: value, ulValueLen: value.length }]
      try {
        call('C_GetAttributeValue', session, object, attributes, 1)
      } catch (error) {
        if (error instanceof Pkcs11Error && (error.value === 0x11 || error.value === 0x12)) return undefined
        throw error
      }
      const length = Number(attributes[0]?.ulValueLen ?? 0)
      return length <= value.length ? value.subarray(0, length) : undefined
    },
    sign(key, mechanism, data) {
      call('C_SignInit', session, { mechanism, pParameter: null, ulParameterLen: 0 }, key)
      const signature = Buffer.alloc(MAX_SIGNATURE_OCTETS)
      const length = [signature.length]
      call('C_Sign', session, Buffer.from(data), data.length, signature, length)
      return signature.subarray(0, Number(length[0] ?? 0))
    },
  }
}

function check(operation: string, value: unknown): void {
  const number = Number(value)
  if (number !== CKR.ok) throw new Pkcs11Error(operation, number)
}

/** CK_ULONG in memory, in the byte order of every machine that this runs on. */
export function ulong(value: number): Buffer {
  const octets = Buffer.alloc(ULONG_OCTETS)
  octets.writeUInt32LE(value >>> 0)
  return octets
}

function readUlong(buffer: Buffer, offset: number): number {
  return buffer.readUInt32LE(offset)
}
