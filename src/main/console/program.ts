import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { exportFormats } from '../../shared/domain/audit-review.ts'
import { agreementChoices, resourcesDir, settingsActions, signatureFormats, updateActions } from './command-options.ts'

/**
 * The same composition without a window. docs/cli.md describes each command, its JSON and its exit codes. A command is
 * loaded when it is called: most need only a small part of the workstation.
 */
export const program = new Command('arm').description('АРМ ЦОН: рабочее место оператора, консоль').exitOverride()

const data = () => new Option('--data <dir>', 'папка состояния (стенд, журнал, хранилище ключей)')
const json = () => new Option('--json', 'один объект JSON в stdout, сообщения в stderr')
const confirmWarnings = () => new Option('--confirm-warnings', 'предупреждения об ИИН проверены по документу')
const settings = (without = 'учебный стенд внутри процесса') =>
  new Option('--settings <file>', `настройки рабочего места; без них ${without}`)
const operator = () =>
  new Option('--operator <login>', 'кто работает (реальный режим; по умолчанию пользователь системы)')
const pinFile = () => new Option('--pin-file <file>', 'файл с ПИН ключа (реальный режим)')
const vaultPassphraseFile = () =>
  new Option('--vault-passphrase-file <file>', 'файл с парольной фразой хранилища (реальный режим)')

function serviceCommand(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .requiredOption('--iin <iin>', 'ИИН гражданина, 12 цифр')
    .addOption(confirmWarnings())
    .addOption(data())
    .addOption(json())
    .addOption(settings())
    .addOption(operator())
    .addOption(pinFile())
    .addOption(vaultPassphraseFile())
}

program
  .command('people')
  .description('вымышленные люди учебного стенда и ожидаемый исход для каждого')
  .addOption(new Option('--outcome <outcome>').choices(['issued', 'registered', 'refused']))
  .addOption(data())
  .addOption(json())
  .action(async (options) => finish(await (await import('./people-command.ts')).peopleCommand(options)))

program
  .command('iin')
  .description('разбор ИИН')
  .argument('<iin>')
  .addOption(confirmWarnings())
  .addOption(json())
  .action(async (iin, options) => finish(await (await import('./iin-command.ts')).iinCommand(iin, options)))

serviceCommand('check', 'проверка регистрации гражданина').action(async (options) =>
  finish(await (await import('./check-command.ts')).checkCommand(options)),
)

serviceCommand('issue', 'подпись, отправка, проверка ответа, конверт')
  .option('--out <file>', 'файл конверта; по умолчанию папка учебного принтера')
  .option('--reissue-reason <text>', 'причина выдачи нового пароля зарегистрированному гражданину')
  .option('--document <document>', 'документ: identity-card или passport, номер и последний день через двоеточие')
  .addOption(
    new Option('--agreement <how>', 'соглашение: напечатать или подписано на бланке').choices(agreementChoices),
  )
  .option('--mobile <number>', 'номер сотового телефона для mGov')
  .option('--sms-code <code>', 'код из SMS; stand — взять у учебного стенда; без него спросить в терминале')
  .action(async (options) => finish(await (await import('./issue-command.ts')).issueCommand(options)))

program
  .command('recover')
  .description('запросы, конца которых никто не видел: список, итог, повтор')
  .option('--request <uuid>', 'узнать у портала итог этого запроса и довести его до конца')
  .option('--repeat', 'повторить запрос, которого портал не получал; только при гражданине у стойки')
  .option('--acknowledge', 'отметить запрос и больше о нём не напоминать')
  .option('--out <file>', 'файл конверта; по умолчанию папка учебного принтера')
  .addOption(data())
  .addOption(json())
  .addOption(settings())
  .addOption(operator())
  .addOption(pinFile())
  .addOption(vaultPassphraseFile())
  .action(async (options) => finish(await (await import('./recover-command.ts')).recoverCommand(options)))

program
  .command('walk')
  .description('весь путь оператора на вымышленном гражданине')
  .addOption(data())
  .action(async (options) => finish(await (await import('./walk-command.ts')).walkCommand(options)))

function trustCommand(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .requiredOption('--trust <dir>', 'папка доверенных сертификатов; можно несколько раз', collect)
    .option('--with <dir>', 'папка промежуточных сертификатов; можно несколько раз', collect, [])
    .option('--crl <dir>', 'папка CRL, полных и разностных; можно несколько раз', collect, [])
    .option('--ocsp <file>', 'ответ OCSP; можно несколько раз', collect, [])
    .option('--at <time>', 'момент, на который судить, ISO 8601 с поясом; по умолчанию сейчас', isoTime)
    .option(
      '--policy <oid>',
      'приемлемая политика; можно несколько раз; 2.5.29.32.0 — любая, но какая-нибудь',
      collectOid,
    )
    .option('--inhibit-policy-mapping', 'не сопоставлять политики разных УЦ (RFC 5280, 6.1.1)')
    .option('--inhibit-any-policy', 'anyPolicy в сертификатах не заменяет политику (RFC 5280, 6.1.1)')
    .addOption(
      new Option('--profile <profile>', 'правила НУЦ или только RFC 5280').choices(['nuc', 'rfc5280']).default('nuc'),
    )
    .option('--no-revocation', 'не проверять отзыв')
    .option('--require-authority-revocation', 'без сведений об отзыве удостоверяющих центров исход не определён')
    .addOption(json())
}

trustCommand('chain', 'проверка цепочки сертификатов')
  .argument('<cert...>')
  .action(async (files, options) => finish(await (await import('./chain-command.ts')).chainCommand(files, options)))

trustCommand('verify', 'проверка подписи файла: CMS, XMLDSig в документе, wsse:Security, метка времени')
  .argument('<file>')
  .option('--content <file>', 'содержимое отсоединённой подписи или метки времени')
  .action(async (file, options) => finish(await (await import('./verify-command.ts')).verifyCommand(file, options)))

program
  .command('sign')
  .description('подпись файла ключом PKCS#12, RSA или ГОСТ')
  .argument('<file>')
  .requiredOption('--p12 <file>', 'ключ PKCS#12')
  .requiredOption('--password-file <file>', 'файл с паролем ключа')
  .addOption(new Option('--format <format>', 'вид подписи').choices(signatureFormats).makeOptionMandatory())
  .requiredOption('--out <file>', 'куда записать подписанное')
  .option('--no-certificate-check', 'подписать и тогда, когда срок сертификата не идёт или он не для подписи')
  .addOption(json())
  .action(async (file, options) => finish(await (await import('./sign-command.ts')).signCommand(file, options)))

const audit = program.command('audit').description('журнал')

function auditCommand(name: string, description: string): Command {
  return audit.command(name).description(description).requiredOption('--db <file>', 'файл журнала').addOption(json())
}

auditCommand('verify', 'проверка записей, дерева и состояний журнала')
  .option('--head <file>', 'состояние журнала, сохранённое в другом месте; можно несколько раз', collect, [])
  .option('--trust <dir>', 'папка доверенных сертификатов для подписей состояний; можно несколько раз', collect, [])
  .option('--with <dir>', 'папка промежуточных сертификатов; можно несколько раз', collect, [])
  .option('--signer <file>', 'сертификат, которому подписывать состояния; можно несколько раз', collect, [])
  .action(async (options) => finish(await (await import('./audit-verify-command.ts')).auditVerifyCommand(options)))

auditCommand('heads', 'состояния журнала, чтобы хранить их в другом месте')
  .option('--out <file>', 'файл, который прочтёт audit verify --head')
  .option('--last <number>', 'сколько последних', rowCount, 1)
  .action(async (options) => finish(await (await import('./audit-heads-command.ts')).auditHeadsCommand(options)))

auditCommand('backup', 'проверенная копия журнала, также во время работы АРМ')
  .option('--to <dir>', 'папка копий; по умолчанию backups рядом с журналом')
  .option('--keep <number>', 'сколько копий оставлять', rowCount, 14)
  .action(async (options) => finish(await (await import('./audit-backup-command.ts')).auditBackupCommand(options)))

auditCommand('restore', 'журнал из копии; прежний файл остаётся под другим именем')
  .requiredOption('--from <file>', 'копия')
  .option('--operator <login>', 'кто восстанавливает; по умолчанию пользователь системы')
  .action(async (options) => finish(await (await import('./audit-restore-command.ts')).auditRestoreCommand(options)))

auditCommand('reindex', 'указатель поиска и счётчики дней заново из записей').action(async (options) =>
  finish(await (await import('./audit-reindex-command.ts')).auditReindexCommand(options)),
)

auditCommand('generate', 'новый журнал из вымышленных данных, для испытаний на больших объёмах')
  .requiredOption('--rows <number>', 'сколько записей', rowCount)
  .option('--seed <number>', 'другие данные при другом числе', rowCount, 1)
  .action(async (options) => finish(await (await import('./audit-generate-command.ts')).auditGenerateCommand(options)))

function searching(command: Command): Command {
  return command
    .option('--from <time>', 'записи не раньше, ISO 8601 с поясом', utcTime)
    .option('--to <time>', 'записи раньше, ISO 8601 с поясом', utcTime)
    .option('--actor <login>', 'пользователь')
    .option('--event <event>', 'событие, например reply.issued')
    .option('--outcome <code>', 'исход: код отказа или сбоя')
    .option('--workstation <id>', 'рабочее место')
    .option('--request <uuid>', 'номер запроса')
    .option('--iin <iin>', 'ИИН гражданина, 12 цифр')
    .option('--text <words>', 'начала слов из причин, кодов и примечаний')
    .addOption(settings('учебный журнал'))
    .option('--login <login>', 'супервизор, который ищет; в учебном журнале учебный')
    .option(
      '--password-file <file>',
      'файл с его паролем; без него пароль спрашивается или читается из стандартного ввода',
    )
    .addOption(vaultPassphraseFile())
}

searching(auditCommand('search', 'поиск записей; сам поиск записывается в журнал'))
  .option('--limit <number>', 'сколько записей показать', rowCount, 100)
  .action(async (options) => finish(await (await import('./audit-search-command.ts')).auditSearchCommand(options)))

searching(auditCommand('export', 'выгрузка найденных записей в файл; записывается в журнал'))
  .requiredOption('--out <file>', 'файл выгрузки')
  .addOption(new Option('--format <format>', 'вид файла').choices(exportFormats).default('csv'))
  .option('--unmask-reason <text>', 'показать ИИН полностью и почему; без этого видны шесть цифр')
  .action(async (options) => finish(await (await import('./audit-export-command.ts')).auditExportCommand(options)))

program
  .command('doctor')
  .description('проверка рабочего места: что неисправно, почему и что делать')
  .addOption(data())
  .addOption(json())
  .option('--settings <file>', 'настройки рабочего места; по умолчанию файл администратора')
  .option('--pin-file <file>', 'файл с ПИН ключа: без него ключ не открывается')
  .action(async (options) => finish(await (await import('./doctor-command.ts')).doctorCommand(options)))

program
  .command('printers')
  .description('очереди печати этой машины: состояние, бумага, что хранит система печати')
  .option('--server <uri>', 'сервер печати вместо этой машины: ipp://имя[:порт]', ippServer)
  .addOption(json())
  .action(async (options) => finish(await (await import('./printers-command.ts')).printersCommand(options)))

program
  .command('print-test-page')
  .description('пробная страница без пароля на настроенный принтер')
  .addOption(data())
  .addOption(json())
  .addOption(settings('учебный принтер'))
  .option('--operator <login>', 'кто печатает (реальный режим; по умолчанию пользователь системы)')
  .addOption(vaultPassphraseFile())
  .action(async (options) => finish(await (await import('./print-test-page-command.ts')).printTestPageCommand(options)))

program
  .command('update')
  .description('обновление, подписанное владельцем продукта: найти, скопировать, установить')
  .addArgument(new Argument('<action>').choices(updateActions))
  .option('--from <source>', 'папка обновлений или адрес https')
  .option('--authority <file>', 'сертификат, которому верить у сервера обновлений')
  .option('--channel <name>', 'канал обновлений', 'stable')
  .option('--to <dir>', 'папка установщиков; по умолчанию updates рядом с настройками администратора')
  .addOption(data())
  .addOption(json())
  .option('--operator <login>', 'кто обновляет; по умолчанию пользователь системы')
  .option('--vault-passphrase-file <file>', 'файл с парольной фразой хранилища; без него учебная')
  .action(async (action, options) =>
    finish(await (await import('./update-command.ts')).updateCommand(action, { ...options, resourcesDir })),
  )

function onWorkplace(command: Command): Command {
  return command
    .addOption(data())
    .addOption(json())
    .addOption(settings())
    .option('--operator <login>', 'кто это делает; по умолчанию пользователь системы')
    .addOption(vaultPassphraseFile())
}

onWorkplace(program.command('settings'))
  .description('настройки рабочего места: показать, выгрузить, загрузить')
  .addArgument(new Argument('<action>').choices(settingsActions))
  .option('--file <file>', 'файл настроек, который записать или прочесть')
  .option('--apply', 'применить отличия файла; без этого они только показаны')
  .action(async (action, options) =>
    finish(await (await import('./settings-command.ts')).settingsCommand(action, options)),
  )

onWorkplace(program.command('diagnostics'))
  .description('сведения для разработчика: без секретов и личных данных')
  .requiredOption('--out <file>', 'файл ZIP')
  .action(async (options) => finish(await (await import('./settings-command.ts')).diagnosticsCommand(options)))

program
  .command('self-test')
  .description('криптографическая самопроверка: алгоритмы этой среды и опубликованные векторы ГОСТ')
  .addOption(json())
  .action(async (options) =>
    finish(await (await import('./self-test-command.ts')).selfTestCommand({ ...options, resourcesDir })),
  )

program
  .command('stand')
  .description('учебный стенд: УЦ, ШЭП, портал, ГБД ФЛ')
  .option('--port <number>', 'порт на 127.0.0.1', port)
  .addOption(data())
  .action(async (options) => finish(await (await import('./stand-command.ts')).standCommand(options)))

program
  .command('stand-fault')
  .description('сбой стенда, начиная со следующего сообщения; none отменяет')
  .argument('<fault>')
  .option('--minutes <number>', 'на сколько минут спешат часы портала (portal-clock)', minutes)
  .addOption(data())
  .action(async (fault, options) =>
    finish(await (await import('./stand-command.ts')).standFaultCommand(fault, options)),
  )

program
  .command('stand-revoke')
  .description('отозвать сертификат учебного удостоверяющего центра')
  .argument('<certificate>')
  .option('--hold', 'приостановить')
  .option('--reinstate', 'снять приостановку')
  .addOption(data())
  .action(async (certificate, options) =>
    finish(await (await import('./stand-command.ts')).standRevokeCommand(certificate, options)),
  )

function finish(code: number): void {
  process.exitCode = code
}

function minutes(text: string): number {
  if (!/^-?[0-9]{1,6}$/.test(text)) throw new InvalidArgumentError('целое число минут')
  return Number(text)
}

function port(text: string): number {
  const number = Number(text)
  if (!/^[0-9]{1,5}$/.test(text) || number > 65535) throw new InvalidArgumentError('0–65535')
  return number
}

function ippServer(text: string): string {
  if (!/^ipp:\/\/[^/?#@\s]{1,253}\/?$/.test(text) || !URL.canParse(text.replace(/^ipp/, 'http'))) {
    throw new InvalidArgumentError('ipp://имя[:порт]')
  }
  return text
}

function rowCount(text: string): number {
  if (!/^[1-9][0-9]{0,7}$/.test(text)) throw new InvalidArgumentError('1–99999999')
  return Number(text)
}

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value]
}

function collectOid(value: string, earlier: readonly string[] = []): readonly string[] {
  if (!/^[0-2](\.(0|[1-9][0-9]*))+$/.test(value)) throw new InvalidArgumentError('OID')
  return [...earlier, value]
}

function utcTime(text: string): string {
  return isoTime(text).toISOString()
}

function isoTime(text: string): Date {
  const time = new Date(text)
  const written = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text)
  if (!written || Number.isNaN(time.getTime())) throw new InvalidArgumentError('2026-06-01T12:00:00Z')
  return time
}
