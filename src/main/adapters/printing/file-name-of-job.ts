/** Characters. Four bytes each at most, and file systems take 255 bytes with what is added to the name. */
const MAX_LENGTH = 60
const RESERVED_BY_WINDOWS = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i

/**
 * Turns a job name into the stem of a file name that Windows, macOS and Linux accept: letters, digits, hyphen and
 * underscore. So it holds no separator, no leading dot and no extension of its own.
 */
export function fileNameOfJob(jobName: string): string {
  const safe = jobName.normalize('NFC').replace(/[^\p{L}\p{N}_-]+/gu, '-')
  const stem = Array.from(safe.replace(/^-+/, '')).slice(0, MAX_LENGTH).join('').replace(/-+$/, '')
  if (stem === '') return 'envelope'
  return RESERVED_BY_WINDOWS.test(stem) ? `${stem}-` : stem
}
