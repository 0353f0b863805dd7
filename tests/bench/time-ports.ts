import type { WorkstationPorts } from '../../src/main/compose.ts'

export const steps = ['key', 'sign', 'send', 'verify', 'unseal', 'render', 'print', 'audit'] as const
export type Step = (typeof steps)[number]

/** The same ports; what each step of an issue takes is told to `note`, milliseconds. */
export function timePorts(ports: WorkstationPorts, note: (step: Step, ms: number) => void): WorkstationPorts {
  const { audit, gateway, page, printer, seal, signer, verifier } = ports

  async function timed<T>(step: Step, work: () => Promise<T>): Promise<T> {
    const begin = performance.now()
    const value = await work()
    note(step, performance.now() - begin)
    return value
  }

  return {
    ...ports,
    audit: {
      ...audit,
      append(entry) {
        const begin = performance.now()
        const written = audit.append(entry)
        note('audit', performance.now() - begin)
        return written
      },
    },
    gateway: { ...gateway, send: (message) => timed('send', () => gateway.send(message)) },
    page: { render: (content) => timed('render', () => page.render(content)) },
    printer: {
      ...printer,
      check: () => timed('print', () => printer.check()),
      print: (job) => timed('print', () => printer.print(job)),
    },
    seal: {
      ...seal,
      async newOneTimeKey() {
        const key = await timed('key', () => seal.newOneTimeKey())
        return { ...key, open: (sealed) => timed('unseal', () => key.open(sealed)) }
      },
    },
    signer: { ...signer, sign: (content) => timed('sign', () => signer.sign(content)) },
    verifier: { ...verifier, verify: (document, at) => timed('verify', () => verifier.verify(document, at)) },
  }
}
