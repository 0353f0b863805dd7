/** Texts of the health page; causes and remedies are those of `arm doctor` (shared/contract/health-texts.ts). */
export const healthRu = {
  'navigation.health': 'Состояние',
  'access.health': 'Состояние рабочего места смотрит администратор. Ваша роль: {role}.',
  'health.title': 'Состояние рабочего места',
  'health.refresh': 'Проверить снова',
  'health.checking': 'Проверяется…',
  'health.progress': 'Проверено: {done} из {all}',
  'health.at': 'Проверено {time}',
  'health.overall.good': 'Рабочее место в порядке',
  'health.overall.attention': 'Работать можно, но обратите внимание',
  'health.overall.bad': 'Рабочее место неисправно',
  'health.overall.unknown': 'Не всё удалось проверить',
  'health.column.area': 'Что',
  'health.column.state': 'Состояние',
  'health.column.cause': 'Причина и что делать',
  'health.failed': 'Проверка не выполнена',
} as const
