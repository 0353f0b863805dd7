import { standDir } from '../../src/main/compose-training.ts'
import type { User } from '../../src/shared/domain/session.ts'
import { listPeople } from '../../src/stand/list-people.ts'
import { type Figure, figure } from './figure.ts'
import { measureParts } from './measure-parts.ts'
import { need, openBenchWorkstation } from './open-bench-workstation.ts'
import { type Step, steps } from './time-ports.ts'
import type { Yardsticks } from './yardsticks.ts'

const WARM_UPS = 5
const TARGET_P95_MS = 400
const operator: User = { login: 'operator', name: 'Оператор', role: 'operator' }

const yardstickOf: Readonly<Record<Step, keyof Yardsticks>> = {
  key: 'newX25519Key',
  sign: 'rsaSign',
  send: 'bareIssue',
  verify: 'rsaVerify',
  unseal: 'x25519',
  render: 'deflate',
  print: 'fsyncedFile',
  audit: 'fsyncedWrite',
}

const stepNames: Readonly<Record<Step, string>> = {
  key: 'one-time key',
  sign: 'sign',
  send: 'send: gateway and portal',
  verify: 'verify',
  unseal: 'unseal',
  render: 'render',
  print: 'print: check and write',
  audit: 'audit: all rows of an issue',
}

/** From «Подписать и отправить» to the envelope handed to the printer, whole and by step; then the parts alone. */
export async function measureIssue(options: {
  readonly dataDir: string
  readonly yardsticks: Yardsticks
  readonly issues: number
}): Promise<Figure[]> {
  const { dataDir, yardsticks } = options
  const whole: number[] = []
  const perIssue: Record<Step, number>[] = []
  let current = noTime()
  const bench = await openBenchWorkstation({
    dataDir,
    onStep(step, ms) {
      current[step] += ms
    },
  })
  try {
    const iins = await unregistered(dataDir)
    for (let round = 0; round < WARM_UPS + options.issues; round++) {
      const iin = iins[round]
      if (iin === undefined) throw new Error(`the register has only ${iins.length} people for whom to issue`)
      current = noTime()
      const begin = performance.now()
      const requestId = await issueAndPrint(iin)
      const took = performance.now() - begin
      if (round >= WARM_UPS) {
        whole.push(took)
        perIssue.push(current)
      }
      need(bench.workstation.printEnvelope.confirm({ requestId, handed: true, operator }))
    }
    const ofStep = (step: Step): Figure => {
      const samples = perIssue.map((times) => times[step])
      return figure(`  ${stepNames[step]}`, 'median', samples, yardsticks[yardstickOf[step]])
    }
    return [
      figure('issue and print', 'p95', whole, yardsticks.bareIssue, TARGET_P95_MS),
      figure('issue and print', 'median', whole, yardsticks.bareIssue),
      ...steps.map(ofStep),
      ...(await measureParts({ ports: bench.ports, yardsticks })),
    ]
  } finally {
    await bench.close()
  }

  async function issueAndPrint(iin: string): Promise<string> {
    const issued = need(
      await bench.workstation.issueCredentials({ iin, confirmWarnings: true, operator, onStep: () => undefined }),
    )
    if (issued.outcome !== 'issued') throw new Error(`issued expected, ${issued.outcome} found`)
    need(await bench.workstation.printEnvelope.print({ requestId: issued.requestId, operator }))
    return issued.requestId
  }
}

function noTime(): Record<Step, number> {
  return { key: 0, sign: 0, send: 0, verify: 0, unseal: 0, render: 0, print: 0, audit: 0 }
}

async function unregistered(dataDir: string): Promise<readonly string[]> {
  const people = await listPeople({ dataDir: standDir(dataDir) })
  return people.filter(({ expect }) => expect.outcome === 'issued').map(({ iin }) => iin)
}
