import type { trainingRu } from './ru.ts'

export const trainingKk: Readonly<Record<keyof typeof trainingRu, string>> = {
  'training.open': 'Оқу стенді',
  'training.open.tasks': 'тапсырмалар: {all} ішінен {done}',
  'training.title': 'Оқу стенді',
  'training.close': 'Оқу стендін жабу',
  'training.people': 'Оқу азаматтары',
  'training.people.hint': 'Ойдан шығарылған адамдар. Басыңыз, ЖСН мен құжат сканерден келгендей толтырылады.',
  'training.people.issued': 'Тіркелмеген: конверт алады',
  'training.people.registered': 'Бұрын тіркелген',
  'training.people.refused': 'Портал бас тартады',
  'training.people.busy': 'Алдымен беттегі азаматқа қызмет көрсетуді аяқтаңыз.',
  'training.failed': 'Оқу стенді жауап бермейді',
  'training.sms': 'Азаматтың телефоны: порталдың хабарламалары',
  'training.switch': 'Не дұрыс болмайды',
  'training.switch.none': 'Бәрі жұмыс істейді',
  'training.switch.none.advice': 'Стенд бірден және дұрыс жауап береді, қағаз бар.',
  'training.switch.slow': 'Баяу жауап',
  'training.switch.slow.advice':
    'Жауап бірнеше секундтан кейін келеді. Күтіңіз: екінші рет жіберудің қажеті жоқ, беттен кетуге болмайды.',
  'training.switch.lost-reply': 'Жоғалған жауап',
  'training.switch.lost-reply.advice':
    'Портал өз ісін істейді, ал жауап жоғалады, нәтиже белгісіз болады. «Бәрі жұмыс істейді» күйіне қайтарып, «Нәтижесін білу» түймесін басып, қызметті аяқтаңыз.',
  'training.switch.forged-reply': 'Жалған жауап',
  'training.switch.forged-reply.advice':
    'Жауапқа бөтен кілтпен қол қойылған, АЖО оны қабылдамайды. Ештеңе басып шығармай, әкімшіге код пен сұрау нөмірін хабарлаңыз.',
  'training.switch.no-sms': 'SMS келмеді',
  'training.switch.no-sms.advice':
    'Портал код жіберілді дейді, бірақ телефонда ол болмайды. «Бәрі дұрыс» күйіне қайтарып, жаңа код сұраңыз немесе «SMS келмеді» себебімен mGov-ты өткізіп жіберіңіз.',
  'training.switch.no-paper': 'Қағаз таусылды',
  'training.switch.no-paper.advice':
    'Конверт басылмайды, құпиясөз жадта қалады. «Қағаз салыңыз»: «Бәрі жұмыс істейді» күйіне қайтарып, конвертті қайта басып шығарыңыз.',
  'training.tasks': 'Тапсырмалар',
  'training.tasks.done': 'орындалды',
  'training.tasks.open': 'орындалмады',
  'training.task.envelope': 'Тіркелмеген азаматқа конверт беріңіз.',
  'training.task.mgov':
    'Нөмірді mGov-қа қосыңыз: кез келген нөмірді енгізіңіз, кодты осы стендтегі азамат телефонынан оқыңыз.',
  'training.task.new-password': 'Тіркелген азаматқа себебін көрсетіп, жаңа құпиясөз беріңіз.',
  'training.task.refusal': 'Порталдың бас тартуын алыңыз, азаматқа не айту керегін оқып, келесіге өтіңіз.',
  'training.task.lost-reply':
    'Сұрауды жіберер алдында «Жоғалған жауап» қосыңыз, содан кейін «Бәрі жұмыс істейді» күйіне қайтарып, нәтижесін біліңіз.',
  'training.task.no-paper':
    'Басып шығарар алдында «Қағаз таусылды» қосыңыз, содан кейін «Бәрі жұмыс істейді» күйіне қайтарып, конвертті басып шығарып, беріңіз.',
  'training.completed': 'Тапсырма орындалды: {task}',
}
