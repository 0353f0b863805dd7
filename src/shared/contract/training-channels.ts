import { z } from 'zod'
import { trainingSwitchNames } from '../domain/training.ts'

const position = z.enum(trainingSwitchNames).nullable()

/** Verbs of the training mode. A real workstation refuses every one of them. */
export const trainingChannels = {
  'training.people': {
    access: ['operator'],
    input: z.undefined(),
    output: z.array(
      z.object({
        iin: z.string(),
        name: z.string(),
        outcome: z.enum(['issued', 'registered', 'refused']),
        message: z.string().exactOptional(),
      }),
    ),
  },
  /** What the stand's portal sent to made-up telephones, newest first. */
  'training.sms': {
    access: ['operator'],
    input: z.undefined(),
    output: z.array(z.object({ number: z.string(), at: z.string(), text: z.string() })),
  },
  'training.current-switch': { access: ['operator'], input: z.undefined(), output: z.object({ position }) },
  'training.set-switch': { access: ['operator'], input: z.object({ position }), output: z.undefined() },
} as const
