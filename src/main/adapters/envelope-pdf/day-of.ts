/** Kazakhstan keeps one time all over the country since 1 March 2024, whatever the workstation's clock is set to. */
const day = new Intl.DateTimeFormat('ru-RU', {
  timeZone: 'Asia/Almaty',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
})

/** The day in Kazakhstan, `dd.mm.yyyy`. */
export function dayOf(at: Date): string {
  return day.format(at)
}
