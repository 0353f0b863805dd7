import { readFile, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import type { AuthorityFiles } from './authority-files.ts'

/** Counts the ways in which the folder was ever laid out. */
export const authorityForm = 3

const descriptionSchema = z.object({
  form: z.literal(authorityForm),
  /** `http://host:port` that stands in the certificates. */
  servicesBase: z.string().regex(/^http:\/\/[a-z0-9.]+:[0-9]{1,5}$/),
})
export type AuthorityDescription = z.infer<typeof descriptionSchema>

export async function writeAuthorityDescription(
  files: AuthorityFiles,
  description: AuthorityDescription,
): Promise<void> {
  await writeFile(files.description, `${JSON.stringify(description)}\n`)
}

/** @returns undefined where the folder is not there or was laid out otherwise. */
export async function readAuthorityDescription(files: AuthorityFiles): Promise<AuthorityDescription | undefined> {
  const text = await readFile(files.description, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return descriptionSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
