import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { cacheDir } from './cache-dir.mjs'
import { SetupError, say } from './say.mjs'

/**
 * Finalisers of experimental modules run inside the garbage collector and may not touch the heap; node-addon-api defers
 * them by this function where it knows it. The published headers leave it out, as they leave out all that is experimental.
 */
const POST_FINALIZER = `
#include <node_api.h>
EXTERN_C_START
NAPI_EXTERN napi_status NAPI_CDECL
node_api_post_finalizer(node_api_basic_env env, napi_finalize callback, void* data, void* hint);
EXTERN_C_END
`

/**
 * better-sqlite3's shipped binary needs Node-API 10; the fallback runtime has 9 and, as experimental, what the sources
 * use of 10. So the same sources are compiled as an experimental module. Headers come from npm.
 * @returns {Promise<string>} the binding, for better-sqlite3's `nativeBinding` option.
 */
export async function ensureSqliteForFallback(root) {
  const require = createRequire(path.join(root, 'package.json'))
  const folderOf = (name) => path.dirname(require.resolve(`${name}/package.json`))
  const sqlite = folderOf('better-sqlite3')
  const headers = [folderOf('node-api-headers'), folderOf('node-addon-api')]
  const key = createHash('sha256')
    .update([sqlite, ...headers].map((folder) => readFileSync(path.join(folder, 'package.json'), 'utf8')).join('\n'))
    .update(readFileSync(new URL(import.meta.url)))
    .digest('hex')
    .slice(0, 16)
  const binding = path.join(cacheDir(), `better-sqlite3-${key}.node`)
  if (existsSync(binding)) return binding

  say('better-sqlite3: compiling its own sources for the fallback runtime (about a minute, once)')
  const work = mkdtempSync(path.join(cacheDir(), 'compiling-'))
  try {
    const defines = sqliteDefines(path.join(sqlite, 'deps', 'defines.gypi'))
    const sqliteSource = path.join(sqlite, 'deps', 'sqlite3')
    writeFileSync(path.join(work, 'post-finalizer.h'), POST_FINALIZER)
    const common = ['-O2', '-fPIC', '-w', ...defines]
    await Promise.all([
      compile(
        'gcc',
        [...common, '-std=c99', '-D_GNU_SOURCE', '-c', path.join(sqliteSource, 'sqlite3.c'), '-o', 'sqlite3.o'],
        work,
      ),
      compile(
        'g++',
        [
          ...common,
          '-std=c++20',
          '-fno-exceptions',
          '-fvisibility=hidden',
          '-DNAPI_VERSION=2147483647',
          '-DNODE_API_EXPERIMENTAL_HAS_POST_FINALIZER',
          '-include',
          'post-finalizer.h',
          '-DNAPI_DISABLE_CPP_EXCEPTIONS',
          '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
          `-I${sqliteSource}`,
          `-I${path.join(headers[0], 'include')}`,
          `-I${headers[1]}`,
          '-c',
          path.join(sqlite, 'src', 'better_sqlite3.cpp'),
          '-o',
          'better_sqlite3.o',
        ],
        work,
      ),
    ])
    const link = ['-shared', '-o', 'better_sqlite3.node', 'better_sqlite3.o', 'sqlite3.o', '-ldl', '-Wl,-Bsymbolic']
    await compile('g++', [...link, '-Wl,--exclude-libs,ALL'], work)
    renameSync(path.join(work, 'better_sqlite3.node'), binding)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return binding
}

function sqliteDefines(file) {
  const names = readFileSync(file, 'utf8').match(/'(?:HAVE|SQLITE)_[A-Z0-9_]+(?:=-?[0-9]+)?'/g) ?? []
  return names.map((quoted) => `-D${quoted.slice(1, -1)}`)
}

function compile(command, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
    child.on('error', () => reject(new SetupError(`${command} could not be started: install the Debian package g++`)))
    child.on('close', (status) =>
      status === 0 ? resolve() : reject(new SetupError(`${command} failed with status ${status}`)),
    )
  })
}
