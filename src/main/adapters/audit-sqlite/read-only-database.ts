import { access, constants, copyFile, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import Database from 'better-sqlite3'

const ATTEMPTS = 3

/**
 * Opens a database to read it, and leaves no trace beside it. A file in use (or left by a crash) is read in place,
 * through its write-ahead log. A file at rest is read from a private copy: even a read-only connection would create
 * `-wal` and `-shm` beside it, and on a read-only medium it could not open at all.
 * @throws what SQLite or the file system throws.
 */
export async function withReadOnlyDatabase<T>(
  options: { file: string; nativeBinding?: string },
  use: (db: Database.Database) => Promise<T>,
): Promise<T> {
  const file = resolve(options.file)
  const connect = async (path: string) => {
    const db = new Database(path, {
      readonly: true,
      fileMustExist: true,
      ...(options.nativeBinding !== undefined && { nativeBinding: options.nativeBinding }),
    })
    try {
      db.pragma('trusted_schema = OFF')
      db.pragma('cell_size_check = ON')
      // Read once from end to end: what is kept would not be asked for again.
      db.pragma('cache_size = -2048')
      return await use(db)
    } finally {
      db.close()
    }
  }
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await isInUse(file)) return await connect(file)
    const folder = await mkdtemp(join(tmpdir(), 'arm-tson-audit-'))
    try {
      const copy = join(folder, 'copy.sqlite')
      const before = await stamp(file)
      await copyFile(file, copy, constants.COPYFILE_FICLONE)
      if (await exists(`${file}-wal`)) await copyFile(`${file}-wal`, `${copy}-wal`, constants.COPYFILE_FICLONE)
      if (!(await isInUse(file)) && (await stamp(file)) === before) return await connect(copy)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  throw Object.assign(new Error('The database changed while it was being copied'), { code: 'EBUSY' })
}

/** Whoever uses a write-ahead log keeps its index, `-shm`. Where nothing can be written, nobody is at work. */
async function isInUse(file: string): Promise<boolean> {
  return (await exists(`${file}-shm`)) && (await succeeds(access(dirname(file), constants.W_OK)))
}

function exists(path: string): Promise<boolean> {
  return succeeds(access(path))
}

async function stamp(file: string): Promise<string> {
  const wal = (await exists(`${file}-wal`)) ? [await stat(`${file}-wal`)] : []
  return [await stat(file), ...wal].map(({ size, mtimeMs }) => `${size} ${mtimeMs}`).join(' ')
}

function succeeds(operation: Promise<void>): Promise<boolean> {
  return operation.then(
    () => true,
    () => false,
  )
}
