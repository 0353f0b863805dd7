/** @returns how long the work took, milliseconds. */
export async function timeOnce(work: () => unknown): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}

/** Times `work` again and again, after warm-ups that do not count. */
export async function timeMany(count: number, work: () => unknown, warmUps = 5): Promise<number[]> {
  for (let index = 0; index < warmUps; index++) await work()
  const samples: number[] = []
  for (let index = 0; index < count; index++) samples.push(await timeOnce(work))
  return samples
}
