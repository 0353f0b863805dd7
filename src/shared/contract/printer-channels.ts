import { z } from 'zod'
import { printerNeeds } from '../domain/print-progress.ts'
import { queueStates } from '../domain/system-queue.ts'
import { failureSchema } from './failure.ts'

const systemQueue = z.object({
  /** As `printer.queue` of the settings names it. */
  name: z.string(),
  description: z.string().exactOptional(),
  model: z.string().exactOptional(),
  state: z.enum(queueStates),
  accepting: z.boolean().exactOptional(),
  /** PWG 5101.1 names of what lies in the trays or, where that is not known, of what the printer can take. */
  media: z.array(z.string()),
  needs: z.array(z.enum(printerNeeds)),
  /** printer-state-reasons, as the queue gives them. */
  reasons: z.array(z.string()),
  /** The settings name this queue. */
  configured: z.boolean(),
})

/** What the administrator's page asks of printers. */
export const printerChannels = {
  /** `from`: who knows the queues of this machine; `findings`: what that system does with files of jobs. */
  'printer.list': {
    access: ['administrator'],
    input: z.undefined(),
    output: z.object({
      from: z.enum(['cups', 'desktop', 'nobody']),
      queues: z.array(systemQueue),
      findings: z.array(failureSchema),
    }),
  },
  /** A sheet without a secret. Where nobody tells how it ended, the failure is `print.outcome-unknown`. */
  'printer.test-page': {
    access: ['operator', 'supervisor', 'administrator'],
    input: z.undefined(),
    output: z.object({ place: z.string() }),
  },
} as const
