import { z } from 'zod'
import { languages } from '../domain/language.ts'
import { settingLocks, settingPaths, settingProblems } from '../domain/settings-fields.ts'

const setting = z.enum(settingPaths)
/** Every setting, each as one text. The parser of the settings file says what is wrong with it. */
const values = z.record(setting, z.string().max(4000))
const difference = z.object({
  setting,
  old: z.string(),
  new: z.string(),
  lock: z.enum(settingLocks).exactOptional(),
})
const savedFile = z.object({ saved: z.boolean(), place: z.string().exactOptional() })

/** What the administrator's settings page asks. Nothing here is a secret but the PIN of a trial. */
export const settingsChannels = {
  'settings.read': {
    access: ['administrator'],
    input: z.undefined(),
    output: z.object({
      mode: z.enum(['training', 'real']),
      values,
      /** Set by this workplace; the others are the machine's. */
      own: z.array(setting),
      locks: z.partialRecord(setting, z.enum(settingLocks)),
      /** Saved, and in force after the next start. */
      waiting: z.array(setting),
    }),
  },
  /** Says what is wrong while it is typed. */
  'settings.check': {
    access: ['administrator'],
    input: z.object({ values }),
    output: z.object({
      problems: z.array(
        z.object({ setting, problem: z.enum(settingProblems), detail: z.string().max(500).exactOptional() }),
      ),
    }),
  },
  'settings.save': {
    access: ['administrator'],
    input: z.object({ values, origin: z.enum(['page', 'import']) }),
    output: z.object({ changed: z.array(setting), waiting: z.array(setting) }),
  },
  'settings.try-gateway': {
    access: ['administrator'],
    input: z.object({ values }),
    output: z.object({
      host: z.string(),
      milliseconds: z.int(),
      protocol: z.string(),
      subject: z.string(),
      notAfter: z.string(),
    }),
  },
  'settings.try-key': {
    access: ['administrator'],
    input: z.object({
      values,
      pin: z.instanceof(Uint8Array).refine((bytes) => bytes.length > 0 && bytes.length <= 256),
    }),
    output: z.object({ subject: z.string(), notAfter: z.string(), daysLeft: z.int() }),
  },
  'settings.try-printer': {
    access: ['administrator'],
    input: z.object({ values }),
    output: z.object({ place: z.string() }),
  },
  'settings.export': {
    access: ['administrator'],
    input: z.object({ language: z.enum(languages) }),
    output: savedFile,
  },
  /** A file's differences from what is in force. Nothing is kept: `settings.save` does that. */
  'settings.import': {
    access: ['administrator'],
    input: z.object({ language: z.enum(languages) }),
    output: z.discriminatedUnion('chosen', [
      z.object({ chosen: z.literal(false) }),
      z.object({ chosen: z.literal(true), place: z.string(), differences: z.array(difference) }),
    ]),
  },
  /** What a developer needs, without a secret and without personal data. */
  'diagnostics.save': {
    access: ['administrator'],
    input: z.object({ language: z.enum(languages) }),
    output: savedFile,
  },
} as const
