import { createHash, diffieHellman, generateKeyPairSync, randomBytes, scryptSync, sign, verify } from 'node:crypto'
import { closeSync, fsyncSync, openSync, writeFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { deflateSync } from 'node:zlib'
import { quantile, type Yardstick } from './figure.ts'
import { timeMany } from './stopwatch.ts'

const RUNS = 60
/** A page of SQLite. */
const PAGE_BYTES = 4096
/** About as long as an envelope in PDF. */
const SHEET_BYTES = 30_000
/** As much as the faces of an envelope hold. */
const FACES_BYTES = 340_000

export interface Yardsticks {
  readonly rsaSign: Yardstick
  readonly rsaVerify: Yardstick
  /** ECDSA on P-521, the nearest that the platform has to ГОСТ with 512 bits. */
  readonly ecSign: Yardstick
  readonly ecVerify: Yardstick
  readonly sha512: Yardstick
  readonly newX25519Key: Yardstick
  readonly x25519: Yardstick
  /** In place, as a write-ahead log is written. */
  readonly fsyncedWrite: Yardstick
  /** A file that was not there: the file system's own log is written too. */
  readonly fsyncedFile: Yardstick
  readonly deflate: Yardstick
  /** The least that an issue costs, workstation and portal together. */
  readonly bareIssue: Yardstick
}

/** Raw operations of this machine, with nothing of the product in them. */
export async function measureYardsticks(folder: string): Promise<Yardsticks> {
  const content = randomBytes(1500)
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const signature = sign('sha256', content, privateKey)
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-521' })
  const ecSignature = sign('sha512', content, ec.privateKey)
  const newKey = () => generateKeyPairSync('x25519')
  const [ours, theirs] = [newKey(), newKey()]
  const faces = randomBytes(FACES_BYTES)
  const file = openSync(path.join(folder, 'yardstick'), 'w')
  const page = randomBytes(PAGE_BYTES)
  const sheet = randomBytes(SHEET_BYTES)
  const salt = randomBytes(16)

  const rsaSign = () => sign('sha256', content, privateKey)
  const fsyncedWrite = () => {
    writeSync(file, page, 0, PAGE_BYTES, 0)
    fsyncSync(file)
  }
  let files = 0
  const fsyncedFile = () => writeFileSync(path.join(folder, `yardstick-${files++}`), sheet, { flush: true })
  const bareIssue = () => {
    rsaSign()
    rsaSign()
    scryptSync(content, salt, 32, { N: 16_384, r: 8, p: 1 })
    for (let count = 0; count < 5; count++) fsyncedWrite()
    for (let count = 0; count < 3; count++) fsyncedFile()
  }
  const measured = {
    rsaSign: await yardstick('node:crypto RSA-2048 signature', rsaSign),
    rsaVerify: await yardstick('node:crypto RSA-2048 verification', () =>
      verify('sha256', content, publicKey, signature),
    ),
    ecSign: await yardstick('node:crypto ECDSA P-521 signature', () => sign('sha512', content, ec.privateKey)),
    ecVerify: await yardstick('node:crypto ECDSA P-521 verification', () =>
      verify('sha512', content, ec.publicKey, ecSignature),
    ),
    sha512: await yardstick('node:crypto SHA-512 of 1500 octets', () => createHash('sha512').update(content).digest()),
    newX25519Key: await yardstick('node:crypto X25519 key pair', newKey),
    x25519: await yardstick('node:crypto X25519 agreement', () =>
      diffieHellman({ privateKey: ours.privateKey, publicKey: theirs.publicKey }),
    ),
    fsyncedWrite: await yardstick('4 KiB overwritten and fsynced', fsyncedWrite),
    fsyncedFile: await yardstick('30 KB file written and fsynced', fsyncedFile),
    deflate: await yardstick('340 KB deflated', () => deflateSync(faces)),
    bareIssue: await yardstick('2 RSA signatures, 1 scrypt, 8 fsyncs', bareIssue),
  }
  closeSync(file)
  return measured
}

async function yardstick(name: string, work: () => unknown): Promise<Yardstick> {
  return { name, ms: quantile(await timeMany(RUNS, work), 0.5) }
}
