const RULES: readonly (readonly [broken: (password: string) => boolean, message: string])[] = [
  [(password) => password.length < 8, 'Новый пароль короче 8 символов'],
  [(password) => password.length > 64, 'Новый пароль длиннее 64 символов'],
  [(password) => !/^[!-~]*$/.test(password), 'Допустимы латинские буквы, цифры и знаки, без пробелов'],
  [(password) => !/[A-Z]/.test(password), 'Добавьте заглавную латинскую букву'],
  [(password) => !/[a-z]/.test(password), 'Добавьте строчную латинскую букву'],
  [(password) => !/[0-9]/.test(password), 'Добавьте цифру'],
  [(password) => !/[^A-Za-z0-9]/.test(password), 'Добавьте знак, например ! или #'],
]

/** What is said under the field. */
export const passwordHint =
  'Не короче 8 символов: заглавная и строчная латинские буквы, цифра и знак. Пробелы не допускаются.'

/** @returns the first rule that a citizen's new password breaks, in words, or undefined. */
export function newPasswordProblem(options: {
  readonly current: string
  readonly next: string
  readonly repeated: string
}): string | undefined {
  const broken = RULES.find(([isBroken]) => isBroken(options.next))
  if (broken !== undefined) return broken[1]
  if (options.next !== options.repeated) return 'Новый пароль и повтор не совпадают'
  if (options.next === options.current) return 'Новый пароль совпадает с текущим'
  return undefined
}
