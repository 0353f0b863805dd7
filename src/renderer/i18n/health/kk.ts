import type { healthRu } from './ru.ts'

export const healthKk: Readonly<Record<keyof typeof healthRu, string>> = {
  'navigation.health': 'Жай-күйі',
  'access.health': 'Жұмыс орнының жай-күйін әкімші қарайды. Сіздің рөліңіз: {role}.',
  'navigation.settings': 'Баптаулар',
  'access.settings': 'Баптауларды әкімші өзгертеді. Сіздің рөліңіз: {role}.',
  'leave.changes.title': 'Өзгерістер сақталмады',
  'leave.changes.text': 'Қазір кетсеңіз, енгізілгені жоғалады.',
  'leave.changes.leave': 'Сақтамай кету',
  'health.title': 'Жұмыс орнының жай-күйі',
  'health.refresh': 'Қайта тексеру',
  'health.checking': 'Тексерілуде…',
  'health.progress': 'Тексерілді: {done}/{all}',
  'health.at': 'Тексерілген уақыты: {time}',
  'health.overall.good': 'Жұмыс орны жарамды',
  'health.overall.attention': 'Жұмыс істеуге болады, бірақ назар аударыңыз',
  'health.overall.bad': 'Жұмыс орны ақаулы',
  'health.overall.unknown': 'Барлығын тексеру мүмкін болмады',
  'health.column.area': 'Не',
  'health.column.state': 'Күйі',
  'health.column.cause': 'Себебі және не істеу керек',
  'health.failed': 'Тексеру орындалмады',
}
