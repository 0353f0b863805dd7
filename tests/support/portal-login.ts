import { readFileSync } from 'node:fs'
import https from 'node:https'

interface Page {
  readonly status: number
  readonly location: string | undefined
  readonly cookies: readonly string[]
  readonly body: string
}

/** Logs in on the stand's web page as a browser without a script would. @returns the page that answers. */
export async function logInToPortal(options: {
  readonly portalUrl: string
  readonly authorityFile: string
  readonly login: string
  readonly password: string
}): Promise<string> {
  const ca = readFileSync(options.authorityFile)
  const jar = new Map<string, string>()
  const go = async (method: string, url: URL, form?: URLSearchParams): Promise<Page & { url: URL }> => {
    const page = await request({ method, url, ca, jar, ...(form === undefined ? {} : { form }) })
    for (const cookie of page.cookies) {
      const [pair] = cookie.split(';')
      const at = pair?.indexOf('=') ?? -1
      if (pair !== undefined && at > 0) jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    if (page.status < 300 || page.status >= 400 || page.location === undefined) return { ...page, url }
    return go('GET', new URL(page.location, url))
  }
  const entrance = await go('GET', new URL(options.portalUrl))
  const form = new URLSearchParams()
  for (const [, name, value] of entrance.body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)) {
    form.set(name ?? '', value ?? '')
  }
  const action = /<form[^>]*action="([^"]+)"/.exec(entrance.body)?.[1] ?? entrance.url.pathname
  const nameOf = (type: string): string => {
    const input = new RegExp(`<input[^>]*type="${type}"[^>]*>`).exec(entrance.body)?.[0] ?? ''
    const name = /name="([^"]+)"/.exec(input)?.[1]
    if (name === undefined) throw new Error(`no input of type ${type} in:\n${entrance.body}`)
    return name
  }
  form.set(nameOf('text'), options.login)
  form.set(nameOf('password'), options.password)
  return (await go('POST', new URL(action, entrance.url), form)).body
}

function request(options: {
  method: string
  url: URL
  ca: Buffer
  jar: ReadonlyMap<string, string>
  form?: URLSearchParams
}): Promise<Page> {
  const body = options.form?.toString()
  return new Promise((resolve, reject) => {
    const outgoing = https.request(
      options.url,
      {
        method: options.method,
        ca: options.ca,
        headers: {
          cookie: Array.from(options.jar, ([name, value]) => `${name}=${value}`).join('; '),
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }),
          origin: options.url.origin,
        },
      },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            location: incoming.headers.location,
            cookies: incoming.headers['set-cookie'] ?? [],
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        )
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
