import type { WorkstationPorts } from '../../src/main/compose.ts'
import type { Stand } from '../../src/stand/start-stand.ts'
import { issueInput, openTrainingWorkstation, operator } from './training-workstation.ts'

/**
 * One issue that ends with SIGKILL at the n-th call of a port, before or after it: the process gets no chance to tidy
 * up. Arguments: a running stand as JSON, data folder, ИИН, n, `before` or `after`. Prints the number of calls where it survives.
 */
const [standJson = '', dataDir = '', iin = '', nth = '', moment = ''] = process.argv.slice(2)
let calls = 0

function killing<T extends object>(port: T): T {
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function' || !armed) return member
      return (...args: unknown[]) => {
        calls += 1
        const here = calls === Number(nth)
        if (here && moment === 'before') process.kill(process.pid, 'SIGKILL')
        const result: unknown = Reflect.apply(member, target, args)
        if (!here) return result
        if (!(result instanceof Promise)) {
          process.kill(process.pid, 'SIGKILL')
          return result
        }
        return result.then((value) => {
          process.kill(process.pid, 'SIGKILL')
          return value
        })
      }
    },
  })
}

let armed = false
const stand = { ...(JSON.parse(standJson) as Omit<Stand, 'close'>), close: async () => undefined } satisfies Stand
const { workstation } = await openTrainingWorkstation({
  stand,
  dataDir,
  wrap: (ports): WorkstationPorts => ({
    ...ports,
    audit: killing(ports.audit),
    gateway: killing(ports.gateway),
    outbox: killing(ports.outbox),
    page: killing(ports.page),
    printer: killing(ports.printer),
    seal: killing(ports.seal),
    signer: killing(ports.signer),
    verifier: killing(ports.verifier),
  }),
})
armed = true
const issued = await workstation.issueCredentials(issueInput(iin, 'Проверка обрыва'))
if (issued.ok && issued.value.outcome === 'issued') {
  const { requestId } = issued.value
  await workstation.printEnvelope.print({ requestId, operator })
  workstation.printEnvelope.confirm({ requestId, handed: true, operator })
}
process.stdout.write(`${calls}\n`)
await workstation.close()
