/** What the workstation asks the process that has loaded a token's driver. Octets travel as Uint8Array. */
export type TokenRequest =
  | {
      readonly op: 'open'
      /** Path of the PKCS#11 library. */
      readonly library: string
      /** Which token, where several are inserted. */
      readonly label?: string
      /** Wiped by the process as soon as the token has seen it. */
      readonly pin: Uint8Array
    }
  | {
      readonly op: 'sign'
      /** Position in the answer to `open`. */
      readonly key: number
      /** CK_MECHANISM_TYPE. */
      readonly mechanism: number
      readonly data: Uint8Array
    }
  | { readonly op: 'close' }

/** Why a token did not do what it was asked. */
export type TokenFault = 'absent' | 'wrong-pin' | 'last-try' | 'pin-locked' | 'gone' | 'failed'

export interface TokenContents {
  /** Private keys that may sign, each with the certificate of its CKA_ID. */
  readonly keys: readonly { readonly certificate: Uint8Array }[]
  readonly otherCertificates: readonly Uint8Array[]
}

export type TokenReply =
  | { readonly ok: true; readonly value: TokenContents | Uint8Array | undefined }
  /** @see detail a return value's number or the operating system's words; never a secret. */
  | { readonly ok: false; readonly fault: TokenFault; readonly detail: string }

/** A process with the driver in it, as the workstation sees it. */
export interface TokenProcess {
  post(request: TokenRequest): void
  /** One reply for each request, in order. */
  onReply(listener: (reply: unknown) => void): void
  onExit(listener: () => void): void
  /** Ends it at once, whatever its driver is doing. */
  kill(): void
}

export type SpawnTokenProcess = () => TokenProcess
