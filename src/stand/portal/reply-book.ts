import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { KeptReplyState } from '../../shared/domain/registration.ts'
import { createKeyedQueue } from '../storage/keyed-queue.ts'
import { createRecordStore } from '../storage/record-store.ts'

const KEPT_MS = 24 * 60 * 60 * 1000
const CLEARED_EVERY_MS = 60 * 60 * 1000

const entrySchema = z.object({
  at: z.string(),
  /** SHA-256 of the request's signed content, hex. */
  contentSha256: z.string(),
  /** Whose request it was: nobody else is told what became of it. */
  workstation: z.string().exactOptional(),
  /** The signed reply, base64. Absent while the request is being served, and for replies that are not kept. */
  reply: z.string().exactOptional(),
})
type Entry = z.infer<typeof entrySchema>

export type Remembered =
  | { readonly kind: 'reply'; readonly reply: Buffer }
  /** The same request was accepted before, and its reply is not there (not kept, or its server died). */
  | { readonly kind: 'reply-not-kept' }
  /** The id was used for another content. */
  | { readonly kind: 'id-reused' }

/** Remembers for a day which requests were accepted and how they were answered, so that a repeat changes nothing. */
export interface ReplyBook {
  /** @param answer runs once for a request id, however often and in however many processes it arrives. */
  once(
    request: { readonly requestId: string; readonly workstation: string; readonly content: Uint8Array },
    answer: () => Promise<{ readonly reply: Buffer; readonly keep: boolean }>,
  ): Promise<Remembered>
  /** What became of a request; waits for one that is being served here. `other-workstation`: not the asker's to know. */
  find(request: {
    readonly requestId: string
    readonly workstation: string
  }): Promise<KeptReplyState | { readonly name: 'other-workstation' }>
}

export function createReplyBook(options: { readonly folder: string; readonly now: () => Date }): ReplyBook {
  const records = createRecordStore({ folder: options.folder, schema: entrySchema })
  const queue = createKeyedQueue()
  const age = (entry: Entry): number => options.now().getTime() - Date.parse(entry.at)
  let clearedAt = Number.NEGATIVE_INFINITY

  async function clearOld(): Promise<void> {
    const now = options.now().getTime()
    if (now - clearedAt < CLEARED_EVERY_MS) return
    clearedAt = now
    for (const key of await records.keys()) {
      const entry = await records.read(key)
      if (entry !== undefined && age(entry) > KEPT_MS) await records.remove(key)
    }
  }

  return {
    find: ({ requestId, workstation }) =>
      queue.run(requestId, async () => {
        const entry = await records.read(requestId)
        if (entry === undefined || age(entry) > KEPT_MS) return { name: 'unknown' }
        if (entry.workstation !== workstation) return { name: 'other-workstation' }
        return entry.reply === undefined
          ? { name: 'not-kept' }
          : { name: 'served', reply: Buffer.from(entry.reply, 'base64') }
      }),
    async once({ requestId, workstation, content }, answer) {
      await clearOld()
      const contentSha256 = createHash('sha256').update(content).digest('hex')
      return queue.run(requestId, async () => {
        const claim: Entry = { at: options.now().toISOString(), contentSha256, workstation }
        const earlier = await records.update<Entry | undefined>(requestId, async (current) =>
          current === undefined || age(current) > KEPT_MS ? { next: claim, result: undefined } : { result: current },
        )
        if (earlier !== undefined) {
          if (earlier.contentSha256 !== contentSha256) return { kind: 'id-reused' }
          if (earlier.reply === undefined) return { kind: 'reply-not-kept' }
          return { kind: 'reply', reply: Buffer.from(earlier.reply, 'base64') }
        }
        const { reply, keep } = await answer()
        if (keep) {
          const entry = { ...claim, reply: reply.toString('base64') }
          await records.update(requestId, async () => ({ next: entry, result: undefined }))
        }
        return { kind: 'reply', reply }
      })
    },
  }
}
