/** The same digits in all three languages, as on the country's forms: dd.mm.yyyy. */

const two = (value: number): string => String(value).padStart(2, '0')

/** @param iso a calendar date `YYYY-MM-DD`, or an ISO 8601 moment, of which the local day is taken. */
export function formatDate(iso: string): string {
  const calendar = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso)
  if (calendar !== null) return `${calendar[3]}.${calendar[2]}.${calendar[1]}`
  const date = new Date(iso)
  return `${two(date.getDate())}.${two(date.getMonth() + 1)}.${date.getFullYear()}`
}

/** @param iso an ISO 8601 moment; shown as local time `hh:mm:ss`. */
export function formatTime(iso: string): string {
  const date = new Date(iso)
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** @param iso an ISO 8601 moment; shown as local time `dd.mm.yyyy hh:mm:ss`. */
export function formatMoment(iso: string): string {
  return `${formatDate(iso)} ${formatTime(iso)}`
}
