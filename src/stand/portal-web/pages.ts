import { maskIin } from '../../shared/domain/iin.ts'
import type { SmsMessage } from '../sms/sms-inbox.ts'
import { type Html, html } from './html.ts'
import { passwordHint } from './password-rules.ts'

const PORTAL_NAME = 'Портал электронного правительства'

/** Names of the form fields. */
export const fields = {
  token: 'token',
  login: 'login',
  password: 'password',
  currentPassword: 'current-password',
  newPassword: 'new-password',
  repeatedPassword: 'repeated-password',
} as const

/** @param view.problems what went wrong, one paragraph each. */
export function loginPage(view: {
  readonly formToken: string
  readonly login?: string
  readonly problems: readonly string[]
}): string {
  return page(
    'Вход на портал',
    html`
      <h1>Вход на портал</h1>
      <p class="lead">Войдите с логином и паролем, которые вам выдали в центре обслуживания населения.</p>
      ${alarm(view.problems)}
      <form class="card" method="post" action="/login">
        ${tokenField(view.formToken)}
        <div class="field">
          <label for="login">ИИН или БИН</label>
          <input id="login" name="${fields.login}" type="text" value="${view.login ?? ''}" inputmode="numeric" maxlength="12"
            autocomplete="username" required aria-describedby="login-hint">
          <p class="hint" id="login-hint">12 цифр, без пробелов</p>
        </div>
        <div class="field">
          <label for="password">Пароль</label>
          <input id="password" name="${fields.password}" type="password" maxlength="64"
            autocomplete="current-password" required>
        </div>
        <button type="submit">Войти в систему</button>
      </form>`,
  )
}

export function cabinetPage(view: {
  readonly formToken: string
  readonly name: string
  readonly iin: string
  readonly problems: readonly string[]
  readonly passwordChanged: boolean
}): string {
  const done = html`<div class="message good" role="status"><p>Пароль изменён.</p></div>`
  return page(
    'Личный кабинет',
    html`
      <div class="identity">
        <div>
          <h1>Личный кабинет</h1>
          <p class="lead">Здравствуйте, ${view.name}! ИИН ${maskIin(view.iin)}</p>
        </div>
        <form method="post" action="/logout">
          ${tokenField(view.formToken)}
          <button class="secondary" type="submit">Выйти</button>
        </form>
      </div>
      ${alarm(view.problems)}
      ${view.passwordChanged ? done : undefined}
      <section class="card" aria-labelledby="change-password">
        <h2 id="change-password">Смена пароля</h2>
        <form method="post" action="/cabinet/password">
          ${tokenField(view.formToken)}
          <input type="text" autocomplete="username" value="${view.iin}" readonly hidden>
          ${passwordField({ id: fields.currentPassword, label: 'Текущий пароль', autocomplete: 'current-password' })}
          ${passwordField({ id: fields.newPassword, label: 'Новый пароль', autocomplete: 'new-password', hint: passwordHint })}
          ${passwordField({ id: fields.repeatedPassword, label: 'Повтор пароля', autocomplete: 'new-password' })}
          <button type="submit">Сменить пароль</button>
        </form>
      </section>`,
  )
}

/** The telephones of the made-up citizens: what the portal sent to each, newest first. Nothing here is anybody's. */
export function smsPage(messages: readonly SmsMessage[]): string {
  const none = html`<p class="lead">Сообщений пока нет.</p>`
  return page(
    'Сообщения SMS',
    html`
      <h1>Сообщения SMS</h1>
      <p class="lead">Телефоны учебных граждан. Настоящих SMS стенд не отправляет. Обновите страницу, чтобы увидеть новые.</p>
      ${messages.length === 0 ? none : undefined}
      ${messages.map(
        ({ number, at, text }) => html`
      <section class="card sms">
        <h2>${number}</h2>
        <p class="hint"><time datetime="${at}">${at}</time></p>
        <p>${text}</p>
      </section>`,
      )}`,
  )
}

export function problemPage(problem: string): string {
  return page(
    'Страница недоступна',
    html`
      <h1>Страница недоступна</h1>
      ${alarm([problem])}
      <p><a href="/">На главную страницу</a></p>`,
  )
}

function passwordField(field: {
  readonly id: string
  readonly label: string
  readonly autocomplete: string
  readonly hint?: string
}): Html {
  const { id, hint } = field
  const hintId = `${id}-hint`
  const described = hint === undefined ? undefined : html` aria-describedby="${hintId}"`
  const hintLine = hint === undefined ? undefined : html`<p class="hint" id="${hintId}">${hint}</p>`
  return html`
    <div class="field">
      <label for="${id}">${field.label}</label>
      <input id="${id}" name="${id}" type="password" maxlength="64" autocomplete="${field.autocomplete}" required${described}>
      ${hintLine}
    </div>`
}

function tokenField(formToken: string): Html {
  return html`<input type="hidden" name="${fields.token}" value="${formToken}">`
}

function alarm(problems: readonly string[]): Html | undefined {
  if (problems.length === 0) return undefined
  return html`<div class="message alarm" role="alert">${problems.map((problem) => html`<p>${problem}</p>`)}</div>`
}

function page(title: string, content: Html): string {
  const document = html`<!doctype html>
<html lang="ru">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} — ${PORTAL_NAME} (учебный)</title>
    <link rel="stylesheet" href="/style.css">
    <link rel="icon" href="/icon.svg" type="image/svg+xml">
  </head>
  <body>
    <div class="notice" role="note">Учебный стенд. Это не настоящий портал, все люди здесь вымышлены.</div>
    <header class="masthead">
      <span class="emblem" aria-hidden="true">e</span>
      <span class="brand">${PORTAL_NAME}<small>Республика Казахстан · учебный стенд</small></span>
    </header>
    <main>${content}</main>
    <footer><p>Учебный портал ПЭП. Хранит учётные записи только на этом компьютере.</p></footer>
  </body>
</html>
`
  return document.markup
}
