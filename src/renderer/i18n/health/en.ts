import type { healthRu } from './ru.ts'

export const healthEn: Readonly<Record<keyof typeof healthRu, string>> = {
  'navigation.health': 'Health',
  'access.health': 'The administrator looks at the health of the workplace. Your role: {role}.',
  'navigation.settings': 'Settings',
  'access.settings': 'The administrator changes the settings. Your role: {role}.',
  'leave.changes.title': 'The changes are not saved',
  'leave.changes.text': 'If you leave now, what was typed is lost.',
  'leave.changes.leave': 'Leave without saving',
  'health.title': 'Health of the workplace',
  'health.refresh': 'Check again',
  'health.checking': 'Checking…',
  'health.progress': '{done} of {all} checked',
  'health.at': 'Checked at {time}',
  'health.overall.good': 'The workplace is in order',
  'health.overall.attention': 'It can serve, but needs attention',
  'health.overall.bad': 'The workplace is broken',
  'health.overall.unknown': 'Not everything could be checked',
  'health.column.area': 'What',
  'health.column.state': 'State',
  'health.column.cause': 'Cause and remedy',
  'health.failed': 'The check failed',
}
