import { z } from 'zod'
import { createRecordStore } from '../storage/record-store.ts'

/** A telephone keeps so many; older ones go. */
const KEPT = 20

const messageSchema = z.object({ at: z.string(), text: z.string() })
const telephoneSchema = z.object({ messages: z.array(messageSchema) })

export interface SmsMessage {
  /** E.164. */
  readonly number: string
  /** UTC, ISO 8601. */
  readonly at: string
  readonly text: string
}

/** The telephones of the made-up citizens: messages lie on disk in place of a network. */
export interface SmsInbox {
  deliver(message: SmsMessage): Promise<void>
  newest(count: number): Promise<readonly SmsMessage[]>
}

export function createSmsInbox(options: { readonly folder: string }): SmsInbox {
  const telephones = createRecordStore({ folder: options.folder, schema: telephoneSchema })
  return {
    deliver: ({ number, at, text }) =>
      telephones.update(number.slice(1), async (current) => ({
        next: { messages: [...(current?.messages ?? []), { at, text }].slice(-KEPT) },
        result: undefined,
      })),
    async newest(count) {
      const all: SmsMessage[] = []
      for (const key of await telephones.keys()) {
        const telephone = await telephones.read(key)
        all.push(...(telephone?.messages ?? []).map((message) => ({ number: `+${key}`, ...message })))
      }
      return all.toSorted((a, b) => b.at.localeCompare(a.at)).slice(0, count)
    },
  }
}
