/** Texts of the training mode; the Russian ones define the keys. */
export const trainingRu = {
  'training.open': 'Учебный стенд',
  'training.open.tasks': 'задания: {done} из {all}',
  'training.title': 'Учебный стенд',
  'training.close': 'Закрыть учебный стенд',
  'training.people': 'Учебные граждане',
  'training.people.hint': 'Вымышленные люди. Нажмите, и ИИН с документом заполнятся, как от сканера.',
  'training.people.issued': 'Не зарегистрированы: получат конверт',
  'training.people.registered': 'Уже зарегистрированы',
  'training.people.refused': 'Портал откажет',
  'training.people.busy': 'Сначала закончите обслуживание гражданина на странице.',
  'training.failed': 'Учебный стенд не отвечает',
  'training.sms': 'Телефон гражданина: сообщения портала',
  'training.switch': 'Что пойдёт не так',
  'training.switch.none': 'Всё исправно',
  'training.switch.none.advice': 'Стенд отвечает сразу и верно, бумага есть.',
  'training.switch.slow': 'Медленный ответ',
  'training.switch.slow.advice':
    'Ответ придёт через несколько секунд. Ждите: второй раз отправлять не нужно, уходить со страницы нельзя.',
  'training.switch.lost-reply': 'Потерянный ответ',
  'training.switch.lost-reply.advice':
    'Портал сделает своё дело, а ответ пропадёт, и исход будет неизвестен. Верните «Всё исправно», нажмите «Узнать итог» и закончите услугу.',
  'training.switch.forged-reply': 'Поддельный ответ',
  'training.switch.forged-reply.advice':
    'Ответ подписан чужим ключом, АРМ его не примет. Ничего не печатайте и сообщите администратору код и номер запроса.',
  'training.switch.no-sms': 'SMS не пришла',
  'training.switch.no-sms.advice':
    'Портал скажет, что код отправлен, а на телефоне его не будет. Верните «Всё исправно» и запросите новый код или пропустите mGov с причиной «SMS не пришла».',
  'training.switch.no-paper': 'Кончилась бумага',
  'training.switch.no-paper.advice':
    'Конверт не напечатается, пароль останется в памяти. «Положите бумагу»: верните «Всё исправно» и напечатайте конверт снова.',
  'training.tasks': 'Задания',
  'training.tasks.done': 'выполнено',
  'training.tasks.open': 'не выполнено',
  'training.task.envelope': 'Выдайте конверт незарегистрированному гражданину.',
  'training.task.mgov':
    'Подключите номер к mGov: введите любой номер, код прочитайте на телефоне гражданина на этом стенде.',
  'training.task.new-password': 'Выдайте новый пароль зарегистрированному, указав причину.',
  'training.task.refusal': 'Получите отказ портала, прочитайте, что сказать гражданину, и перейдите к следующему.',
  'training.task.lost-reply':
    'Включите «Потерянный ответ» перед отправкой запроса, затем верните «Всё исправно» и узнайте итог.',
  'training.task.no-paper':
    'Включите «Кончилась бумага» перед печатью, затем верните «Всё исправно», напечатайте и выдайте конверт.',
  'training.completed': 'Задание выполнено: {task}',
} as const
