/**
 * Words of the journal that both the window and the printed report say: states of a request, and what is worth a look. ICU
 * MessageFormat. Keys are defined by the Russian texts.
 */
const ru = {
  'state.prepared': 'подготовлен, не отправлен',
  'state.sending': 'отправка начата, ответа нет',
  'state.failed': 'не выполнен',
  'state.unknown': 'исход неизвестен',
  'state.not-received': 'портал запроса не получал',
  'state.not-registered': 'не зарегистрирован',
  'state.registered': 'зарегистрирован',
  'state.document-checked': 'документ проверен',
  'state.agreement-printing': 'печать соглашения начата, конец неизвестен',
  'state.agreement-print-failed': 'соглашение не напечатано',
  'state.agreement-print-unknown': 'результат печати соглашения неизвестен',
  'state.agreement-printed': 'соглашение напечатано',
  'state.agreement-signed': 'соглашение подписано',
  'state.code-sent': 'проверочный код отправлен',
  'state.mobile-connected': 'номер подключён к mGov',
  'state.mobile-refused': 'номер не подключён',
  'state.refused': 'отказано',
  'state.issued': 'пароль создан, конверт не напечатан',
  'state.printing': 'печать начата, конец неизвестен',
  'state.print-failed': 'пароль создан, печать не удалась',
  'state.print-unknown': 'результат печати неизвестен',
  'state.printed': 'напечатан, выдача не подтверждена',
  'state.handed': 'выдан',
  'state.not-handed': 'не выдан',
  'state.discarded': 'пароль стёрт',
  'state.acknowledged': 'отмечен оператором',

  'journal.anomaly.many-reissues':
    '{actor}: {count, plural, one {# новый пароль} few {# новых пароля} many {# новых паролей} other {# нового пароля}} — {percent}% его выдач',
  'journal.anomaly.outside-hours':
    '{actor}: {count, plural, one {# выдача} few {# выдачи} many {# выдач} other {# выдачи}} вне рабочего времени ({from}:00–{to}:00)',
  'journal.anomaly.repeated-refusals':
    'ИИН {iin}: отказано {count, plural, one {# раз} few {# раза} many {# раз} other {# раза}}. {reason}',
  'journal.anomaly.open-unknown': '{at}, {actor}: исход запроса так и не выяснен',
  'journal.anomaly.sign-in-failures':
    '{actor}: {count, plural, one {# неудачный вход} few {# неудачных входа} many {# неудачных входов} other {# неудачного входа}}',
} as const

type JournalText = keyof typeof ru

const kk: Readonly<Record<JournalText, string>> = {
  'state.prepared': 'дайындалды, жіберілген жоқ',
  'state.sending': 'жіберу басталды, жауап жоқ',
  'state.failed': 'орындалмады',
  'state.unknown': 'нәтижесі белгісіз',
  'state.not-received': 'портал сұрауды алған жоқ',
  'state.not-registered': 'тіркелмеген',
  'state.registered': 'тіркелген',
  'state.document-checked': 'құжат тексерілді',
  'state.agreement-printing': 'келісімді басып шығару басталды, соңы белгісіз',
  'state.agreement-print-failed': 'келісім басып шығарылмады',
  'state.agreement-print-unknown': 'келісімді басып шығару нәтижесі белгісіз',
  'state.agreement-printed': 'келісім басып шығарылды',
  'state.agreement-signed': 'келісімге қол қойылды',
  'state.code-sent': 'тексеру коды жіберілді',
  'state.mobile-connected': 'нөмір mGov-қа қосылды',
  'state.mobile-refused': 'нөмір қосылмады',
  'state.refused': 'бас тартылды',
  'state.issued': 'құпиясөз жасалды, конверт басып шығарылмады',
  'state.printing': 'басып шығару басталды, соңы белгісіз',
  'state.print-failed': 'құпиясөз жасалды, басып шығару сәтсіз болды',
  'state.print-unknown': 'басып шығару нәтижесі белгісіз',
  'state.printed': 'басып шығарылды, берілгені расталмады',
  'state.handed': 'берілді',
  'state.not-handed': 'берілмеді',
  'state.discarded': 'құпиясөз өшірілді',
  'state.acknowledged': 'оператор белгіледі',

  'journal.anomaly.many-reissues': '{actor}: {count} жаңа құпиясөз — бергендерінің {percent}%-ы',
  'journal.anomaly.outside-hours': '{actor}: жұмыс уақытынан тыс ({from}:00–{to}:00) {count} рет берген',
  'journal.anomaly.repeated-refusals': 'ЖСН {iin}: {count} рет бас тартылды. {reason}',
  'journal.anomaly.open-unknown': '{at}, {actor}: сұраудың нәтижесі анықталмай қалды',
  'journal.anomaly.sign-in-failures': '{actor}: {count} сәтсіз кіру',
}

const en: Readonly<Record<JournalText, string>> = {
  'state.prepared': 'prepared, not sent',
  'state.sending': 'sending began, no reply',
  'state.failed': 'failed',
  'state.unknown': 'outcome unknown',
  'state.not-received': 'never received by the portal',
  'state.not-registered': 'not registered',
  'state.registered': 'registered',
  'state.document-checked': 'document checked',
  'state.agreement-printing': 'printing of the agreement began, end unknown',
  'state.agreement-print-failed': 'agreement not printed',
  'state.agreement-print-unknown': 'result of printing the agreement unknown',
  'state.agreement-printed': 'agreement printed',
  'state.agreement-signed': 'agreement signed',
  'state.code-sent': 'code sent',
  'state.mobile-connected': 'number connected to mGov',
  'state.mobile-refused': 'number not connected',
  'state.refused': 'refused',
  'state.issued': 'password created, envelope not printed',
  'state.printing': 'printing began, end unknown',
  'state.print-failed': 'password created, printing failed',
  'state.print-unknown': 'result of printing unknown',
  'state.printed': 'printed, handing over not confirmed',
  'state.handed': 'handed over',
  'state.not-handed': 'not handed over',
  'state.discarded': 'password wiped',
  'state.acknowledged': 'marked by the operator',

  'journal.anomaly.many-reissues':
    '{actor}: {count, plural, one {# new password} other {# new passwords}}, {percent}% of what this user issued',
  'journal.anomaly.outside-hours':
    '{actor}: {count, plural, one {# issue} other {# issues}} outside working hours ({from}:00–{to}:00)',
  'journal.anomaly.repeated-refusals': 'IIN {iin}: refused {count, plural, one {# time} other {# times}}. {reason}',
  'journal.anomaly.open-unknown': '{at}, {actor}: nobody found out how the request ended',
  'journal.anomaly.sign-in-failures': '{actor}: {count, plural, one {# failed sign-in} other {# failed sign-ins}}',
}

export const journalTexts = { ru, kk, en } as const
