/** Runs tasks of one key one after another, tasks of different keys at once. */
export interface KeyedQueue {
  run<R>(key: string, task: () => Promise<R>): Promise<R>
}

export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<unknown>>()
  return {
    async run(key, task) {
      const before = tails.get(key) ?? Promise.resolve()
      const turn = before.then(task, task)
      tails.set(key, turn)
      try {
        return await turn
      } finally {
        if (tails.get(key) === turn) tails.delete(key)
      }
    },
  }
}
