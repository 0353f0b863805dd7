import { type FailureCode, failureCodes } from '../../shared/contract/failure.ts'
import { failureTexts } from '../../shared/contract/failure-texts.ts'
import type { HealthArea, HealthCause, HealthState, healthCauses } from '../use-cases/check-health.ts'

/** What an administrator reads: what is wrong, and what he does. */
export interface DoctorText {
  readonly cause: string
  readonly remedy: string
}

export const areaNames: Readonly<Record<HealthArea, string>> = {
  versions: 'Программа',
  settings: 'Настройки',
  clock: 'Часы',
  disk: 'Диск',
  log: 'Журнал',
  trust: 'Доверие',
  key: 'Ключ',
  printer: 'Принтер',
  gateway: 'Шлюз',
}

export const stateNames: Readonly<Record<HealthState, string>> = {
  good: 'в порядке',
  attention: 'обратите внимание',
  bad: 'НЕИСПРАВНО',
  unknown: 'не проверено',
}

const OWN: Readonly<Record<(typeof healthCauses)[number], DoctorText>> = {
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
  'disk.folder-absent': {
    cause: 'Папки данных ещё нет.',
    remedy: 'Если рабочее место новое, она появится при первом запуске; иначе проверьте путь (--data) и пользователя.',
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
    remedy: 'Проверьте trust.anchors, trust.intermediates и trust.portalCertificate: arm chain покажет место разрыва.',
  },
  'key.not-opened': {
    cause: 'Ключ на месте, но не открывался.',
    remedy: 'Чтобы проверить ключ и его сертификат, дайте ПИН: --pin-file. У токена это тратит одну попытку.',
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
}

/** Where the operator is told to call the administrator, the administrator is told what to do. */
const FOR_ADMINISTRATORS: Readonly<Partial<Record<FailureCode, string>>> = {
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
  'gateway.tls-untrusted': 'Сверьте gateway.authority с удостоверяющим центром шлюза; чужой сертификат не принимайте.',
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
}

export function doctorText(cause: HealthCause): DoctorText {
  if (!isFailureCode(cause)) return OWN[cause]
  const { text, action } = failureTexts[cause].ru
  return { cause: text, remedy: FOR_ADMINISTRATORS[cause] ?? action }
}

const FAILURE_CODES: ReadonlySet<string> = new Set(failureCodes)

function isFailureCode(cause: HealthCause): cause is FailureCode {
  return FAILURE_CODES.has(cause)
}
