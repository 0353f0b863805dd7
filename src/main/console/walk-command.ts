import { standDir } from '../compose-training.ts'
import { checkCommand } from './check-command.ts'
import { dataDirOf } from './command-options.ts'
import { createConsoleIo } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { issueCommand } from './issue-command.ts'

/** The main job in the console, on the first made-up citizen whom the portal would register now. */
export async function walkCommand(options: { readonly data?: string }): Promise<ExitCode> {
  const io = createConsoleIo({ json: false })
  const { listPeople } = await import('../../stand/start-stand.ts')
  const people = await listPeople({ dataDir: standDir(dataDirOf(options, 'training')) })
  const citizen = people.find(({ expect }) => expect.outcome === 'issued')
  io.tell('АРМ ЦОН · УЧЕБНЫЙ РЕЖИМ · все люди и ключи вымышлены')
  if (citizen === undefined) {
    io.tell('Все учебные граждане уже зарегистрированы: укажите другую папку через --data.')
    return exitCode.otherwise
  }
  io.tell(`1. ИИН ${citizen.iin} (${citizen.name})`)
  io.tell('2. Проверка регистрации')
  const checked = await checkCommand({ ...options, iin: citizen.iin })
  if (checked !== exitCode.done) return checked
  io.tell('3. Документ, соглашение, подпись и отправка, mGov, печать конверта')
  return issueCommand({
    ...options,
    iin: citizen.iin,
    document: `identity-card:${citizen.iin.slice(-9)}:${new Date().getFullYear() + 5}-06-30`,
    agreement: 'print',
    mobile: `+7701${citizen.iin.slice(-7)}`,
    smsCode: 'stand',
  })
}
