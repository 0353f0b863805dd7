import type { EnvelopeLanguage } from '../../../shared/domain/envelope.ts'
import type { ShiftReport } from '../../../shared/domain/shift-report.ts'

export interface ShiftReportTexts {
  readonly language: string
  readonly title: string
  readonly workstation: string
  readonly operator: string
  readonly everybody: string
  readonly shift: string
  readonly prepared: string
  readonly totalsTitle: string
  readonly totals: Readonly<Record<keyof ShiftReport['totals'], string>>
  readonly operatorsTitle: string
  readonly operatorColumns: readonly [string, string, string, string, string]
  readonly seconds: string
  readonly anomaliesTitle: string
  readonly noAnomalies: string
  readonly requestsTitle: string
  readonly requestColumns: readonly [string, string, string, string, string]
  readonly noRequests: string
  readonly destroyed: string
  readonly logTitle: string
  readonly logStates: Readonly<Record<ShiftReport['log']['state'], string>>
  readonly rows: string
  readonly headHash: string
  readonly signedHead: string
  readonly unsigned: string
  readonly signature: string
  readonly page: string
}

export const shiftReportTexts: Readonly<Record<EnvelopeLanguage, ShiftReportTexts>> = {
  ru: {
    language: 'ru-KZ',
    title: 'Отчёт о смене',
    workstation: 'Рабочее место',
    operator: 'Оператор',
    everybody: 'все, кто работал',
    shift: 'Смена',
    prepared: 'Составил',
    totalsTitle: 'Итоги',
    totals: {
      checks: 'Проверки',
      created: 'Создано',
      reissued: 'Новый пароль',
      refused: 'Отказы портала',
      failed: 'Сбои',
      unknown: 'Исход неизвестен',
      handed: 'Конверт выдан',
      notHanded: 'Не выдан',
    },
    operatorsTitle: 'По операторам',
    operatorColumns: ['Оператор', 'Выдано', 'Отказы', 'Сбои', 'Медиана обслуживания'],
    seconds: 'с',
    anomaliesTitle: 'На что обратить внимание',
    noAnomalies: 'Ничего необычного не найдено.',
    requestsTitle: 'Запросы',
    requestColumns: ['Время', 'Запрос', 'Оператор', 'ИИН', 'Исход'],
    noRequests: 'Запросов не было.',
    destroyed: 'уничтожен',
    logTitle: 'Журнал',
    logStates: {
      unverified: 'Журнал не проверялся.',
      intact: 'Журнал проверен: цел.',
      broken: 'ЖУРНАЛ НАРУШЕН: сообщите администратору безопасности.',
      unavailable: 'Журнал недоступен.',
    },
    rows: 'Записи',
    headHash: 'SHA-256 последней записи',
    signedHead: 'Подписанная вершина дерева',
    unsigned: 'Подписанной вершины дерева нет.',
    signature: 'Подпись супервизора',
    page: 'Страница',
  },
  kk: {
    language: 'kk-KZ',
    title: 'Ауысым есебі',
    workstation: 'Жұмыс орны',
    operator: 'Оператор',
    everybody: 'жұмыс істегендердің бәрі',
    shift: 'Ауысым',
    prepared: 'Жасаған',
    totalsTitle: 'Қорытынды',
    totals: {
      checks: 'Тексерулер',
      created: 'Жасалды',
      reissued: 'Жаңа құпиясөз',
      refused: 'Порталдың бас тартуы',
      failed: 'Ақаулар',
      unknown: 'Нәтижесі белгісіз',
      handed: 'Конверт берілді',
      notHanded: 'Берілмеді',
    },
    operatorsTitle: 'Операторлар бойынша',
    operatorColumns: ['Оператор', 'Берілді', 'Бас тарту', 'Ақау', 'Қызмет көрсету медианасы'],
    seconds: 'с',
    anomaliesTitle: 'Назар аударыңыз',
    noAnomalies: 'Ерекше ештеңе табылмады.',
    requestsTitle: 'Сұраулар',
    requestColumns: ['Уақыты', 'Сұрау', 'Оператор', 'ЖСН', 'Нәтижесі'],
    noRequests: 'Сұраулар болған жоқ.',
    destroyed: 'жойылды',
    logTitle: 'Журнал',
    logStates: {
      unverified: 'Журнал тексерілмеді.',
      intact: 'Журнал тексерілді: бүтін.',
      broken: 'ЖУРНАЛ БҰЗЫЛҒАН: қауіпсіздік әкімшісіне хабарлаңыз.',
      unavailable: 'Журнал қолжетімсіз.',
    },
    rows: 'Жазбалар',
    headHash: 'Соңғы жазбаның SHA-256',
    signedHead: 'Ағаштың қол қойылған төбесі',
    unsigned: 'Ағаштың қол қойылған төбесі жоқ.',
    signature: 'Супервизордың қолы',
    page: 'Бет',
  },
  en: {
    language: 'en',
    title: 'Shift report',
    workstation: 'Workstation',
    operator: 'Operator',
    everybody: 'everybody who worked',
    shift: 'Shift',
    prepared: 'Prepared by',
    totalsTitle: 'Totals',
    totals: {
      checks: 'Checks',
      created: 'Created',
      reissued: 'New password',
      refused: 'Refused by portal',
      failed: 'Failed',
      unknown: 'Outcome unknown',
      handed: 'Envelope handed',
      notHanded: 'Not handed',
    },
    operatorsTitle: 'By operator',
    operatorColumns: ['Operator', 'Issued', 'Refused', 'Failed', 'Median service'],
    seconds: 's',
    anomaliesTitle: 'Look into',
    noAnomalies: 'Nothing unusual was found.',
    requestsTitle: 'Requests',
    requestColumns: ['Time', 'Request', 'Operator', 'IIN', 'Ending'],
    noRequests: 'There were no requests.',
    destroyed: 'destroyed',
    logTitle: 'Log',
    logStates: {
      unverified: 'The log was not verified.',
      intact: 'The log was verified: intact.',
      broken: 'THE LOG IS BROKEN: tell the security administrator.',
      unavailable: 'The log is unavailable.',
    },
    rows: 'Rows',
    headHash: 'SHA-256 of the last row',
    signedHead: 'Signed tree head',
    unsigned: 'There is no signed tree head.',
    signature: "Supervisor's signature",
    page: 'Page',
  },
}
