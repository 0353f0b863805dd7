import type { HealthArea, HealthState, OwnHealthCause } from '../domain/health.ts'
import type { Language } from '../domain/language.ts'
import type { FailureCode } from './failure.ts'
import { failureTexts } from './failure-texts.ts'

/** What an administrator reads: what is wrong, and what he does. The console says it in Russian, the window in its language. */
export interface HealthText {
  readonly cause: string
  readonly remedy: string
}

interface HealthTexts {
  readonly areas: Readonly<Record<HealthArea, string>>
  readonly states: Readonly<Record<HealthState, string>>
  readonly causes: Readonly<Record<OwnHealthCause, HealthText>>
  /** Where the operator is told to call the administrator, the administrator is told what to do. */
  readonly remedies: Readonly<Record<AdministratorCode, string>>
}

const administratorCodes = [
  'settings.invalid',
  'sign.key-missing',
  'sign.key-unreadable',
  'sign.wrong-pin',
  'sign.driver-failed',
  'sign.token-absent',
  'sign.certificate-expired',
  'sign.certificate-not-yet-valid',
  'sign.certificate-untrusted',
  'sign.certificate-usage',
  'gateway.unreachable',
  'gateway.timeout',
  'gateway.tls-untrusted',
  'print.no-printer',
  'print.unreachable',
  'print.tls-untrusted',
  'audit.broken',
  'audit.unavailable',
  'audit.newer-version',
  'reply.certificate-revoked',
  'reply.certificate-status-unknown',
] as const satisfies readonly FailureCode[]
type AdministratorCode = (typeof administratorCodes)[number]

const ru: HealthTexts = {
  areas: {
    versions: 'Программа',
    settings: 'Настройки',
    clock: 'Часы',
    disk: 'Диск',
    log: 'Журнал',
    trust: 'Доверие',
    key: 'Ключ',
    printer: 'Принтер',
    gateway: 'Шлюз',
  },
  states: {
    good: 'в порядке',
    attention: 'обратите внимание',
    bad: 'НЕИСПРАВНО',
    unknown: 'не проверено',
  },
  causes: {
    'versions.runtime-old': {
      cause: 'Среда исполнения старше, чем нужно программе.',
      remedy: 'Установите текущий пакет АРМ; для консоли нужен Node 20.18 или новее.',
    },
    'settings.absent': {
      cause: 'Файла настроек нет, рабочее место открывается только в учебном режиме.',
      remedy: 'Положите настройки в указанное место (docs/cli.md, «Settings file») или назовите файл: --settings.',
    },
    'clock.implausible': {
      cause: 'Часы показывают время, которого сейчас быть не может.',
      remedy: 'Настройте синхронизацию времени с сервером сети и запустите проверку снова.',
    },
    'clock.behind-log': {
      cause: 'Часы отстают от последней записи журнала: их перевели назад, или вперёд и обратно.',
      remedy: 'Настройте синхронизацию времени. Не правьте журнал: расхождение объясните в акте.',
    },
    'clock.differs-from-portal': {
      cause: 'Часы расходятся с часами портала больше чем на минуту.',
      remedy: 'Настройте синхронизацию времени: по этим часам судят о сертификатах, ответах и метках времени.',
    },
    'disk.folder-absent': {
      cause: 'Папки данных ещё нет.',
      remedy:
        'Если рабочее место новое, она появится при первом запуске; иначе проверьте путь (--data) и пользователя.',
    },
    'disk.unwritable': {
      cause: 'В папку данных нельзя писать.',
      remedy: 'Верните права пользователю рабочего места и проверьте, не подключён ли диск только для чтения.',
    },
    'disk.open-to-others': {
      cause: 'Файл или папка доступны другим пользователям машины.',
      remedy: 'Закройте доступ: chmod 700 для папки, chmod 600 для файла. Выясните, кто и зачем его открыл.',
    },
    'disk.nearly-full': {
      cause: 'На диске остаётся меньше гигабайта.',
      remedy: 'Освободите место: при заполненном диске приём остановится.',
    },
    'disk.full': {
      cause: 'На диске нет места для журнала, а без записи в журнал ничего не выдаётся.',
      remedy: 'Освободите место на диске с папкой данных. Файлы журнала не удаляйте.',
    },
    'log.absent': {
      cause: 'Журнала ещё нет.',
      remedy: 'Если рабочее место уже работало, журнал пропал: не запускайте его и начните с восстановления из копии.',
    },
    'trust.expired': {
      cause: 'Срок доверенного сертификата или сертификата портала не идёт.',
      remedy: 'Проверьте часы. Если они верны, получите новый сертификат и замените файл, названный в trust.',
    },
    'trust.expires-soon': {
      cause: 'Срок доверенного сертификата или сертификата портала кончается через месяц или раньше.',
      remedy: 'Получите новый сертификат и положите его рядом со старым.',
    },
    'trust.portal-untrusted': {
      cause: 'Сертификат портала не ведёт к доверенному корню.',
      remedy:
        'Проверьте trust.anchors, trust.intermediates и trust.portalCertificate: arm chain покажет место разрыва.',
    },
    'key.not-opened': {
      cause: 'Ключ на месте, но не открывался.',
      remedy: 'Откройте ключ его ПИН (в консоли --pin-file) и проверьте снова. У токена это тратит одну попытку.',
    },
    'key.refused': {
      cause: 'Ключ открыт, но его сертификат не принят: подписывать им нельзя.',
      remedy: 'Код отказа есть в журнале, «Ключ подписи не открыт». Замените ключ или исправьте доверие.',
    },
    'key.expires-soon': {
      cause: 'Срок сертификата ключа кончается через месяц или раньше.',
      remedy: 'Закажите новый ключ информационной системы сейчас.',
    },
    'key.open-to-others': {
      cause: 'Файл ключа доступен другим пользователям машины.',
      remedy: 'Оставьте доступ одному пользователю рабочего места. Если файл могли скопировать, отзовите сертификат.',
    },
    'health.needs-settings': {
      cause: 'Без настроек не проверить.',
      remedy: 'Исправьте настройки и запустите проверку снова.',
    },
    'health.no-answer': {
      cause: 'Проверка не ответила за отведённое время.',
      remedy: 'Запустите её снова; если повторится, перезагрузите машину и проверьте сеть.',
    },
  },
  remedies: {
    'settings.invalid': 'Исправьте поле или файл, названные в скобках: docs/cli.md, «Settings file».',
    'sign.key-missing': 'Положите файл ключа по указанному пути или исправьте key в настройках.',
    'sign.key-unreadable': 'Дайте пользователю рабочего места право читать файл; если он повреждён, возьмите копию.',
    'sign.wrong-pin': 'Проверьте ПИН. У токена число попыток ограничено: не подбирайте.',
    'sign.driver-failed': 'Установите библиотеку PKCS#11 производителя токена и укажите её путь в key.library.',
    'sign.token-absent': 'Вставьте токен; если он вставлен, проверьте его метку (key.label) и драйвер.',
    'sign.certificate-expired': 'Установите новый ключ информационной системы.',
    'sign.certificate-not-yet-valid': 'Проверьте часы; если они верны, срок сертификата ещё не начался.',
    'sign.certificate-untrusted':
      'Добавьте сертификат удостоверяющего центра ключа в trust.anchors или trust.intermediates.',
    'sign.certificate-usage': 'Этот сертификат не для подписи: нужен ключ подписи информационной системы.',
    'gateway.unreachable': 'Проверьте сеть, межсетевой экран и gateway.url: имя и порт в скобках.',
    'gateway.timeout': 'Проверьте сеть и межсетевой экран: соединение не отклонено и не принято.',
    'gateway.tls-untrusted':
      'Сверьте gateway.authority с удостоверяющим центром шлюза; чужой сертификат не принимайте.',
    'print.no-printer': 'Назовите принтер в настройках: printer (docs/printing.md).',
    'print.unreachable': 'Проверьте, что принтер включён и отвечает по адресу printer.uri.',
    'print.tls-untrusted': 'Сверьте printer.authority или printer.certificate с сертификатом принтера.',
    'audit.broken':
      'Остановите приём. Сохраните файл журнала и его копии, проверьте их: arm audit verify (docs/audit-log.md).',
    'audit.unavailable':
      'Верните файл журнала и права на него; если он потерян, восстановите из копии: arm audit restore.',
    'audit.newer-version': 'Журнал записан более новой программой: установите её, назад версия не ставится.',
    'reply.certificate-revoked': 'Сертификат портала отозван: остановите приём и свяжитесь с порталом.',
    'reply.certificate-status-unknown':
      'Откройте доступ к CRL и OCSP удостоверяющего центра или назовите их адреса: revocation.',
  },
}

const kk: HealthTexts = {
  areas: {
    versions: 'Бағдарлама',
    settings: 'Баптаулар',
    clock: 'Сағат',
    disk: 'Диск',
    log: 'Журнал',
    trust: 'Сенім',
    key: 'Кілт',
    printer: 'Принтер',
    gateway: 'Шлюз',
  },
  states: {
    good: 'жарамды',
    attention: 'назар аударыңыз',
    bad: 'АҚАУЛЫ',
    unknown: 'тексерілмеді',
  },
  causes: {
    'versions.runtime-old': {
      cause: 'Орындау ортасы бағдарламаға қажетті нұсқадан ескі.',
      remedy: 'АЖО-ның қазіргі пакетін орнатыңыз; консольге Node 20.18 немесе одан жаңасы керек.',
    },
    'settings.absent': {
      cause: 'Баптаулар файлы жоқ, жұмыс орны тек оқу режимінде ашылады.',
      remedy: 'Баптауларды көрсетілген жерге қойыңыз (docs/cli.md, «Settings file») немесе файлды атаңыз: --settings.',
    },
    'clock.implausible': {
      cause: 'Сағат қазір болуы мүмкін емес уақытты көрсетіп тұр.',
      remedy: 'Уақытты желі серверімен синхрондауды баптап, тексеруді қайта іске қосыңыз.',
    },
    'clock.behind-log': {
      cause: 'Сағат журналдың соңғы жазбасынан артта: ол кері немесе алға, содан кейін кері жылжытылған.',
      remedy: 'Уақыт синхрондауын баптаңыз. Журналды түзетпеңіз: айырманы актіде түсіндіріңіз.',
    },
    'clock.differs-from-portal': {
      cause: 'Сағат портал сағатынан бір минуттан артық айырмада.',
      remedy: 'Уақыт синхрондауын баптаңыз: сертификаттар, жауаптар мен уақыт белгілері осы сағатпен бағаланады.',
    },
    'disk.folder-absent': {
      cause: 'Деректер қалтасы әлі жоқ.',
      remedy:
        'Жұмыс орны жаңа болса, ол алғашқы іске қосуда пайда болады; әйтпесе жолды (--data) және пайдаланушыны тексеріңіз.',
    },
    'disk.unwritable': {
      cause: 'Деректер қалтасына жазуға болмайды.',
      remedy: 'Жұмыс орнының пайдаланушысына құқықтарын қайтарыңыз және дискінің тек оқуға қосылмағанын тексеріңіз.',
    },
    'disk.open-to-others': {
      cause: 'Файл немесе қалта машинаның басқа пайдаланушыларына ашық.',
      remedy: 'Қолжетімділікті жабыңыз: қалтаға chmod 700, файлға chmod 600. Оны кім және не үшін ашқанын анықтаңыз.',
    },
    'disk.nearly-full': {
      cause: 'Дискіде бір гигабайттан аз орын қалды.',
      remedy: 'Орын босатыңыз: диск толғанда қабылдау тоқтайды.',
    },
    'disk.full': {
      cause: 'Дискіде журналға орын жоқ, ал журналға жазбай ештеңе берілмейді.',
      remedy: 'Деректер қалтасы тұрған дискіде орын босатыңыз. Журнал файлдарын жоймаңыз.',
    },
    'log.absent': {
      cause: 'Журнал әлі жоқ.',
      remedy:
        'Жұмыс орны бұрын жұмыс істеген болса, журнал жоғалған: оны іске қоспай, көшірмеден қалпына келтіруден бастаңыз.',
    },
    'trust.expired': {
      cause: 'Сенімді сертификаттың немесе портал сертификатының мерзімі жүріп тұрған жоқ.',
      remedy: 'Сағатты тексеріңіз. Ол дұрыс болса, жаңа сертификат алып, trust өрісінде аталған файлды ауыстырыңыз.',
    },
    'trust.expires-soon': {
      cause: 'Сенімді сертификаттың немесе портал сертификатының мерзімі бір айдан кейін немесе одан бұрын бітеді.',
      remedy: 'Жаңа сертификат алып, оны ескісінің жанына қойыңыз.',
    },
    'trust.portal-untrusted': {
      cause: 'Портал сертификаты сенімді түбірге апармайды.',
      remedy:
        'trust.anchors, trust.intermediates және trust.portalCertificate өрістерін тексеріңіз: үзілген жерді arm chain көрсетеді.',
    },
    'key.not-opened': {
      cause: 'Кілт орнында, бірақ ашылмаған.',
      remedy:
        'Кілтті оның ПИН-кодымен ашып (консольде --pin-file), қайта тексеріңіз. Токенде бұл бір әрекетті жұмсайды.',
    },
    'key.refused': {
      cause: 'Кілт ашылды, бірақ оның сертификаты қабылданбады: онымен қол қоюға болмайды.',
      remedy: 'Бас тарту коды журналда, «Қол қою кілті ашылмады». Кілтті ауыстырыңыз немесе сенімді түзетіңіз.',
    },
    'key.expires-soon': {
      cause: 'Кілт сертификатының мерзімі бір айдан кейін немесе одан бұрын бітеді.',
      remedy: 'Ақпараттық жүйенің жаңа кілтіне қазір тапсырыс беріңіз.',
    },
    'key.open-to-others': {
      cause: 'Кілт файлы машинаның басқа пайдаланушыларына ашық.',
      remedy:
        'Қолжетімділікті жұмыс орнының бір пайдаланушысына ғана қалдырыңыз. Файл көшірілуі мүмкін болса, сертификатты кері қайтарып алыңыз.',
    },
    'health.needs-settings': {
      cause: 'Баптауларсыз тексеру мүмкін емес.',
      remedy: 'Баптауларды түзетіп, тексеруді қайта іске қосыңыз.',
    },
    'health.no-answer': {
      cause: 'Тексеру белгіленген уақытта жауап бермеді.',
      remedy: 'Оны қайта іске қосыңыз; қайталанса, машинаны қайта жүктеп, желіні тексеріңіз.',
    },
  },
  remedies: {
    'settings.invalid': 'Жақшада аталған өрісті немесе файлды түзетіңіз: docs/cli.md, «Settings file».',
    'sign.key-missing': 'Кілт файлын көрсетілген жолға қойыңыз немесе баптаулардағы key өрісін түзетіңіз.',
    'sign.key-unreadable':
      'Жұмыс орнының пайдаланушысына файлды оқу құқығын беріңіз; файл бүлінген болса, көшірмесін алыңыз.',
    'sign.wrong-pin': 'ПИН-кодты тексеріңіз. Токенде әрекет саны шектеулі: таңдап көрмеңіз.',
    'sign.driver-failed':
      'Токен өндірушісінің PKCS#11 кітапханасын орнатып, оның жолын key.library өрісінде көрсетіңіз.',
    'sign.token-absent': 'Токенді салыңыз; салынған болса, оның белгісін (key.label) және драйверін тексеріңіз.',
    'sign.certificate-expired': 'Ақпараттық жүйенің жаңа кілтін орнатыңыз.',
    'sign.certificate-not-yet-valid': 'Сағатты тексеріңіз; ол дұрыс болса, сертификат мерзімі әлі басталмаған.',
    'sign.certificate-untrusted':
      'Кілттің куәландырушы орталығының сертификатын trust.anchors немесе trust.intermediates өрісіне қосыңыз.',
    'sign.certificate-usage': 'Бұл сертификат қол қоюға арналмаған: ақпараттық жүйенің қол қою кілті керек.',
    'gateway.unreachable': 'Желіні, желіаралық экранды және gateway.url өрісін тексеріңіз: атауы мен порты жақшада.',
    'gateway.timeout': 'Желі мен желіаралық экранды тексеріңіз: қосылым қабылданбады да, қайтарылмады да.',
    'gateway.tls-untrusted':
      'gateway.authority өрісін шлюздің куәландырушы орталығымен салыстырыңыз; бөтен сертификатты қабылдамаңыз.',
    'print.no-printer': 'Баптауларда принтерді атаңыз: printer (docs/printing.md).',
    'print.unreachable': 'Принтердің қосулы екенін және printer.uri мекенжайы бойынша жауап беретінін тексеріңіз.',
    'print.tls-untrusted':
      'printer.authority немесе printer.certificate өрісін принтердің сертификатымен салыстырыңыз.',
    'audit.broken':
      'Қабылдауды тоқтатыңыз. Журнал файлы мен көшірмелерін сақтап, тексеріңіз: arm audit verify (docs/audit-log.md).',
    'audit.unavailable':
      'Журнал файлын және оған құқықты қайтарыңыз; жоғалған болса, көшірмеден қалпына келтіріңіз: arm audit restore.',
    'audit.newer-version': 'Журналды жаңарақ бағдарлама жазған: соны орнатыңыз, нұсқа кері қайтарылмайды.',
    'reply.certificate-revoked':
      'Портал сертификаты кері қайтарып алынған: қабылдауды тоқтатып, порталға хабарласыңыз.',
    'reply.certificate-status-unknown':
      'Куәландырушы орталықтың CRL және OCSP қызметтеріне жол ашыңыз немесе мекенжайларын көрсетіңіз: revocation.',
  },
}

const en: HealthTexts = {
  areas: {
    versions: 'Program',
    settings: 'Settings',
    clock: 'Clock',
    disk: 'Disk',
    log: 'Log',
    trust: 'Trust',
    key: 'Key',
    printer: 'Printer',
    gateway: 'Gateway',
  },
  states: {
    good: 'in order',
    attention: 'needs attention',
    bad: 'BROKEN',
    unknown: 'not checked',
  },
  causes: {
    'versions.runtime-old': {
      cause: 'The runtime is older than the program needs.',
      remedy: 'Install the present package; the console needs Node 20.18 or newer.',
    },
    'settings.absent': {
      cause: 'There is no settings file, so the workplace opens in training mode alone.',
      remedy: 'Put the settings in the place named (docs/cli.md, “Settings file”) or name the file: --settings.',
    },
    'clock.implausible': {
      cause: 'The clock shows a time that cannot be now.',
      remedy: 'Set up time synchronisation with the network’s server and check again.',
    },
    'clock.behind-log': {
      cause: 'The clock is behind the newest row of the log: it was set back, or forward and back.',
      remedy: 'Set up time synchronisation. Do not mend the log: explain the difference in a report.',
    },
    'clock.differs-from-portal': {
      cause: 'The clock differs from the portal’s by more than a minute.',
      remedy: 'Set up time synchronisation: certificates, replies and timestamps are judged by this clock.',
    },
    'disk.folder-absent': {
      cause: 'There is no data folder yet.',
      remedy: 'At a new workplace it appears at the first start; otherwise check the path (--data) and the user.',
    },
    'disk.unwritable': {
      cause: 'The data folder cannot be written.',
      remedy: 'Give the workplace’s user his rights back, and check that the disk is not mounted read-only.',
    },
    'disk.open-to-others': {
      cause: 'A file or folder is open to other users of the machine.',
      remedy: 'Close it: chmod 700 for the folder, chmod 600 for the file. Find out who opened it, and why.',
    },
    'disk.nearly-full': {
      cause: 'Less than a gigabyte is left on the disk.',
      remedy: 'Free some space: with a full disk nobody can be served.',
    },
    'disk.full': {
      cause: 'The disk has no room for the log, and without its row nothing is issued.',
      remedy: 'Free some space on the disk of the data folder. Do not delete files of the log.',
    },
    'log.absent': {
      cause: 'There is no log yet.',
      remedy:
        'If this workplace has worked before, its log is lost: do not start it, restore the log from a copy first.',
    },
    'trust.expired': {
      cause: 'A trusted certificate or the portal’s certificate is outside its validity.',
      remedy: 'Check the clock. If it is right, get a new certificate and replace the file named in trust.',
    },
    'trust.expires-soon': {
      cause: 'A trusted certificate or the portal’s certificate ends in a month or sooner.',
      remedy: 'Get a new certificate and put it beside the old one.',
    },
    'trust.portal-untrusted': {
      cause: 'The portal’s certificate leads to no trusted root.',
      remedy: 'Check trust.anchors, trust.intermediates and trust.portalCertificate: arm chain shows where it breaks.',
    },
    'key.not-opened': {
      cause: 'The key is in its place, but was not opened.',
      remedy: 'Open the key with its PIN (--pin-file in the console) and check again. A token counts that as a try.',
    },
    'key.refused': {
      cause: 'The key was opened, but its certificate was not accepted: nothing can be signed with it.',
      remedy: 'The code is in the journal, “Signing key not opened”. Replace the key or mend the trust.',
    },
    'key.expires-soon': {
      cause: 'The key’s certificate ends in a month or sooner.',
      remedy: 'Order the information system’s new key now.',
    },
    'key.open-to-others': {
      cause: 'The key file is open to other users of the machine.',
      remedy: 'Leave it to the workplace’s user alone. If it may have been copied, revoke the certificate.',
    },
    'health.needs-settings': {
      cause: 'It cannot be checked without settings.',
      remedy: 'Mend the settings and check again.',
    },
    'health.no-answer': {
      cause: 'The check did not answer in time.',
      remedy: 'Run it again; if it stays silent, restart the machine and check the network.',
    },
  },
  remedies: {
    'settings.invalid': 'Mend the field or file named in brackets: docs/cli.md, “Settings file”.',
    'sign.key-missing': 'Put the key file at the path named, or correct key in the settings.',
    'sign.key-unreadable': 'Give the workplace’s user the right to read the file; if it is damaged, take a copy.',
    'sign.wrong-pin': 'Check the PIN. A token allows few tries: do not guess.',
    'sign.driver-failed': 'Install the PKCS#11 library of the token’s vendor and name its path in key.library.',
    'sign.token-absent': 'Insert the token; if it is inserted, check its label (key.label) and its driver.',
    'sign.certificate-expired': 'Install a new key of the information system.',
    'sign.certificate-not-yet-valid': 'Check the clock; if it is right, the certificate is not valid yet.',
    'sign.certificate-untrusted': 'Add the certificate of the key’s authority to trust.anchors or trust.intermediates.',
    'sign.certificate-usage': 'This certificate is not for signing: the information system’s signing key is needed.',
    'gateway.unreachable': 'Check the network, the firewall and gateway.url: name and port are in brackets.',
    'gateway.timeout': 'Check the network and the firewall: the connection was neither refused nor accepted.',
    'gateway.tls-untrusted':
      'Compare gateway.authority with the gateway’s authority; do not accept a foreign certificate.',
    'print.no-printer': 'Name a printer in the settings: printer (docs/printing.md).',
    'print.unreachable': 'Check that the printer is on and answers at the address printer.uri.',
    'print.tls-untrusted': 'Compare printer.authority or printer.certificate with the printer’s certificate.',
    'audit.broken':
      'Stop serving. Keep the log’s file and its copies, and check them: arm audit verify (docs/audit-log.md).',
    'audit.unavailable': 'Bring back the log’s file and the rights to it; if lost, restore a copy: arm audit restore.',
    'audit.newer-version': 'A newer program wrote the log: install that one, there is no way back.',
    'reply.certificate-revoked': 'The portal’s certificate is revoked: stop serving and get in touch with the portal.',
    'reply.certificate-status-unknown':
      'Open the way to the CRL and OCSP of the authority, or name their addresses: revocation.',
  },
}

export const healthTexts: Readonly<Record<Language, HealthTexts>> = { ru, kk, en }

export function healthText(cause: FailureCode | OwnHealthCause, language: Language): HealthText {
  const { causes, remedies } = healthTexts[language]
  if (!isFailureCode(cause)) return causes[cause]
  const { text, action } = failureTexts[cause][language]
  return { cause: text, remedy: isForAdministrators(cause) ? remedies[cause] : action }
}

const ADMINISTRATOR_CODES: ReadonlySet<string> = new Set(administratorCodes)

function isFailureCode(cause: FailureCode | OwnHealthCause): cause is FailureCode {
  return Object.hasOwn(failureTexts, cause)
}

function isForAdministrators(code: FailureCode): code is AdministratorCode {
  return ADMINISTRATOR_CODES.has(code)
}
