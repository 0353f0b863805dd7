import { z } from 'zod'
import { healthAreas, healthCauses, healthStates } from '../domain/health.ts'
import { failureCodes } from './failure.ts'

/** The administrator's look at the workstation. */
export const healthChannels = {
  /** One part at a time: what answers at once is shown at once, and a slow printer hides nothing. */
  'health.look': {
    access: ['administrator'],
    input: z.object({ area: z.enum(healthAreas) }),
    output: z.object({
      findings: z.array(
        z.object({
          state: z.enum(healthStates),
          cause: z.enum([...failureCodes, ...healthCauses]).exactOptional(),
          detail: z.string().max(300).exactOptional(),
        }),
      ),
    }),
  },
} as const
