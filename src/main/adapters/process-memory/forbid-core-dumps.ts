import koffi from 'koffi'

/** prctl(2) and getrlimit(2) of Linux. */
const PR_SET_DUMPABLE = 4
const PR_GET_DUMPABLE = 3
const RLIMIT_CORE = 4

/**
 * Keeps the system from writing this process's memory to disk when it crashes: RLIMIT_CORE to nothing, also for what it starts from
 * now on, and the process marked as not dumpable, which core_pattern's programs (systemd-coredump, apport) heed too, and which keeps
 * other processes of the same user from reading its memory.
 * @param options.others processes that this one has started: they lose their core files.
 * @returns whether this process is protected. Elsewhere than on Linux nothing can be done from inside (docs/admin.ru.md).
 */
export function forbidCoreDumps(options: { readonly others?: readonly number[] } = {}): boolean {
  if (process.platform !== 'linux') return false
  try {
    const libc = koffi.load('libc.so.6')
    const prctl = libc.func('int prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d)')
    const prlimit = libc.func('int prlimit(int pid, int resource, void *limit, void *before)')
    // struct rlimit: two unsigned long, both nothing, so that it cannot be raised again.
    const nothing = Buffer.alloc(16)
    const limited = prlimit(0, RLIMIT_CORE, nothing, null) === 0
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    for (const pid of options.others ?? []) prlimit(pid, RLIMIT_CORE, nothing, null)
    return limited && prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) === 0
  } catch {
    // Another C library: the administrator's limits are what there is.
    return false
  }
}
