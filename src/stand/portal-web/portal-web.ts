import type { IncomingMessage, ServerResponse } from 'node:http'
import { portalMessages } from '../../shared/domain/reference-data.ts'
import { readBody } from '../http/read-body.ts'
import type { PopulationRegister } from '../population-register/population-register.ts'
import type { AccountBook } from '../portal/account-book.ts'
import type { LogIn, LoginOutcome } from '../portal/log-in.ts'
import type { SmsInbox } from '../sms/sms-inbox.ts'
import { cabinetPage, fields, loginPage, problemPage, smsPage } from './pages.ts'
import { newPasswordProblem } from './password-rules.ts'
import { styleSheet } from './style-sheet.ts'
import { createWebSessions, isFormTokenRight, type WebSession } from './web-sessions.ts'

const COOKIE = '__Host-session'
const SHOWN_MESSAGES = 50
const MAX_FORM_BYTES = 8 * 1024
const FORM_EXPIRED = 'Страница устарела. Попробуйте ещё раз.'

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b5cad"/><circle cx="16" cy="16" r="7" fill="none" stroke="#fff" stroke-width="3"/></svg>`

const PROBLEMS: Record<Exclude<LoginOutcome, 'right'>, readonly string[]> = {
  wrong: [portalMessages.loginWrong],
  'wrong-and-locked': [portalMessages.loginWrong, portalMessages.loginLocked],
  locked: [portalMessages.loginLocked],
}

/** The citizen's side of the portal: login, personal cabinet, change of password. No script runs in it. */
export type PortalWeb = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export function createPortalWeb(options: {
  readonly register: PopulationRegister
  readonly accounts: AccountBook
  readonly logIn: LogIn
  readonly sms: SmsInbox
  readonly now: () => Date
}): PortalWeb {
  const { register, accounts, logIn } = options
  const sessions = createWebSessions({ now: options.now })

  /** @returns the citizen of a session whose password is still the one it began with. */
  async function citizenOf(session: WebSession): Promise<{ readonly iin: string; readonly name: string } | undefined> {
    if (session.citizen === undefined) return undefined
    const { iin, credential } = session.citizen
    const [person, account] = [register.find(iin), await accounts.find(iin)]
    return person !== undefined && account?.password?.salt === credential ? { iin, name: person.name } : undefined
  }

  async function signedIn(session: WebSession, iin: string): Promise<WebSession> {
    const credential = (await accounts.find(iin))?.password?.salt
    return sessions.renew(session, credential === undefined ? undefined : { iin, credential })
  }

  async function showStart(session: WebSession, response: ServerResponse): Promise<void> {
    if ((await citizenOf(session)) !== undefined) return redirect(response, '/cabinet')
    sendPage(response, 200, loginPage({ formToken: session.formToken, problems: [] }), session)
  }

  async function showCabinet(session: WebSession, response: ServerResponse, url: URL): Promise<void> {
    const citizen = await citizenOf(session)
    if (citizen === undefined) return redirect(response, '/')
    const passwordChanged = url.searchParams.has('changed')
    sendPage(response, 200, cabinetPage({ ...session, ...citizen, problems: [], passwordChanged }), session)
  }

  async function doLogin(session: WebSession, response: ServerResponse, form: URLSearchParams): Promise<void> {
    const login = form.get(fields.login)?.trim() ?? ''
    const password = Buffer.from(form.get(fields.password) ?? '', 'utf8')
    const outcome = await logIn.attempt({ login, password })
    password.fill(0)
    if (outcome === 'right') return redirect(response, '/cabinet', await signedIn(session, login))
    const { formToken } = session
    sendPage(response, 403, loginPage({ formToken, login, problems: PROBLEMS[outcome] }), session)
  }

  async function doChangePassword(session: WebSession, response: ServerResponse, form: URLSearchParams): Promise<void> {
    const citizen = await citizenOf(session)
    if (citizen === undefined) return redirect(response, '/')
    const refuse = (...problems: readonly string[]): void =>
      sendPage(response, 403, cabinetPage({ ...session, ...citizen, problems, passwordChanged: false }), session)

    const { iin } = citizen
    const typed = {
      current: form.get(fields.currentPassword) ?? '',
      next: form.get(fields.newPassword) ?? '',
      repeated: form.get(fields.repeatedPassword) ?? '',
    }
    const problem = newPasswordProblem(typed)
    if (problem !== undefined) return refuse(problem)
    const [current, next] = [Buffer.from(typed.current, 'utf8'), Buffer.from(typed.next, 'utf8')]
    try {
      // The same counter as at the door: an open session is no way to guess the password.
      const outcome = await logIn.attempt({ login: iin, password: current })
      if (outcome === 'locked' || outcome === 'wrong-and-locked') return refuse(portalMessages.loginLocked)
      const changed = outcome === 'right' && (await accounts.changePassword({ iin, current, next }))
      if (!changed) return refuse('Текущий пароль введён неверно')
    } finally {
      current.fill(0)
      next.fill(0)
    }
    redirect(response, '/cabinet?changed', await signedIn(session, iin))
  }

  async function handlePost(request: IncomingMessage, response: ServerResponse, url: URL, session: WebSession) {
    const form = await readForm(request)
    if (form === undefined) return sendPage(response, 413, problemPage('Слишком большой запрос.'))
    if (!isFormTokenRight(session, form.get(fields.token) ?? '')) {
      const { formToken } = session
      return sendPage(response, 403, loginPage({ formToken, problems: [FORM_EXPIRED] }), session)
    }
    switch (url.pathname) {
      case '/login':
        return doLogin(session, response, form)
      case '/cabinet/password':
        return doChangePassword(session, response, form)
      case '/logout':
        return redirect(response, '/', sessions.renew(session))
      default:
        return sendPage(response, 404, problemPage('Такой страницы нет.'))
    }
  }

  return async (request, response) => {
    if (!isOwnHost(request)) return sendPage(response, 421, problemPage('Портал отвечает только на этом компьютере.'))
    const url = new URL(request.url ?? '/', 'https://localhost')
    if (request.method === 'GET' && url.pathname === '/style.css') return sendFile(response, 'text/css', styleSheet)
    if (request.method === 'GET' && url.pathname === '/icon.svg') return sendFile(response, 'image/svg+xml', ICON)
    if (request.method === 'GET' && url.pathname === '/sms') {
      return sendPage(response, 200, smsPage(await options.sms.newest(SHOWN_MESSAGES)))
    }
    const session = sessions.open(sessionIdOf(request))
    if (request.method === 'POST') return handlePost(request, response, url, session)
    if (request.method !== 'GET') {
      response.writeHead(405, { allow: 'GET, POST' }).end()
      return
    }
    if (url.pathname === '/') return showStart(session, response)
    if (url.pathname === '/cabinet') return showCabinet(session, response, url)
    sendPage(response, 404, problemPage('Такой страницы нет.'))
  }
}

/** A page of another name that resolves to this machine must not reach the portal (DNS rebinding). */
function isOwnHost(request: IncomingMessage): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?$/.test(request.headers.host ?? '')
}

function sessionIdOf(request: IncomingMessage): string | undefined {
  const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim())
  return cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1)
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const body = await readBody(request, MAX_FORM_BYTES)
  if (body === undefined) return undefined
  const form = new URLSearchParams(body.toString('utf8'))
  body.fill(0)
  return form
}

function cookieHeader(session: WebSession | undefined): Record<string, string> {
  if (session === undefined) return {}
  return { 'set-cookie': `${COOKIE}=${session.id}; Path=/; HttpOnly; Secure; SameSite=Strict` }
}

function sendPage(response: ServerResponse, status: number, page: string, session?: WebSession): void {
  const body = Buffer.from(page, 'utf8')
  response
    .writeHead(status, {
      ...HEADERS,
      ...cookieHeader(session),
      'content-type': 'text/html; charset=utf-8',
      'content-length': body.length,
    })
    .end(body)
}

function sendFile(response: ServerResponse, type: string, text: string): void {
  response.writeHead(200, { ...HEADERS, 'content-type': `${type}; charset=utf-8` }).end(text)
}

function redirect(response: ServerResponse, location: string, session?: WebSession): void {
  response.writeHead(303, { ...HEADERS, ...cookieHeader(session), location }).end()
}
