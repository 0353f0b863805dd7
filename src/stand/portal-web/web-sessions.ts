import { randomBytes, timingSafeEqual } from 'node:crypto'

const IDLE_MS = 30 * 60 * 1000
const MAX_SESSIONS = 1000

/** A visitor of the page. Sessions live in memory: a restart ends them. */
export interface WebSession {
  readonly id: string
  /** Sent with every form, so that only our own pages can post. */
  readonly formToken: string
  /** Present after login. `credential` names the password used: another password ends the session. */
  readonly citizen?: { readonly iin: string; readonly credential: string }
}

export interface WebSessions {
  /** @returns the visitor's session, or a new one. */
  open(id: string | undefined): WebSession
  /** Ends a session and starts another under a new id: who knew the old id gains nothing. */
  renew(session: WebSession, citizen?: WebSession['citizen']): WebSession
}

export function createWebSessions(options: { readonly now: () => Date }): WebSessions {
  /** In order of last use. */
  const sessions = new Map<string, { readonly session: WebSession; readonly usedAt: number }>()

  function keep(session: WebSession): WebSession {
    sessions.delete(session.id)
    sessions.set(session.id, { session, usedAt: options.now().getTime() })
    const [oldest] = sessions.keys()
    if (sessions.size > MAX_SESSIONS && oldest !== undefined) sessions.delete(oldest)
    return session
  }

  function create(citizen?: WebSession['citizen']): WebSession {
    const [id, formToken] = [randomToken(), randomToken()]
    return keep(citizen === undefined ? { id, formToken } : { id, formToken, citizen })
  }

  return {
    open(id) {
      const known = id === undefined ? undefined : sessions.get(id)
      const alive = known !== undefined && options.now().getTime() - known.usedAt <= IDLE_MS
      return alive ? keep(known.session) : create()
    },
    renew(session, citizen) {
      sessions.delete(session.id)
      return create(citizen)
    },
  }
}

export function isFormTokenRight(session: WebSession, token: string): boolean {
  const [expected, given] = [Buffer.from(session.formToken), Buffer.from(token)]
  return expected.length === given.length && timingSafeEqual(expected, given)
}

function randomToken(): string {
  return randomBytes(32).toString('base64url')
}
