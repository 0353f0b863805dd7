import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { readCertificates } from '../adapters/cms/read-certificates.ts'
import { readDerBlocks } from '../adapters/cms/read-der-blocks.ts'
import { parseCertificateList } from '../adapters/revocation/certificate-list.ts'
import { parseOcspResponse } from '../adapters/revocation/ocsp-response.ts'
import { type Certificate, parseCertificate } from '../adapters/x509/certificate.ts'

/** A place that the user named and that cannot be read: the command ends with "bad input". */
export class UnreadablePlace extends Error {}

const MAX_OCTETS = 32 * 1024 * 1024

/** What turns one file into things; none where the file is something else. */
type FileReader<T> = (file: Uint8Array) => readonly T[]

export const certificatesOf: FileReader<Certificate> = (file) =>
  readCertificates(file).flatMap((der) => present(parseCertificate(der)))

export const crlsOf = blocksOf(['X509 CRL'], parseCertificateList)

export const ocspResponsesOf = blocksOf(['OCSP RESPONSE'], parseOcspResponse)

function blocksOf<T>(labels: readonly string[], parse: (der: Uint8Array) => T | undefined): FileReader<T> {
  return (file) => readDerBlocks(file, { labels, maxOctets: MAX_OCTETS }).flatMap((der) => present(parse(der)))
}

/**
 * Reads the files of folders, or files named themselves; folders inside folders are passed over.
 * @param options.onForeign told of every file that holds nothing of the kind, or inside a folder cannot be read.
 * @throws UnreadablePlace
 */
export async function readPlaces<T>(options: {
  readonly places: readonly string[]
  readonly read: FileReader<T>
  readonly onForeign: (file: string) => void
}): Promise<readonly T[]> {
  const found: T[] = []
  for (const place of options.places) {
    const files = await filesInside(place)
    for (const file of files ?? [place]) {
      const bytes = files === undefined ? await readBounded(file) : await readIfPossible(file)
      const things = bytes === undefined ? [] : options.read(bytes)
      if (things.length === 0) options.onForeign(file)
      found.push(...things)
    }
  }
  return found
}

async function readIfPossible(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readBounded(file)
  } catch (error) {
    if (error instanceof UnreadablePlace) return undefined
    throw error
  }
}

/** @throws UnreadablePlace also where the file is larger than 32 MB. */
export async function readBounded(file: string): Promise<Uint8Array> {
  const { size } = await reach(file, stat(file))
  if (size > MAX_OCTETS) throw new UnreadablePlace(`${file}: больше 32 МБ`)
  return reach(file, readFile(file))
}

/** @returns undefined where the place is a file itself. */
async function filesInside(place: string): Promise<readonly string[] | undefined> {
  const found = await reach(place, stat(place))
  if (!found.isDirectory()) return undefined
  const entries = await reach(place, readdir(place, { withFileTypes: true }))
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => path.join(place, name))
    .sort()
}

async function reach<T>(place: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch {
    throw new UnreadablePlace(`${place}: не удалось прочитать`)
  }
}

function present<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value]
}
