import type { trainingRu } from './ru.ts'

export const trainingEn: Readonly<Record<keyof typeof trainingRu, string>> = {
  'training.open': 'Training stand',
  'training.open.tasks': 'tasks: {done} of {all}',
  'training.title': 'Training stand',
  'training.close': 'Close the training stand',
  'training.people': 'Training citizens',
  'training.people.hint': 'Made-up people. A press fills IIN and document as a scanner would.',
  'training.people.issued': 'Not registered: will get an envelope',
  'training.people.registered': 'Registered already',
  'training.people.refused': 'The portal will refuse',
  'training.people.busy': 'Finish serving the citizen on the page first.',
  'training.failed': 'The training stand does not answer',
  'training.sms': 'The citizen’s telephone: messages of the portal',
  'training.switch': 'What will go wrong',
  'training.switch.none': 'Everything works',
  'training.switch.none.advice': 'The stand answers at once and rightly, and there is paper.',
  'training.switch.slow': 'Slow reply',
  'training.switch.slow.advice': 'The reply takes some seconds. Wait: do not send twice, do not leave the page.',
  'training.switch.lost-reply': 'Lost reply',
  'training.switch.lost-reply.advice':
    'The portal does its work, but the reply is lost and the outcome is unknown. Set “Everything works”, press “Find out the outcome” and finish the service.',
  'training.switch.forged-reply': 'Forged reply',
  'training.switch.forged-reply.advice':
    'The reply is signed with a foreign key, and the workstation does not accept it. Print nothing, and give the administrator the code and the request number.',
  'training.switch.no-sms': 'No SMS comes',
  'training.switch.no-sms.advice':
    'The portal says that a code was sent, and the telephone has none. Go back to “All is well” and ask for a new code, or skip mGov with the reason “No SMS came”.',
  'training.switch.no-paper': 'Out of paper',
  'training.switch.no-paper.advice':
    'The envelope does not print, the password stays in memory. “Load paper”: set “Everything works” and print the envelope again.',
  'training.tasks': 'Tasks',
  'training.tasks.done': 'done',
  'training.tasks.open': 'not done',
  'training.task.envelope': 'Hand an envelope to a citizen who is not registered.',
  'training.task.mgov':
    'Connect a number to mGov: enter any number, and read the code on the citizen’s telephone at this stand.',
  'training.task.new-password': 'Issue a new password to a registered citizen, with a reason.',
  'training.task.refusal': 'Meet a refusal of the portal, read what to tell the citizen, and go on to the next.',
  'training.task.lost-reply':
    'Switch on “Lost reply” before sending the request, then set “Everything works” and find out the outcome.',
  'training.task.no-paper':
    'Switch on “Out of paper” before printing, then set “Everything works”, print the envelope and hand it over.',
  'training.completed': 'Task done: {task}',
}
