import type { Random } from './seeded-random.ts'

export type Sex = 'male' | 'female'

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

const KAZAKH = {
  male: words(`Айбек Арман Асқар Әділет Бауыржан Бекзат Дәурен Дидар Елдос Ерлан Жандос Қайрат Марат Мұхтар Нұрлан
    Олжас Рахат Санжар Сәкен Талғат Тимур Шыңғыс`),
  female: words(`Айгүл Айнұр Ақерке Алтынай Аружан Әсел Балжан Ботагөз Гүлнар Дана Динара Жанар Зарина Індира
    Қарлығаш Ләззат Мәдина Меруерт Назгүл Раушан Сәуле Сымбат Ұлжан Шолпан`),
  family: words(`Абдрахманов Ахметов Әбенов Байжанов Досымов Ержанов Есенов Жұмабаев Ибраев Қасымов Қуанышев
    Молдашев Мұқанов Нұрпейісов Оспанов Рахимов Сәрсенов Сүлейменов Тоқтаров Үсенов`),
  father: words(`Асан Әбіш Байсал Болат Ғабит Дәулет Ермек Жақсылық Кәрім Қабдолла Мақсұт Нағым Омар Сағат Серік
    Тілек Үмбет Шәкен`),
} as const

const RUSSIAN = {
  male: words('Александр Алексей Андрей Виктор Дмитрий Игорь Николай Олег Павел Сергей'),
  female: words('Анна Валентина Екатерина Елена Ирина Людмила Мария Наталья Ольга Татьяна'),
  family: words('Васильев Волков Зайцев Иванов Кузнецов Лебедев Морозов Павлов Смирнов Соколов'),
  /** Stems that take «ич» and «на». */
  father: words('Александров Андреев Борисов Викторов Иванов Николаев Павлов Петров Степанов Фёдоров'),
} as const

/** Family name, given name, patronymic, in forms that match the sex. About one in four is Russian. */
export function makeUpName(options: { readonly sex: Sex; readonly random: Random }): string {
  const { sex, random } = options
  const russian = random.below(4) === 0
  const names = russian ? RUSSIAN : KAZAKH
  const ending =
    sex === 'female' ? { family: 'а', father: russian ? 'на' : 'қызы' } : { family: '', father: russian ? 'ич' : 'ұлы' }
  return `${random.pick(names.family)}${ending.family} ${random.pick(names[sex])} ${random.pick(names.father)}${ending.father}`
}
