import type { FindingCode } from '../domain/audit-finding.ts'
import type { Language } from '../domain/language.ts'

/** What each finding says to a person, in one short sentence. */
export const findingTexts: Readonly<Record<FindingCode, Readonly<Record<Language, string>>>> = {
  'row-edited': {
    ru: 'Запись изменена.',
    kk: 'Жазба өзгертілген.',
    en: 'The row was edited.',
  },
  'row-deleted': {
    ru: 'Запись удалена.',
    kk: 'Жазба жойылған.',
    en: 'The row was deleted.',
  },
  'row-inserted': {
    ru: 'Запись вставлена.',
    kk: 'Жазба кірістірілген.',
    en: 'The row was inserted.',
  },
  'row-reordered': {
    ru: 'Записи переставлены.',
    kk: 'Жазбалардың орны ауыстырылған.',
    en: 'Rows were reordered.',
  },
  'row-resealed': {
    ru: 'Запись не продолжает предыдущую: одна из двух изменена, и её хеш пересчитан.',
    kk: 'Жазба алдыңғысын жалғастырмайды: екеуінің бірі өзгертіліп, хеші қайта есептелген.',
    en: 'The row does not follow from the one before: one of the two was edited and its hash computed anew.',
  },
  'row-malformed': {
    ru: 'В записи значение, какого журнал не пишет.',
    kk: 'Жазбада журнал жазбайтын мән бар.',
    en: 'The row holds a value that the log never writes.',
  },
  'first-row-wrong': {
    ru: 'Первая запись не от этого журнала.',
    kk: 'Бірінші жазба бұл журналдікі емес.',
    en: 'The first row does not begin this log.',
  },
  'tail-cut': {
    ru: 'Записи в конце отрезаны.',
    kk: 'Соңындағы жазбалар кесіп тасталған.',
    en: 'Rows at the end were cut off.',
  },
  'older-copy': {
    ru: 'Журнал короче предъявленного состояния: это старая копия, или конец отрезан.',
    kk: 'Журнал көрсетілген күйден қысқа: бұл ескі көшірме немесе соңы кесілген.',
    en: 'The log is shorter than the head: it is an older copy, or its end was cut off.',
  },
  'second-history': {
    ru: 'Предъявленное состояние от другой истории этого же журнала.',
    kk: 'Көрсетілген күй осы журналдың басқа тарихынан алынған.',
    en: 'The head is of a second history of the same log.',
  },
  'other-log': {
    ru: 'Предъявленное состояние от другого журнала.',
    kk: 'Көрсетілген күй басқа журналдікі.',
    en: 'The head is of another log.',
  },
  'rows-resealed': {
    ru: 'Цепочка пересчитана: сохранённое состояние было у других записей.',
    kk: 'Тізбек қайта есептелген: сақталған күй басқа жазбалардікі болған.',
    en: 'The chain was computed anew: the kept head is of other rows.',
  },
  'resealed-with-newer-key': {
    ru: 'Состояние подписано ключом, которого тогда ещё не было: записи запечатаны заново.',
    kk: 'Күйге ол кезде болмаған кілтпен қол қойылған: жазбалар қайта мөрленген.',
    en: 'The head is signed with a key that did not exist then: its rows were sealed anew.',
  },
  'head-forged': {
    ru: 'Подпись состояния журнала неверна.',
    kk: 'Журнал күйінің қолтаңбасы дұрыс емес.',
    en: 'The signature of the head is wrong.',
  },
  'head-signer-untrusted': {
    ru: 'Подписавшему состояние журнала нет доверия.',
    kk: 'Журнал күйіне қол қоюшыға сенім жоқ.',
    en: 'The signer of the head is not trusted.',
  },
  'head-signature-missing': {
    ru: 'Состояние было подписано, но подпись исчезла.',
    kk: 'Күйге қол қойылған, бірақ қолтаңба жоғалған.',
    en: 'The head was signed, and its signature is gone.',
  },
  'epoch-wrong': {
    ru: 'Запуск привязан к другим записям, чем стоят перед ним.',
    kk: 'Іске қосу алдындағы жазбаларға емес, басқаларына байланған.',
    en: 'A start is bound to other rows than those before it.',
  },
  'tree-differs': {
    ru: 'Дерево хешей не соответствует записям.',
    kk: 'Хештер ағашы жазбаларға сәйкес емес.',
    en: 'The hash tree is not that of the rows.',
  },
  'open-requests-differ': {
    ru: 'Список незавершённых запросов не соответствует записям.',
    kk: 'Аяқталмаған сұраулар тізімі жазбаларға сәйкес емес.',
    en: 'The list of unfinished requests is not what the rows say.',
  },
  'counts-differ': {
    ru: 'Счётчики дня, по которым строится сводка, не соответствуют записям.',
    kk: 'Жиынтық есептелетін күн санауыштары жазбаларға сәйкес емес.',
    en: 'The counts of a day, from which the summary is made, are not those of the rows.',
  },
  'schema-changed': {
    ru: 'Изменено устройство базы: таблица, индекс или триггер.',
    kk: 'Дерекқор құрылымы өзгертілген: кесте, индекс немесе триггер.',
    en: 'The structure of the database was changed: a table, an index or a trigger.',
  },
  'identity-missing': {
    ru: 'У журнала нет его номера.',
    kk: 'Журналдың нөмірі жоқ.',
    en: 'The log has lost its identity.',
  },
  unreadable: {
    ru: 'Дальше файл журнала не читается.',
    kk: 'Журнал файлы әрі қарай оқылмайды.',
    en: 'The file of the log cannot be read from here on.',
  },
  'clock-back': {
    ru: 'Перед этой записью часы переведены назад.',
    kk: 'Осы жазбаның алдында сағат кері бұрылған.',
    en: 'The clock went back before this row.',
  },
}
