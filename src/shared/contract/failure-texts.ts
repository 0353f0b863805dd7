import type { Language } from '../domain/language.ts'
import type { FailureCode } from './failure.ts'
import { updateFailureTexts } from './update-failure-texts.ts'

/** What the operator reads of a failure: what happened, and what he does next. */
export interface FailureText {
  readonly text: string
  readonly action: string
}

/** Texts that several codes share: the operator does the same, only the administrator needs the difference. */
const TELL_ADMINISTRATOR = {
  ru: 'Сообщите администратору АРМ код ошибки и номер запроса.',
  kk: 'АЖО әкімшісіне қате коды мен сұрау нөмірін хабарлаңыз.',
  en: 'Give the administrator the failure code and the request number.',
} as const

const REPLY_NOT_TRUSTED = {
  ru: 'Ничего не печатайте. Сообщите администратору АРМ код ошибки и номер запроса.',
  kk: 'Ештеңе басып шығармаңыз. АЖО әкімшісіне қате коды мен сұрау нөмірін хабарлаңыз.',
  en: 'Print nothing. Give the administrator the failure code and the request number.',
} as const

const REPLACE_CERTIFICATE = {
  ru: 'Обратитесь к администратору АРМ: нужен действующий ключ информационной системы.',
  kk: 'АЖО әкімшісіне жүгініңіз: ақпараттық жүйенің қолданыстағы кілті қажет.',
  en: 'Call the administrator: a valid key of the information system is needed.',
} as const

const STOP_THE_COUNTER = {
  ru: 'Прекратите приём на этом рабочем месте и вызовите администратора АРМ.',
  kk: 'Осы жұмыс орнында қабылдауды тоқтатып, АЖО әкімшісін шақырыңыз.',
  en: 'Stop serving at this workstation and call the administrator.',
} as const

export const failureTexts: Readonly<Record<FailureCode, Readonly<Record<Language, FailureText>>>> = {
  'iin.format': {
    ru: {
      text: 'ИИН состоит из 12 цифр.',
      action: 'Введите все 12 цифр ИИН по документу, удостоверяющему личность.',
    },
    kk: {
      text: 'ЖСН 12 цифрдан тұрады.',
      action: 'Жеке басын куәландыратын құжаттан ЖСН-ның 12 цифрын түгел енгізіңіз.',
    },
    en: { text: 'An IIN has 12 digits.', action: 'Enter all 12 digits of the IIN from the identity document.' },
  },
  'iin.check-digit': {
    ru: {
      text: 'Такого ИИН не существует: контрольная цифра не сходится.',
      action: 'Сверьте ИИН с документом, удостоверяющим личность: вероятна ошибка в одной из цифр.',
    },
    kk: {
      text: 'Мұндай ЖСН жоқ: бақылау цифры сәйкес келмейді.',
      action: 'ЖСН-ды жеке басын куәландыратын құжатпен салыстырыңыз: бір цифрда қате болуы мүмкін.',
    },
    en: {
      text: 'No such IIN exists: its check digit does not match.',
      action: 'Compare the IIN with the identity document: one digit is probably wrong.',
    },
  },
  'iin.warning-unconfirmed': {
    ru: {
      text: 'ИИН необычен: дата рождения или пол в нём невозможны.',
      action: 'Сверьте ИИН с документом и подтвердите, что он введён верно.',
    },
    kk: {
      text: 'ЖСН әдеттегідей емес: ондағы туған күн немесе жыныс мүмкін емес.',
      action: 'ЖСН-ды құжатпен салыстырып, оның дұрыс енгізілгенін растаңыз.',
    },
    en: {
      text: 'The IIN is unusual: its birth date or sex is impossible.',
      action: 'Compare the IIN with the document and confirm that it is entered correctly.',
    },
  },
  'document.number': {
    ru: {
      text: 'Номер документа не похож на номер этого вида документа.',
      action: 'Сверьте вид и номер с документом: удостоверение — 9 цифр, паспорт — буква и 8 цифр.',
    },
    kk: {
      text: 'Құжаттың нөмірі осы құжат түрінің нөміріне ұқсамайды.',
      action: 'Құжаттың түрі мен нөмірін салыстырыңыз: жеке куәлік — 9 цифр, паспорт — әріп пен 8 цифр.',
    },
    en: {
      text: 'This is not how a number of this kind of document looks.',
      action: 'Compare kind and number with the document: identity card 9 digits, passport a letter and 8 digits.',
    },
  },
  'document.date': {
    ru: {
      text: 'Срок действия или дата выдачи документа невозможны.',
      action: 'Введите даты по документу: день, месяц и год, например 15.03.2031.',
    },
    kk: {
      text: 'Құжаттың қолданылу мерзімі немесе берілген күні мүмкін емес.',
      action: 'Күндерді құжаттан енгізіңіз: күні, айы және жылы, мысалы 15.03.2031.',
    },
    en: {
      text: 'The dates of the document are impossible.',
      action: 'Enter the dates from the document: day, month and year, for example 15.03.2031.',
    },
  },
  'document.expired': {
    ru: {
      text: 'Срок действия документа истёк.',
      action: 'Услуга оказывается по действующему документу: направьте гражданина в отдел документирования населения.',
    },
    kk: {
      text: 'Құжаттың қолданылу мерзімі өтіп кеткен.',
      action: 'Қызмет қолданыстағы құжат бойынша көрсетіледі: азаматты халықты құжаттандыру бөліміне жіберіңіз.',
    },
    en: {
      text: 'The document has expired.',
      action: 'The service needs a valid document: send the citizen to the documentation department.',
    },
  },
  'service.not-open': {
    ru: {
      text: 'Обслуживание этого гражданина здесь не начато или уже закончено.',
      action: 'Введите ИИН и проверьте регистрацию ещё раз.',
    },
    kk: {
      text: 'Бұл азаматқа қызмет көрсету мұнда басталмаған немесе аяқталған.',
      action: 'ЖСН-ды енгізіп, тіркелуді қайта тексеріңіз.',
    },
    en: {
      text: 'The service of this citizen has not begun here, or has ended.',
      action: 'Enter the IIN and check the registration again.',
    },
  },
  'service.step-missing': {
    ru: {
      text: 'Предыдущий шаг услуги не выполнен.',
      action: 'Вернитесь к шагу, который отмечен текущим, и закончите его.',
    },
    kk: {
      text: 'Қызметтің алдыңғы қадамы орындалмаған.',
      action: 'Ағымдағы деп белгіленген қадамға оралып, оны аяқтаңыз.',
    },
    en: { text: 'An earlier step of the service is not done.', action: 'Go to the step marked current and finish it.' },
  },
  'session.required': {
    ru: { text: 'Вы не вошли в АРМ или сеанс завершён.', action: 'Войдите снова под своим логином.' },
    kk: { text: 'Сіз АЖО-ға кірмегенсіз немесе сеанс аяқталған.', action: 'Өз логиніңізбен қайта кіріңіз.' },
    en: { text: 'You are not signed in, or the session has ended.', action: 'Sign in again.' },
  },
  'session.forbidden': {
    ru: { text: 'У вашей роли нет права на это действие.', action: 'Обратитесь к тому, у кого есть это право.' },
    kk: { text: 'Сіздің рөліңізде бұл әрекетке құқық жоқ.', action: 'Осы құқығы бар қызметкерге жүгініңіз.' },
    en: { text: 'Your role has no right to do this.', action: 'Ask a colleague who has this right.' },
  },
  'session.wrong-credentials': {
    ru: {
      text: 'Неверный логин или пароль.',
      action: 'Проверьте раскладку клавиатуры и Caps Lock и введите логин и пароль ещё раз.',
    },
    kk: {
      text: 'Логин немесе құпиясөз қате.',
      action: 'Пернетақта тілі мен Caps Lock пернесін тексеріп, логин мен құпиясөзді қайта енгізіңіз.',
    },
    en: {
      text: 'Wrong login or password.',
      action: 'Check the keyboard layout and Caps Lock, then enter login and password again.',
    },
  },
  'session.invalid-input': {
    ru: { text: 'Введённые данные не приняты.', action: 'Проверьте поля и повторите.' },
    kk: { text: 'Енгізілген деректер қабылданбады.', action: 'Өрістерді тексеріп, қайталаңыз.' },
    en: { text: 'The data were not accepted.', action: 'Check the fields and try again.' },
  },
  'session.untrusted-sender': {
    ru: {
      text: 'Обращение пришло не из окна АРМ и отклонено.',
      action: 'Закройте АРМ, запустите его снова и сообщите администратору код ошибки.',
    },
    kk: {
      text: 'Өтініш АЖО терезесінен келмегендіктен қабылданбады.',
      action: 'АЖО-ны жауып, қайта іске қосыңыз және қате кодын әкімшіге хабарлаңыз.',
    },
    en: {
      text: 'The call did not come from the workstation’s own window and was refused.',
      action: 'Close the workstation, start it again and give the administrator the failure code.',
    },
  },
  'session.busy': {
    ru: { text: 'Предыдущее действие ещё выполняется.', action: 'Дождитесь его окончания и повторите.' },
    kk: { text: 'Алдыңғы әрекет әлі орындалып жатыр.', action: 'Оның аяқталуын күтіп, қайталаңыз.' },
    en: { text: 'The previous action is still running.', action: 'Wait until it ends and try again.' },
  },
  'session.wait': {
    ru: {
      text: 'После неудачных попыток вход ненадолго задержан.',
      action: 'Подождите указанное число секунд и войдите снова.',
    },
    kk: {
      text: 'Сәтсіз әрекеттерден кейін кіру аз уақытқа кідіртілді.',
      action: 'Көрсетілген секунд санын күтіп, қайта кіріңіз.',
    },
    en: {
      text: 'After failed attempts sign-in is held up for a moment.',
      action: 'Wait for the seconds shown and sign in again.',
    },
  },
  'session.locked-out': {
    ru: {
      text: 'Вход под этим логином закрыт на 15 минут: пять неудачных попыток подряд.',
      action: 'Подождите 15 минут. Если это были не вы, сообщите администратору АРМ.',
    },
    kk: {
      text: 'Бұл логинмен кіру 15 минутқа жабылды: қатарынан бес сәтсіз әрекет.',
      action: '15 минут күтіңіз. Бұл сіз болмасаңыз, АЖО әкімшісіне хабарлаңыз.',
    },
    en: {
      text: 'Sign-in with this login is closed for 15 minutes: five failed attempts in a row.',
      action: 'Wait for 15 minutes. If it was not you, tell the administrator.',
    },
  },
  'session.locked': {
    ru: { text: 'Сеанс заблокирован.', action: 'Введите свой пароль, чтобы продолжить.' },
    kk: { text: 'Сеанс құлыпталған.', action: 'Жалғастыру үшін өз құпиясөзіңізді енгізіңіз.' },
    en: { text: 'The session is locked.', action: 'Enter your password to go on.' },
  },
  'session.expired': {
    ru: { text: 'Сеанс завершён: прошло 12 часов со входа.', action: 'Войдите снова.' },
    kk: { text: 'Сеанс аяқталды: кіргеннен бері 12 сағат өтті.', action: 'Қайта кіріңіз.' },
    en: { text: 'The session has ended: 12 hours have passed since sign-in.', action: 'Sign in again.' },
  },
  'session.key-absent': {
    ru: {
      text: 'Ключ ЭЦП не найден.',
      action:
        'Выберите файл ключа или вставьте токен. Если токен заблокирован или не читается, войдите паролем и сообщите администратору АРМ.',
    },
    kk: {
      text: 'ЭЦҚ кілті табылмады.',
      action:
        'Кілт файлын таңдаңыз немесе токенді салыңыз. Токен бұғатталса немесе оқылмаса, құпиясөзбен кіріп, АЖО әкімшісіне хабарлаңыз.',
    },
    en: {
      text: 'No signing key was found.',
      action:
        'Choose the key file or insert the token. If the token is blocked or cannot be read, sign in by password and tell the administrator.',
    },
  },
  'session.key-unreadable': {
    ru: {
      text: 'Файл не содержит ключа ЭЦП, которым можно войти.',
      action: 'Выберите файл .p12 с именем AUTH_… или GOST…, выданный НУЦ РК.',
    },
    kk: {
      text: 'Файлда кіруге болатын ЭЦҚ кілті жоқ.',
      action: 'ҚР ҰКО берген, аты AUTH_… немесе GOST… .p12 файлын таңдаңыз.',
    },
    en: {
      text: 'The file holds no key to sign in with.',
      action: 'Choose the .p12 file named AUTH_… or GOST… that the national authority (NCA RK) has issued.',
    },
  },
  'session.key-wrong-pin': {
    ru: {
      text: 'Пароль ключа ЭЦП неверен.',
      action: 'Введите пароль ключа ещё раз. После пяти неудач вход этим ключом закроется на 15 минут.',
    },
    kk: {
      text: 'ЭЦҚ кілтінің құпиясөзі қате.',
      action: 'Кілттің құпиясөзін қайта енгізіңіз. Бес сәтсіздіктен кейін бұл кілтпен кіру 15 минутқа жабылады.',
    },
    en: {
      text: 'The password of the key is wrong.',
      action:
        'Enter the password of the key again. After five failures sign-in with this key is closed for 15 minutes.',
    },
  },
  'session.key-wrong-purpose': {
    ru: {
      text: 'Этот ключ не для входа: он не является ключом аутентификации физического лица.',
      action: 'Выберите ключ для аутентификации (файл AUTH_…), а не для подписания документов.',
    },
    kk: {
      text: 'Бұл кілт кіруге арналмаған: ол жеке тұлғаның аутентификация кілті емес.',
      action: 'Құжаттарға қол қою кілтін емес, аутентификация кілтін (AUTH_… файлын) таңдаңыз.',
    },
    en: {
      text: 'This key is not for signing in: it is no authentication key of a person.',
      action: 'Choose the key for authentication (file AUTH_…), not the one for signing documents.',
    },
  },
  'session.key-invalid': {
    ru: {
      text: 'Ключ ЭЦП не принят: сертификат просрочен, отозван или выдан не доверенным центром.',
      action: 'Войдите паролем. Получите новый ключ в НУЦ РК и сообщите администратору АРМ код и подробность.',
    },
    kk: {
      text: 'ЭЦҚ кілті қабылданбады: сертификаттың мерзімі өткен, ол кері қайтарылған немесе оны сенімсіз орталық берген.',
      action: 'Құпиясөзбен кіріңіз. ҚР ҰКО-дан жаңа кілт алып, АЖО әкімшісіне код пен егжей-тегжейін хабарлаңыз.',
    },
    en: {
      text: 'The key was not accepted: its certificate is expired, revoked, or of an authority that is not trusted.',
      action:
        'Sign in by password. Get a new key from the national authority (NCA RK) and give the administrator the code and the detail.',
    },
  },
  'session.key-status-unknown': {
    ru: {
      text: 'Не удалось узнать, не отозван ли сертификат ключа.',
      action: 'Войдите паролем или повторите, когда связь восстановится.',
    },
    kk: {
      text: 'Кілт сертификатының кері қайтарылмағанын анықтау мүмкін болмады.',
      action: 'Құпиясөзбен кіріңіз немесе байланыс қалпына келгенде қайталаңыз.',
    },
    en: {
      text: 'Whether the certificate of the key is revoked could not be found out.',
      action: 'Sign in by password, or try again when the line is back.',
    },
  },
  'session.key-unknown-person': {
    ru: {
      text: 'У владельца этого ключа нет учётной записи на этом рабочем месте.',
      action: 'Проверьте, что выбран ваш ключ. ИИН в учётную запись вносит администратор АРМ.',
    },
    kk: {
      text: 'Бұл кілт иесінің осы жұмыс орнында есептік жазбасы жоқ.',
      action: 'Өз кілтіңізді таңдағаныңызды тексеріңіз. ЖСН-ді есептік жазбаға АЖО әкімшісі енгізеді.',
    },
    en: {
      text: 'The holder of this key has no account at this workstation.',
      action: 'Check that the key is yours. The administrator enters the IIN in the account.',
    },
  },
  'session.accounts-unreadable': {
    ru: {
      text: 'Список учётных записей повреждён или чужой.',
      action: 'Прекратите приём и вызовите администратора АРМ: список восстанавливают из резервной копии.',
    },
    kk: {
      text: 'Есептік жазбалар тізімі бүлінген немесе бөтен.',
      action: 'Қабылдауды тоқтатып, АЖО әкімшісін шақырыңыз: тізім сақтық көшірмеден қалпына келтіріледі.',
    },
    en: {
      text: 'The list of accounts is damaged or foreign.',
      action: 'Stop serving and call the administrator: the list is restored from a backup.',
    },
  },
  'session.accounts-unwritable': {
    ru: {
      text: 'Список учётных записей не удалось записать на диск.',
      action: 'Освободите место на диске и повторите.',
    },
    kk: { text: 'Есептік жазбалар тізімін дискіге жазу мүмкін болмады.', action: 'Дискіде орын босатып, қайталаңыз.' },
    en: {
      text: 'The list of accounts could not be written to the disk.',
      action: 'Free some disk space and try again.',
    },
  },
  'session.accounts-restored': {
    ru: {
      text: 'На диске не тот список учётных записей, который записан в журнале.',
      action: 'Прекратите приём и вызовите администратора АРМ: список мог быть подменён старой копией.',
    },
    kk: {
      text: 'Дискідегі есептік жазбалар тізімі журналда жазылған тізім емес.',
      action: 'Қабылдауды тоқтатып, АЖО әкімшісін шақырыңыз: тізім ескі көшірмемен ауыстырылған болуы мүмкін.',
    },
    en: {
      text: 'The list of accounts on the disk is not the one that the journal names.',
      action: 'Stop serving and call the administrator: an older copy may have been put in its place.',
    },
  },
  'account.login-invalid': {
    ru: {
      text: 'Такой логин не подходит.',
      action: 'Введите 2–64 символа: буквы, цифры, точка, дефис, подчёркивание, @.',
    },
    kk: {
      text: 'Мұндай логин жарамайды.',
      action: '2–64 таңба енгізіңіз: әріптер, цифрлар, нүкте, сызықша, астын сызу, @.',
    },
    en: {
      text: 'This login will not do.',
      action: 'Enter 2 to 64 characters: letters, digits, dot, hyphen, underscore, @.',
    },
  },
  'account.login-taken': {
    ru: { text: 'Такой логин уже есть.', action: 'Выберите другой логин.' },
    kk: { text: 'Мұндай логин бар.', action: 'Басқа логин таңдаңыз.' },
    en: { text: 'This login exists already.', action: 'Choose another login.' },
  },
  'account.iin-taken': {
    ru: {
      text: 'Этот ИИН уже привязан к другой учётной записи.',
      action: 'Сначала уберите его у другой учётной записи.',
    },
    kk: {
      text: 'Бұл ЖСН басқа есептік жазбаға байланған.',
      action: 'Алдымен оны басқа есептік жазбадан алып тастаңыз.',
    },
    en: { text: 'This IIN already belongs to another account.', action: 'Remove it from the other account first.' },
  },
  'account.unknown': {
    ru: { text: 'Такой учётной записи нет.', action: 'Обновите список учётных записей.' },
    kk: { text: 'Мұндай есептік жазба жоқ.', action: 'Есептік жазбалар тізімін жаңартыңыз.' },
    en: { text: 'There is no such account.', action: 'Reload the list of accounts.' },
  },
  'account.password-weak': {
    ru: { text: 'Пароль слишком прост.', action: 'Введите не менее 10 символов, не повторяя логин.' },
    kk: { text: 'Құпиясөз тым қарапайым.', action: 'Логинді қайталамай, кемінде 10 таңба енгізіңіз.' },
    en: { text: 'The password is too weak.', action: 'Enter at least 10 characters that do not repeat the login.' },
  },
  'account.last-administrator': {
    ru: {
      text: 'Это последний администратор: без него АРМ не настроить.',
      action: 'Сначала создайте другого администратора.',
    },
    kk: { text: 'Бұл соңғы әкімші: онсыз АЖО-ны баптау мүмкін емес.', action: 'Алдымен басқа әкімші жасаңыз.' },
    en: {
      text: 'This is the last administrator: without one the workstation cannot be configured.',
      action: 'Create another administrator first.',
    },
  },
  'account.not-first': {
    ru: { text: 'Администратор уже создан.', action: 'Войдите под его логином.' },
    kk: { text: 'Әкімші жасалып қойған.', action: 'Оның логинімен кіріңіз.' },
    en: { text: 'There is an administrator already.', action: 'Sign in with that login.' },
  },
  'account.training': {
    ru: {
      text: 'В учебном режиме учётные записи постоянны.',
      action: 'Войдите под одной из учётных записей, показанных на странице входа.',
    },
    kk: {
      text: 'Оқу режимінде есептік жазбалар тұрақты.',
      action: 'Кіру бетінде көрсетілген есептік жазбалардың бірімен кіріңіз.',
    },
    en: {
      text: 'In training mode the accounts are fixed.',
      action: 'Sign in with one of the accounts of the sign-in page.',
    },
  },
  'settings.invalid': {
    ru: { text: 'Настройки АРМ содержат ошибку.', action: 'Обратитесь к администратору АРМ.' },
    kk: { text: 'АЖО баптауларында қате бар.', action: 'АЖО әкімшісіне жүгініңіз.' },
    en: { text: 'The settings of the workstation contain an error.', action: 'Call the administrator.' },
  },
  'settings.locked': {
    ru: {
      text: 'Эту настройку рабочее место не меняет: она закреплена.',
      action: 'Изменить её может тот, кто пишет файл администратора этой машины.',
    },
    kk: {
      text: 'Бұл баптауды жұмыс орны өзгертпейді: ол бекітілген.',
      action: 'Оны осы машинаның әкімші файлын жазатын адам ғана өзгерте алады.',
    },
    en: {
      text: 'The workplace does not change this setting: it is locked.',
      action: 'Whoever writes the administrator’s file of this machine can change it.',
    },
  },
  'settings.altered': {
    ru: {
      text: 'Файл настроек рабочего места изменён не программой, или на его место положен прежний.',
      action: 'Не продолжайте. Администратор выясняет, кто это сделал, и убирает settings.json из папки данных.',
    },
    kk: {
      text: 'Жұмыс орнының баптаулар файлын бағдарлама өзгертпеген, немесе орнына ескісі қойылған.',
      action: 'Жалғастырмаңыз. Әкімші мұны кім жасағанын анықтап, settings.json файлын деректер қалтасынан алады.',
    },
    en: {
      text: 'The workplace’s settings file was changed by something else, or an older one was put in its place.',
      action: 'Do not go on. The administrator finds out who did it and takes settings.json out of the data folder.',
    },
  },
  'settings.unwritable': {
    ru: {
      text: 'Настройки не сохранены: файл рабочего места не записывается.',
      action: 'Проверьте место на диске и права на папку данных, затем сохраните снова.',
    },
    kk: {
      text: 'Баптаулар сақталмады: жұмыс орнының файлы жазылмады.',
      action: 'Дискідегі орынды және деректер қалтасына құқықты тексеріп, қайта сақтаңыз.',
    },
    en: {
      text: 'The settings were not saved: the workplace’s file cannot be written.',
      action: 'Check the space on the disk and the rights to the data folder, then save again.',
    },
  },
  'sign.key-missing': {
    ru: {
      text: 'Ключ информационной системы не найден.',
      action: 'Обратитесь к администратору АРМ: путь к файлу ключа указан в настройках.',
    },
    kk: {
      text: 'Ақпараттық жүйенің кілті табылмады.',
      action: 'АЖО әкімшісіне жүгініңіз: кілт файлының жолы баптауларда көрсетілген.',
    },
    en: {
      text: 'The key of the information system was not found.',
      action: 'Call the administrator: the path of the key file is in the settings.',
    },
  },
  'sign.key-unreadable': {
    ru: {
      text: 'Файл ключа информационной системы не читается.',
      action: 'Обратитесь к администратору АРМ: файл повреждён или имеет другой формат.',
    },
    kk: {
      text: 'Ақпараттық жүйенің кілт файлы оқылмайды.',
      action: 'АЖО әкімшісіне жүгініңіз: файл бүлінген немесе пішімі басқа.',
    },
    en: {
      text: 'The key file of the information system cannot be read.',
      action: 'Call the administrator: the file is damaged or has another format.',
    },
  },
  'sign.wrong-pin': {
    ru: {
      text: 'Неверный пароль ключа.',
      action: 'Не подбирайте пароль: обратитесь к администратору АРМ.',
    },
    kk: {
      text: 'Кілттің құпиясөзі қате.',
      action: 'Құпиясөзді болжап теруге болмайды: АЖО әкімшісіне жүгініңіз.',
    },
    en: { text: 'Wrong password of the key.', action: 'Do not guess the password: call the administrator.' },
  },
  'sign.pin-last-try': {
    ru: {
      text: 'Неверный ПИН. Осталась последняя попытка, после неё токен заблокируется.',
      action: 'Больше не вводите ПИН: обратитесь к администратору АРМ.',
    },
    kk: {
      text: 'ПИН қате. Соңғы әрекет қалды, содан кейін токен бұғатталады.',
      action: 'ПИН-ді енді енгізбеңіз: АЖО әкімшісіне жүгініңіз.',
    },
    en: {
      text: 'Wrong PIN. One try is left, after it the token locks itself.',
      action: 'Do not enter the PIN again: call the administrator.',
    },
  },
  'sign.pin-locked': {
    ru: {
      text: 'ПИН токена заблокирован.',
      action: 'Обратитесь к администратору АРМ: токен разблокирует его владелец.',
    },
    kk: {
      text: 'Токеннің ПИН-і бұғатталған.',
      action: 'АЖО әкімшісіне жүгініңіз: токенді оның иесі бұғаттан шығарады.',
    },
    en: {
      text: "The token's PIN is locked.",
      action: 'Call the administrator: the owner of the token unlocks it.',
    },
  },
  'sign.token-absent': {
    ru: {
      text: 'Токен с ключом не вставлен.',
      action: 'Вставьте токен и откройте ключ заново. Если токен вставлен, обратитесь к администратору АРМ.',
    },
    kk: {
      text: 'Кілті бар токен салынбаған.',
      action: 'Токенді салып, кілтті қайта ашыңыз. Токен салынған болса, АЖО әкімшісіне жүгініңіз.',
    },
    en: {
      text: 'The token with the key is not inserted.',
      action: 'Insert the token and open the key again. If it is inserted, call the administrator.',
    },
  },
  'sign.token-gone': {
    ru: {
      text: 'Токен с ключом извлечён. Запрос не подписан и не отправлен.',
      action: 'Вставьте токен и откройте ключ заново.',
    },
    kk: {
      text: 'Кілті бар токен суырылған. Сұраныс қол қойылмады және жіберілмеді.',
      action: 'Токенді салып, кілтті қайта ашыңыз.',
    },
    en: {
      text: 'The token with the key was removed. The request was neither signed nor sent.',
      action: 'Insert the token and open the key again.',
    },
  },
  'sign.driver-failed': {
    ru: {
      text: 'Драйвер токена не ответил или аварийно завершился. Запрос не подписан и не отправлен.',
      action: 'Откройте ключ заново. Если ошибка повторится, обратитесь к администратору АРМ.',
    },
    kk: {
      text: 'Токен драйвері жауап бермеді немесе апатты түрде аяқталды. Сұраныс қол қойылмады және жіберілмеді.',
      action: 'Кілтті қайта ашыңыз. Қате қайталанса, АЖО әкімшісіне жүгініңіз.',
    },
    en: {
      text: "The token's driver crashed or did not answer. The request was neither signed nor sent.",
      action: 'Open the key again. If it happens again, call the administrator.',
    },
  },
  'sign.locked': {
    ru: {
      text: 'Ключ информационной системы не открыт.',
      action: 'Обратитесь к администратору АРМ, чтобы открыть ключ.',
    },
    kk: { text: 'Ақпараттық жүйенің кілті ашылмаған.', action: 'Кілтті ашу үшін АЖО әкімшісіне жүгініңіз.' },
    en: { text: 'The key of the information system is locked.', action: 'Call the administrator to unlock the key.' },
  },
  'sign.certificate-expired': {
    ru: { text: 'Срок действия сертификата информационной системы истёк.', action: REPLACE_CERTIFICATE.ru },
    kk: { text: 'Ақпараттық жүйе сертификатының қолданылу мерзімі өткен.', action: REPLACE_CERTIFICATE.kk },
    en: { text: 'The certificate of the information system has expired.', action: REPLACE_CERTIFICATE.en },
  },
  'sign.certificate-not-yet-valid': {
    ru: {
      text: 'Срок действия сертификата информационной системы ещё не начался.',
      action: 'Проверьте дату и время компьютера и обратитесь к администратору АРМ.',
    },
    kk: {
      text: 'Ақпараттық жүйе сертификатының қолданылу мерзімі әлі басталмаған.',
      action: 'Компьютердің күні мен уақытын тексеріп, АЖО әкімшісіне жүгініңіз.',
    },
    en: {
      text: 'The certificate of the information system is not valid yet.',
      action: 'Check the date and time of this computer and call the administrator.',
    },
  },
  'sign.certificate-usage': {
    ru: { text: 'Сертификат информационной системы не предназначен для подписи.', action: REPLACE_CERTIFICATE.ru },
    kk: { text: 'Ақпараттық жүйенің сертификаты қол қоюға арналмаған.', action: REPLACE_CERTIFICATE.kk },
    en: { text: 'The certificate of the information system is not meant for signing.', action: REPLACE_CERTIFICATE.en },
  },
  'sign.certificate-untrusted': {
    ru: {
      text: 'Сертификату информационной системы нельзя доверять: его выдал неизвестный центр.',
      action: REPLACE_CERTIFICATE.ru,
    },
    kk: {
      text: 'Ақпараттық жүйенің сертификатына сенуге болмайды: оны белгісіз орталық берген.',
      action: REPLACE_CERTIFICATE.kk,
    },
    en: {
      text: 'The certificate of the information system cannot be trusted: its authority is unknown.',
      action: REPLACE_CERTIFICATE.en,
    },
  },
  'sign.certificate-revoked': {
    ru: {
      text: 'Сертификат информационной системы отозван. Запрос не подписан и не отправлен.',
      action: 'Прекратите выдачу на этом рабочем месте и вызовите администратора АРМ: нужен новый ключ.',
    },
    kk: {
      text: 'Ақпараттық жүйенің сертификаты кері қайтарып алынған. Сұрауға қол қойылмады, ол жіберілген жоқ.',
      action: 'Осы жұмыс орнында беруді тоқтатып, АЖО әкімшісін шақырыңыз: жаңа кілт қажет.',
    },
    en: {
      text: 'The certificate of the information system is revoked. The request was neither signed nor sent.',
      action: 'Stop issuing at this workstation and call the administrator: a new key is needed.',
    },
  },
  'sign.certificate-status-unknown': {
    ru: {
      text: 'Не удалось узнать, не отозван ли сертификат информационной системы. Запрос не отправлен.',
      action: 'Повторите через минуту. Если ошибка повторится, сообщите администратору АРМ код ошибки.',
    },
    kk: {
      text: 'Ақпараттық жүйе сертификатының кері қайтарып алынбағанын білу мүмкін болмады. Сұрау жіберілген жоқ.',
      action: 'Бір минуттан кейін қайталап көріңіз. Қате қайталанса, АЖО әкімшісіне қате кодын хабарлаңыз.',
    },
    en: {
      text: 'Whether the certificate of the information system is revoked could not be learnt. The request was not sent.',
      action: 'Try again in a minute. If it fails again, give the administrator the failure code.',
    },
  },
  'sign.check-failed': {
    ru: {
      text: 'Проверка сертификата информационной системы прервалась. Запрос не отправлен.',
      action: 'Повторите. Если ошибка повторится, сообщите администратору АРМ код ошибки.',
    },
    kk: {
      text: 'Ақпараттық жүйе сертификатын тексеру үзілді. Сұрау жіберілген жоқ.',
      action: 'Қайталап көріңіз. Қате қайталанса, АЖО әкімшісіне қате кодын хабарлаңыз.',
    },
    en: {
      text: 'The check of the information system’s certificate broke off. The request was not sent.',
      action: 'Try again. If it fails again, give the administrator the failure code.',
    },
  },
  'sign.timestamp-unavailable': {
    ru: {
      text: 'Служба меток времени не ответила. Запрос не отправлен.',
      action: 'Повторите через минуту. Если ошибка повторится, сообщите администратору АРМ код ошибки.',
    },
    kk: {
      text: 'Уақыт белгілері қызметі жауап бермеді. Сұрау жіберілген жоқ.',
      action: 'Бір минуттан кейін қайталап көріңіз. Қате қайталанса, АЖО әкімшісіне қате кодын хабарлаңыз.',
    },
    en: {
      text: 'The timestamp service did not answer. The request was not sent.',
      action: 'Try again in a minute. If it fails again, give the administrator the failure code.',
    },
  },
  'sign.timestamp-wrong': {
    ru: {
      text: 'Метка времени не прошла проверку. Запрос не отправлен.',
      action: 'Проверьте дату и время компьютера и сообщите администратору АРМ код ошибки.',
    },
    kk: {
      text: 'Уақыт белгісі тексеруден өтпеді. Сұрау жіберілген жоқ.',
      action: 'Компьютердің күні мен уақытын тексеріп, АЖО әкімшісіне қате кодын хабарлаңыз.',
    },
    en: {
      text: 'The timestamp did not stand the check. The request was not sent.',
      action: 'Check the date and time of this computer and give the administrator the failure code.',
    },
  },
  'sign.failed': {
    ru: {
      text: 'Подписать запрос не удалось. Запрос не отправлен.',
      action: 'Повторите. Если ошибка повторится, сообщите администратору АРМ код ошибки.',
    },
    kk: {
      text: 'Сұрауға қол қойылмады. Сұрау жіберілген жоқ.',
      action: 'Қайталап көріңіз. Қате қайталанса, АЖО әкімшісіне қате кодын хабарлаңыз.',
    },
    en: {
      text: 'The request could not be signed. It was not sent.',
      action: 'Try again. If it fails again, give the administrator the failure code.',
    },
  },
  'gateway.unreachable': {
    ru: {
      text: 'ШЭП не отвечает: соединение не установлено. Запрос не отправлен.',
      action: 'Проверьте сеть и повторите через минуту. Если связи нет, сообщите администратору АРМ.',
    },
    kk: {
      text: 'ЭҮШ жауап бермейді: байланыс орнатылмады. Сұрау жіберілген жоқ.',
      action: 'Желіні тексеріп, бір минуттан кейін қайталаңыз. Байланыс болмаса, АЖО әкімшісіне хабарлаңыз.',
    },
    en: {
      text: 'The gateway does not answer: no connection. The request was not sent.',
      action: 'Check the network and try again in a minute. If there is no connection, tell the administrator.',
    },
  },
  'gateway.paused': {
    ru: {
      text: 'ШЭП не отвечает, запрос не отправлен. АРМ сам проверяет связь.',
      action: 'Время следующей проверки показано в строке состояния. Когда связь появится, повторите действие.',
    },
    kk: {
      text: 'ЭҮШ жауап бермейді, сұрау жіберілмеді. АЖО байланысты өзі тексереді.',
      action: 'Келесі тексеру уақыты күй жолында көрсетілген. Байланыс пайда болғанда әрекетті қайталаңыз.',
    },
    en: {
      text: 'The gateway does not answer, the request was not sent. The workstation tries the line by itself.',
      action: 'The status line says when it tries next. When the line is back, do the same again.',
    },
  },
  'gateway.tls-untrusted': {
    ru: {
      text: 'Сервер не подтвердил, что он ШЭП. Запрос не отправлен.',
      action: `Не повторяйте запрос. ${TELL_ADMINISTRATOR.ru}`,
    },
    kk: {
      text: 'Сервер өзінің ЭҮШ екенін растамады. Сұрау жіберілген жоқ.',
      action: `Сұрауды қайталамаңыз. ${TELL_ADMINISTRATOR.kk}`,
    },
    en: {
      text: 'The server did not prove that it is the gateway. The request was not sent.',
      action: `Do not repeat the request. ${TELL_ADMINISTRATOR.en}`,
    },
  },
  'gateway.timeout': {
    ru: {
      text: 'Ответ ШЭП не пришёл в отведённое время.',
      action: 'Проверьте регистрацию гражданина ещё раз: портал мог выполнить запрос.',
    },
    kk: {
      text: 'ЭҮШ жауабы белгіленген уақытта келмеді.',
      action: 'Азаматтың тіркелуін қайта тексеріңіз: портал сұрауды орындаған болуы мүмкін.',
    },
    en: {
      text: 'The gateway’s reply did not come in time.',
      action: 'Check the citizen’s registration again: the portal may have carried out the request.',
    },
  },
  'gateway.interrupted': {
    ru: {
      text: 'Связь с ШЭП прервалась после начала отправки.',
      action: 'Проверьте регистрацию гражданина ещё раз: портал мог выполнить запрос.',
    },
    kk: {
      text: 'Жіберу басталғаннан кейін ЭҮШ-пен байланыс үзілді.',
      action: 'Азаматтың тіркелуін қайта тексеріңіз: портал сұрауды орындаған болуы мүмкін.',
    },
    en: {
      text: 'The connection to the gateway broke after sending had begun.',
      action: 'Check the citizen’s registration again: the portal may have carried out the request.',
    },
  },
  'gateway.http-status': {
    ru: { text: 'ШЭП ответил ошибкой HTTP.', action: `Повторите через минуту. ${TELL_ADMINISTRATOR.ru}` },
    kk: { text: 'ЭҮШ HTTP қатесімен жауап берді.', action: `Бір минуттан кейін қайталаңыз. ${TELL_ADMINISTRATOR.kk}` },
    en: { text: 'The gateway answered with an HTTP error.', action: `Try again in a minute. ${TELL_ADMINISTRATOR.en}` },
  },
  'gateway.too-large': {
    ru: { text: 'Ответ ШЭП больше допустимого и отклонён.', action: TELL_ADMINISTRATOR.ru },
    kk: { text: 'ЭҮШ жауабы рұқсат етілген көлемнен асқандықтан қабылданбады.', action: TELL_ADMINISTRATOR.kk },
    en: { text: 'The gateway’s reply exceeds the allowed size and was refused.', action: TELL_ADMINISTRATOR.en },
  },
  'gateway.malformed': {
    ru: { text: 'Ответ ШЭП не соответствует формату и отклонён.', action: TELL_ADMINISTRATOR.ru },
    kk: { text: 'ЭҮШ жауабы пішімге сәйкес келмегендіктен қабылданбады.', action: TELL_ADMINISTRATOR.kk },
    en: { text: 'The gateway’s reply has a wrong format and was refused.', action: TELL_ADMINISTRATOR.en },
  },
  'gateway.fault': {
    ru: { text: 'ШЭП отклонил запрос.', action: `Повторите через минуту. ${TELL_ADMINISTRATOR.ru}` },
    kk: { text: 'ЭҮШ сұрауды қабылдамады.', action: `Бір минуттан кейін қайталаңыз. ${TELL_ADMINISTRATOR.kk}` },
    en: { text: 'The gateway rejected the request.', action: `Try again in a minute. ${TELL_ADMINISTRATOR.en}` },
  },
  'gateway.status': {
    ru: {
      text: 'ШЭП сообщил о неуспешной обработке запроса.',
      action: `Повторите через минуту. ${TELL_ADMINISTRATOR.ru}`,
    },
    kk: {
      text: 'ЭҮШ сұраудың сәтсіз өңделгенін хабарлады.',
      action: `Бір минуттан кейін қайталаңыз. ${TELL_ADMINISTRATOR.kk}`,
    },
    en: {
      text: 'The gateway reported that it could not process the request.',
      action: `Try again in a minute. ${TELL_ADMINISTRATOR.en}`,
    },
  },
  'gateway.signature-wrong': {
    ru: {
      text: 'Подпись конверта ответа ШЭП неверна или отсутствует: он изменён или подделан.',
      action: REPLY_NOT_TRUSTED.ru,
    },
    kk: {
      text: 'ШЭП жауабы конвертінің қолтаңбасы қате немесе жоқ: ол өзгертілген немесе жалған.',
      action: REPLY_NOT_TRUSTED.kk,
    },
    en: {
      text: 'The signature of the envelope of the gateway’s reply is wrong or missing: it was altered or forged.',
      action: REPLY_NOT_TRUSTED.en,
    },
  },
  'gateway.signature-untrusted': {
    ru: { text: 'Тому, кто подписал конверт ответа ШЭП, нельзя доверять.', action: REPLY_NOT_TRUSTED.ru },
    kk: { text: 'ШЭП жауабының конвертіне қол қойғанға сенуге болмайды.', action: REPLY_NOT_TRUSTED.kk },
    en: {
      text: 'Whoever signed the envelope of the gateway’s reply cannot be trusted.',
      action: REPLY_NOT_TRUSTED.en,
    },
  },
  'reply.malformed': {
    ru: { text: 'Ответ портала не читается и отклонён.', action: REPLY_NOT_TRUSTED.ru },
    kk: { text: 'Портал жауабы оқылмағандықтан қабылданбады.', action: REPLY_NOT_TRUSTED.kk },
    en: { text: 'The portal’s reply cannot be read and was refused.', action: REPLY_NOT_TRUSTED.en },
  },
  'reply.signature-missing': {
    ru: { text: 'Ответ портала не подписан и отклонён.', action: REPLY_NOT_TRUSTED.ru },
    kk: { text: 'Портал жауабына қол қойылмағандықтан ол қабылданбады.', action: REPLY_NOT_TRUSTED.kk },
    en: { text: 'The portal’s reply is not signed and was refused.', action: REPLY_NOT_TRUSTED.en },
  },
  'reply.signature-wrong': {
    ru: { text: 'Подпись ответа портала неверна: ответ изменён или подделан.', action: REPLY_NOT_TRUSTED.ru },
    kk: { text: 'Портал жауабының қолтаңбасы қате: жауап өзгертілген немесе жалған.', action: REPLY_NOT_TRUSTED.kk },
    en: {
      text: 'The signature of the portal’s reply is wrong: the reply was altered or forged.',
      action: REPLY_NOT_TRUSTED.en,
    },
  },
  'reply.signed-attributes': {
    ru: {
      text: 'Подпись ответа портала неполна: подписанные атрибуты отсутствуют или противоречивы.',
      action: REPLY_NOT_TRUSTED.ru,
    },
    kk: {
      text: 'Портал жауабының қолтаңбасы толық емес: қол қойылған атрибуттар жоқ немесе қайшы.',
      action: REPLY_NOT_TRUSTED.kk,
    },
    en: {
      text: 'The signature of the portal’s reply is incomplete: signed attributes are missing or contradict each other.',
      action: REPLY_NOT_TRUSTED.en,
    },
  },
  'reply.algorithm-weak': {
    ru: { text: 'Ответ портала подписан недопустимым алгоритмом.', action: REPLY_NOT_TRUSTED.ru },
    kk: { text: 'Портал жауабына рұқсат етілмеген алгоритммен қол қойылған.', action: REPLY_NOT_TRUSTED.kk },
    en: { text: 'The portal’s reply is signed with an algorithm that is not allowed.', action: REPLY_NOT_TRUSTED.en },
  },
  'reply.certificate-untrusted': {
    ru: {
      text: 'Сертификату в ответе портала нельзя доверять: его выдал неизвестный центр.',
      action: REPLY_NOT_TRUSTED.ru,
    },
    kk: {
      text: 'Портал жауабындағы сертификатқа сенуге болмайды: оны белгісіз орталық берген.',
      action: REPLY_NOT_TRUSTED.kk,
    },
    en: {
      text: 'The certificate in the portal’s reply cannot be trusted: its authority is unknown.',
      action: REPLY_NOT_TRUSTED.en,
    },
  },
  'reply.certificate-validity': {
    ru: { text: 'Сертификат в ответе портала недействителен по сроку.', action: REPLY_NOT_TRUSTED.ru },
    kk: { text: 'Портал жауабындағы сертификат мерзімі бойынша жарамсыз.', action: REPLY_NOT_TRUSTED.kk },
    en: { text: 'The certificate in the portal’s reply is outside its validity period.', action: REPLY_NOT_TRUSTED.en },
  },
  'reply.certificate-usage': {
    ru: { text: 'Сертификат в ответе портала не предназначен для подписи.', action: REPLY_NOT_TRUSTED.ru },
    kk: { text: 'Портал жауабындағы сертификат қол қоюға арналмаған.', action: REPLY_NOT_TRUSTED.kk },
    en: { text: 'The certificate in the portal’s reply is not meant for signing.', action: REPLY_NOT_TRUSTED.en },
  },
  'reply.certificate-revoked': {
    ru: { text: 'Сертификат, которым подписан ответ портала, отозван.', action: REPLY_NOT_TRUSTED.ru },
    kk: { text: 'Портал жауабына қол қойылған сертификат кері қайтарып алынған.', action: REPLY_NOT_TRUSTED.kk },
    en: { text: 'The certificate that signed the portal’s reply is revoked.', action: REPLY_NOT_TRUSTED.en },
  },
  'reply.certificate-status-unknown': {
    ru: {
      text: 'Не удалось узнать, не отозван ли сертификат портала. Ответ не принят.',
      action: REPLY_NOT_TRUSTED.ru,
    },
    kk: {
      text: 'Портал сертификатының кері қайтарып алынбағанын білу мүмкін болмады. Жауап қабылданбады.',
      action: REPLY_NOT_TRUSTED.kk,
    },
    en: {
      text: 'Whether the portal’s certificate is revoked could not be learnt. The reply was not accepted.',
      action: REPLY_NOT_TRUSTED.en,
    },
  },
  'reply.check-failed': {
    ru: { text: 'Проверка подписи портала прервалась. Ответ не принят.', action: REPLY_NOT_TRUSTED.ru },
    kk: { text: 'Портал қолтаңбасын тексеру үзілді. Жауап қабылданбады.', action: REPLY_NOT_TRUSTED.kk },
    en: {
      text: 'The check of the portal’s signature broke off. The reply was not accepted.',
      action: REPLY_NOT_TRUSTED.en,
    },
  },
  'reply.signer-unexpected': {
    ru: { text: 'Ответ подписан не порталом.', action: REPLY_NOT_TRUSTED.ru },
    kk: { text: 'Жауапқа портал емес, басқа біреу қол қойған.', action: REPLY_NOT_TRUSTED.kk },
    en: { text: 'The reply was signed by somebody other than the portal.', action: REPLY_NOT_TRUSTED.en },
  },
  'reply.payload-invalid': {
    ru: { text: 'Подписанный ответ портала не соответствует схеме.', action: REPLY_NOT_TRUSTED.ru },
    kk: { text: 'Порталдың қол қойылған жауабы схемаға сәйкес келмейді.', action: REPLY_NOT_TRUSTED.kk },
    en: { text: 'The portal’s signed reply does not match its schema.', action: REPLY_NOT_TRUSTED.en },
  },
  'reply.request-id-mismatch': {
    ru: { text: 'Ответ портала относится к другому запросу.', action: REPLY_NOT_TRUSTED.ru },
    kk: { text: 'Портал жауабы басқа сұрауға қатысты.', action: REPLY_NOT_TRUSTED.kk },
    en: { text: 'The portal’s reply belongs to another request.', action: REPLY_NOT_TRUSTED.en },
  },
  'reply.nonce-mismatch': {
    ru: {
      text: 'Ответ портала не связан с этим запросом: одноразовое число не совпало.',
      action: REPLY_NOT_TRUSTED.ru,
    },
    kk: {
      text: 'Портал жауабы осы сұраумен байланысты емес: бір реттік сан сәйкес келмеді.',
      action: REPLY_NOT_TRUSTED.kk,
    },
    en: { text: 'The portal’s reply is not bound to this request: the nonce differs.', action: REPLY_NOT_TRUSTED.en },
  },
  'reply.iin-mismatch': {
    ru: { text: 'Ответ портала относится к другому ИИН.', action: REPLY_NOT_TRUSTED.ru },
    kk: { text: 'Портал жауабы басқа ЖСН-ға қатысты.', action: REPLY_NOT_TRUSTED.kk },
    en: { text: 'The portal’s reply is about another IIN.', action: REPLY_NOT_TRUSTED.en },
  },
  'reply.stale': {
    ru: {
      text: 'Ответ портала устарел: ему больше пяти минут или часы расходятся.',
      action: 'Проверьте дату и время компьютера, затем ещё раз проверьте регистрацию гражданина.',
    },
    kk: {
      text: 'Портал жауабы ескірген: оған бес минуттан асты немесе сағаттар сәйкес емес.',
      action: 'Компьютердің күні мен уақытын тексеріп, азаматтың тіркелуін қайта тексеріңіз.',
    },
    en: {
      text: 'The portal’s reply is stale: older than five minutes, or the clocks differ.',
      action: 'Check the date and time of this computer, then check the citizen’s registration again.',
    },
  },
  'reply.unexpected-result': {
    ru: { text: 'Портал ответил не на тот вопрос, который был задан.', action: REPLY_NOT_TRUSTED.ru },
    kk: { text: 'Портал қойылған сұраққа сай жауап бермеді.', action: REPLY_NOT_TRUSTED.kk },
    en: { text: 'The portal answered something other than what was asked.', action: REPLY_NOT_TRUSTED.en },
  },
  'reply.password-unsealable': {
    ru: {
      text: 'Пароль из ответа портала не расшифрован: печатать нечего.',
      action: `Проверьте регистрацию и выдайте новый пароль с указанием причины. ${TELL_ADMINISTRATOR.ru}`,
    },
    kk: {
      text: 'Портал жауабындағы құпиясөздің шифры ашылмады: басып шығаратын ештеңе жоқ.',
      action: `Тіркелуді тексеріп, себебін көрсете отырып жаңа құпиясөз беріңіз. ${TELL_ADMINISTRATOR.kk}`,
    },
    en: {
      text: 'The password in the portal’s reply could not be decrypted: there is nothing to print.',
      action: `Check the registration and issue a new password with a reason. ${TELL_ADMINISTRATOR.en}`,
    },
  },
  'recovery.not-kept': {
    ru: {
      text: 'Запрос не отправлен: его не удалось сохранить на диск.',
      action: 'Освободите место на диске и повторите. Если не помогло, вызовите администратора АРМ.',
    },
    kk: {
      text: 'Сұрау жіберілмеді: оны дискіге сақтау мүмкін болмады.',
      action: 'Дискіде орын босатып, қайталаңыз. Көмектеспесе, АЖО әкімшісін шақырыңыз.',
    },
    en: {
      text: 'The request was not sent: it could not be kept on disk.',
      action: 'Free some disk space and try again. If that does not help, call the administrator.',
    },
  },
  'recovery.nothing-kept': {
    ru: {
      text: 'Итог узнать нельзя: сохранённого запроса нет или он повреждён.',
      action: 'Проверьте регистрацию гражданина. Если конверта у него нет, выдайте новый пароль с причиной.',
    },
    kk: {
      text: 'Нәтижесін білу мүмкін емес: сақталған сұрау жоқ немесе бүлінген.',
      action: 'Азаматтың тіркелуін тексеріңіз. Конверті болмаса, себебін көрсетіп, жаңа құпиясөз беріңіз.',
    },
    en: {
      text: 'The outcome cannot be found out: the kept request is missing or damaged.',
      action: 'Check the citizen’s registration. If there is no envelope, issue a new password with a reason.',
    },
  },
  'recovery.ask-first': {
    ru: {
      text: 'Повторить запрос пока нельзя: портал ещё не сказал, что не получал его.',
      action: 'Нажмите «Узнать итог».',
    },
    kk: {
      text: 'Сұрауды әзірге қайталауға болмайды: портал оны алмағанын әлі айтқан жоқ.',
      action: '«Нәтижесін білу» түймесін басыңыз.',
    },
    en: {
      text: 'The request cannot be repeated yet: the portal has not said that it never came.',
      action: 'Press “Find out the outcome”.',
    },
  },
  'recovery.status-absent': {
    ru: {
      text: 'Результат неизвестен: портал не сообщает об итогах запросов.',
      action: 'Проверьте регистрацию гражданина. Если конверта у него нет, решите, выдать ли новый пароль с причиной.',
    },
    kk: {
      text: 'Нәтижесі белгісіз: портал сұраулардың нәтижесін хабарламайды.',
      action: 'Азаматтың тіркелуін тексеріңіз. Конверті болмаса, себебін көрсетіп, жаңа құпиясөз беруді шешіңіз.',
    },
    en: {
      text: 'The result is unknown: this portal does not tell what became of requests.',
      action:
        'Check the citizen’s registration. If there is no envelope, decide whether to issue a new password with a reason.',
    },
  },
  'recovery.reply-not-kept': {
    ru: {
      text: 'Результат неизвестен: ответа на этот запрос у портала больше нет.',
      action: 'Проверьте регистрацию гражданина. Если конверта у него нет, выдайте новый пароль с причиной.',
    },
    kk: {
      text: 'Нәтижесі белгісіз: порталда бұл сұраудың жауабы енді жоқ.',
      action: 'Азаматтың тіркелуін тексеріңіз. Конверті болмаса, себебін көрсетіп, жаңа құпиясөз беріңіз.',
    },
    en: {
      text: 'The result is unknown: the portal no longer has the reply to this request.',
      action: 'Check the citizen’s registration. If there is no envelope, issue a new password with a reason.',
    },
  },
  'recovery.never-received': {
    ru: {
      text: 'Портал этого запроса не получал и уже не примет. Пароль не изменён.',
      action: 'Если гражданин у стойки, оформите выдачу заново.',
    },
    kk: {
      text: 'Портал бұл сұрауды алған жоқ және енді қабылдамайды. Құпиясөз өзгерген жоқ.',
      action: 'Азамат осында болса, беруді қайтадан рәсімдеңіз.',
    },
    en: {
      text: 'The portal never received this request and will not take it any more. No password was changed.',
      action: 'If the citizen is here, start the service again.',
    },
  },
  'portal.life-status': {
    ru: {
      text: 'По ГБД ФЛ гражданин значится умершим. Учётная запись не создаётся.',
      action: 'Сверьте ИИН с документом. Если он верен, направьте гражданина в отдел документирования населения.',
    },
    kk: {
      text: '«Жеке тұлғалар» МДҚ бойынша азамат қайтыс болған деп көрсетілген. Тіркелгі жасалмайды.',
      action: 'ЖСН-ды құжатпен салыстырыңыз. Ол дұрыс болса, азаматты халықты құжаттандыру бөліміне жіберіңіз.',
    },
    en: {
      text: 'The population register says that the citizen is deceased. No account is created.',
      action:
        'Compare the IIN with the document. If it is right, send the citizen to the population documentation department.',
    },
  },
  'portal.exclusion-sign': {
    ru: {
      text: 'В ГБД ФЛ у ИИН стоит признак исключения. Учётная запись не создаётся.',
      action: 'Сверьте ИИН с документом. Если он верен, направьте гражданина в отдел документирования населения.',
    },
    kk: {
      text: '«Жеке тұлғалар» МДҚ-да бұл ЖСН-да алып тастау белгісі бар. Тіркелгі жасалмайды.',
      action: 'ЖСН-ды құжатпен салыстырыңыз. Ол дұрыс болса, азаматты халықты құжаттандыру бөліміне жіберіңіз.',
    },
    en: {
      text: 'The population register has marked this IIN as excluded. No account is created.',
      action:
        'Compare the IIN with the document. If it is right, send the citizen to the population documentation department.',
    },
  },
  'portal.prosecutor-record': {
    ru: {
      text: 'ИИН состоит на учёте Генеральной прокуратуры. Учётная запись не создаётся.',
      action:
        'Направьте гражданина в Управление Комитета по правовой статистике и специальным учётам Генеральной прокуратуры.',
    },
    kk: {
      text: 'ЖСН Бас прокуратураның есебінде тұр. Тіркелгі жасалмайды.',
      action:
        'Азаматты Бас прокуратураның Құқықтық статистика және арнайы есепке алу жөніндегі комитетінің басқармасына жіберіңіз.',
    },
    en: {
      text: 'The IIN is on record at the Prosecutor General’s office. No account is created.',
      action:
        'Send the citizen to the office of the Committee on Legal Statistics and Special Records of the Prosecutor General’s office.',
    },
  },
  'portal.signature-rejected': {
    ru: {
      text: 'Портал не принял подпись информационной системы.',
      action: `Прекратите выдачу на этом рабочем месте. ${TELL_ADMINISTRATOR.ru}`,
    },
    kk: {
      text: 'Портал ақпараттық жүйенің қолтаңбасын қабылдамады.',
      action: `Осы жұмыс орнында беруді тоқтатыңыз. ${TELL_ADMINISTRATOR.kk}`,
    },
    en: {
      text: 'The portal did not accept the signature of the information system.',
      action: `Stop issuing at this workstation. ${TELL_ADMINISTRATOR.en}`,
    },
  },
  'portal.person-unknown': {
    ru: {
      text: 'ИИН не найден в ГБД ФЛ.',
      action: 'Сверьте ИИН с документом, удостоверяющим личность, и введите его заново.',
    },
    kk: {
      text: 'ЖСН «Жеке тұлғалар» МДҚ-да табылмады.',
      action: 'ЖСН-ды жеке басын куәландыратын құжатпен салыстырып, қайта енгізіңіз.',
    },
    en: {
      text: 'The population register does not hold this IIN.',
      action: 'Compare the IIN with the identity document and enter it again.',
    },
  },
  'portal.failed': {
    ru: {
      text: 'Портал не смог обработать запрос.',
      action: 'Повторите через несколько минут. Если ошибка повторится, сообщите администратору АРМ номер запроса.',
    },
    kk: {
      text: 'Портал сұрауды өңдей алмады.',
      action: 'Бірнеше минуттан кейін қайталаңыз. Қате қайталанса, АЖО әкімшісіне сұрау нөмірін хабарлаңыз.',
    },
    en: {
      text: 'The portal could not process the request.',
      action: 'Try again in a few minutes. If it fails again, give the administrator the request number.',
    },
  },
  'print.nothing-pending': {
    ru: {
      text: 'Печатать нечего: пароль уже стёрт из памяти.',
      action: 'Проверьте регистрацию ещё раз и выдайте новый пароль с указанием причины.',
    },
    kk: {
      text: 'Басып шығаратын ештеңе жоқ: құпиясөз жадтан өшірілген.',
      action: 'Тіркелуді қайта тексеріп, себебін көрсете отырып жаңа құпиясөз беріңіз.',
    },
    en: {
      text: 'There is nothing to print: the password has been wiped from memory.',
      action: 'Check the registration again and issue a new password with a reason.',
    },
  },
  'print.already-printed': {
    ru: {
      text: 'Конверт уже напечатан.',
      action: 'Возьмите конверт из принтера и ответьте, выдан ли он гражданину.',
    },
    kk: {
      text: 'Конверт басып шығарылған.',
      action: 'Конвертті принтерден алып, оның азаматқа берілген-берілмегенін көрсетіңіз.',
    },
    en: {
      text: 'The envelope has already been printed.',
      action: 'Take it from the printer and answer whether it was handed over.',
    },
  },
  'print.layout': {
    ru: {
      text: 'Конверт не сформирован.',
      action: 'Повторите печать. Если ошибка повторится, обратитесь к администратору АРМ.',
    },
    kk: { text: 'Конверт жасалмады.', action: 'Басып шығаруды қайталаңыз. Қате қайталанса, АЖО әкімшісіне жүгініңіз.' },
    en: {
      text: 'The envelope could not be laid out.',
      action: 'Print again. If it fails again, call the administrator.',
    },
  },
  'mgov.number': {
    ru: {
      text: 'Это не номер сотового телефона Казахстана.',
      action: 'Введите номер с кодом: +7, затем 10 цифр, первая из них 7.',
    },
    kk: {
      text: 'Бұл Қазақстанның ұялы телефон нөмірі емес.',
      action: 'Нөмірді кодымен енгізіңіз: +7, содан кейін 10 цифр, біріншісі 7.',
    },
    en: {
      text: 'This is not a mobile number of Kazakhstan.',
      action: 'Enter the number with its code: +7 and 10 digits, the first of them 7.',
    },
  },
  'mgov.code': {
    ru: {
      text: 'Проверочный код состоит из 6 цифр.',
      action: 'Введите 6 цифр из SMS, которую получил гражданин.',
    },
    kk: {
      text: 'Тексеру коды 6 цифрдан тұрады.',
      action: 'Азамат алған SMS-тегі 6 цифрды енгізіңіз.',
    },
    en: {
      text: 'A code has 6 digits.',
      action: 'Enter the 6 digits of the SMS that the citizen received.',
    },
  },
  'mgov.no-account': {
    ru: {
      text: 'На портале нет учётной записи, к которой подключают номер.',
      action: 'Проверьте регистрацию гражданина ещё раз.',
    },
    kk: {
      text: 'Порталда нөмір қосылатын есептік жазба жоқ.',
      action: 'Азаматтың тіркелуін қайта тексеріңіз.',
    },
    en: {
      text: 'The portal has no account to connect the number with.',
      action: 'Check the citizen’s registration again.',
    },
  },
  'mgov.number-taken': {
    ru: {
      text: 'Этот номер уже подключён к другой учётной записи.',
      action: 'Спросите другой номер или пропустите шаг: конверт будет напечатан.',
    },
    kk: {
      text: 'Бұл нөмір басқа есептік жазбаға қосылған.',
      action: 'Басқа нөмірді сұраңыз немесе қадамды өткізіп жіберіңіз: конверт басып шығарылады.',
    },
    en: {
      text: 'This number is connected with another account.',
      action: 'Ask for another number, or skip the step: the envelope will be printed.',
    },
  },
  'mgov.wrong-code': {
    ru: {
      text: 'Проверочный код не подошёл.',
      action: 'Попросите гражданина прочитать код ещё раз и введите его.',
    },
    kk: {
      text: 'Тексеру коды сәйкес келмеді.',
      action: 'Азаматтан кодты қайта оқуды сұрап, енгізіңіз.',
    },
    en: {
      text: 'The code does not match.',
      action: 'Ask the citizen to read the code again and enter it.',
    },
  },
  'mgov.attempts-exhausted': {
    ru: {
      text: 'Код введён неверно три раза и больше не действует.',
      action: 'Отправьте новый код или пропустите шаг: конверт будет напечатан.',
    },
    kk: {
      text: 'Код үш рет қате енгізілді, ол енді жарамсыз.',
      action: 'Жаңа код жіберіңіз немесе қадамды өткізіп жіберіңіз: конверт басып шығарылады.',
    },
    en: {
      text: 'The code was wrong three times and is no longer good.',
      action: 'Send a new code, or skip the step: the envelope will be printed.',
    },
  },
  'mgov.code-expired': {
    ru: {
      text: 'Срок действия проверочного кода истёк.',
      action: 'Отправьте новый код или пропустите шаг: конверт будет напечатан.',
    },
    kk: {
      text: 'Тексеру кодының мерзімі өтіп кетті.',
      action: 'Жаңа код жіберіңіз немесе қадамды өткізіп жіберіңіз: конверт басып шығарылады.',
    },
    en: {
      text: 'The code has expired.',
      action: 'Send a new code, or skip the step: the envelope will be printed.',
    },
  },
  'mgov.nothing-asked': {
    ru: {
      text: 'Портал не ждёт кода на этот номер.',
      action: 'Отправьте код на номер ещё раз.',
    },
    kk: {
      text: 'Портал бұл нөмірге код күтіп тұрған жоқ.',
      action: 'Нөмірге кодты қайта жіберіңіз.',
    },
    en: {
      text: 'The portal expects no code for this number.',
      action: 'Send a code to the number again.',
    },
  },
  'print.no-printer': {
    ru: {
      text: 'Принтер не выбран или не найден.',
      action:
        'Включите принтер и напечатайте снова: пароль ещё в памяти. Если принтера нет, обратитесь к администратору АРМ.',
    },
    kk: {
      text: 'Принтер таңдалмаған немесе табылмады.',
      action: 'Принтерді қосып, қайта басып шығарыңыз: құпиясөз әлі жадта. Принтер болмаса, АЖО әкімшісіне жүгініңіз.',
    },
    en: {
      text: 'No printer is chosen, or it was not found.',
      action:
        'Switch the printer on and print again: the password is still in memory. Without a printer call the administrator.',
    },
  },
  'print.printer-failed': {
    ru: {
      text: 'Принтер не принял конверт.',
      action: 'Проверьте бумагу, питание и подключение принтера и напечатайте снова: пароль ещё в памяти.',
    },
    kk: {
      text: 'Принтер конвертті қабылдамады.',
      action: 'Принтердің қағазын, қуатын және қосылуын тексеріп, қайта басып шығарыңыз: құпиясөз әлі жадта.',
    },
    en: {
      text: 'The printer did not take the envelope.',
      action: 'Check paper, power and connection of the printer and print again: the password is still in memory.',
    },
  },
  'print.unreachable': {
    ru: {
      text: 'Принтер не отвечает.',
      action:
        'Проверьте, включён ли принтер и есть ли сеть, и повторите. Если не поможет, обратитесь к администратору АРМ.',
    },
    kk: {
      text: 'Принтер жауап бермейді.',
      action: 'Принтердің қосулы екенін және желіні тексеріп, қайталаңыз. Көмектеспесе, АЖО әкімшісіне жүгініңіз.',
    },
    en: {
      text: 'The printer does not answer.',
      action:
        'Check that the printer is on and the network works, then try again. If that does not help, call the administrator.',
    },
  },
  'print.tls-untrusted': {
    ru: {
      text: 'Устройство не подтвердило, что оно настроенный принтер. Ничего не отправлено.',
      action: 'Не повторяйте печать. Сообщите администратору АРМ код ошибки.',
    },
    kk: {
      text: 'Құрылғы бапталған принтер екенін растамады. Ештеңе жіберілмеді.',
      action: 'Басып шығаруды қайталамаңыз. АЖО әкімшісіне қате кодын хабарлаңыз.',
    },
    en: {
      text: 'The device did not prove that it is the configured printer. Nothing was sent.',
      action: 'Do not print again. Give the administrator the failure code.',
    },
  },
  'print.malformed-answer': {
    ru: {
      text: 'Принтер ответил непонятно.',
      action: 'Сообщите администратору АРМ код ошибки: возможно, адрес принтера указан неверно.',
    },
    kk: {
      text: 'Принтердің жауабы түсініксіз.',
      action: 'АЖО әкімшісіне қате кодын хабарлаңыз: принтер мекенжайы қате көрсетілген болуы мүмкін.',
    },
    en: {
      text: 'The printer’s answer makes no sense.',
      action: 'Give the administrator the failure code: the address of the printer may be wrong.',
    },
  },
  'print.not-accepting': {
    ru: {
      text: 'Очередь принтера не принимает задания.',
      action: 'Попросите администратора АРМ включить очередь принтера.',
    },
    kk: { text: 'Принтер кезегі тапсырма қабылдамайды.', action: 'АЖО әкімшісінен принтер кезегін қосуды сұраңыз.' },
    en: {
      text: 'The printer’s queue takes no jobs.',
      action: 'Ask the administrator to enable the queue of the printer.',
    },
  },
  'print.out-of-paper': {
    ru: { text: 'В принтере нет бумаги.', action: 'Положите бумагу в лоток принтера и повторите.' },
    kk: { text: 'Принтерде қағаз жоқ.', action: 'Принтер науасына қағаз салып, қайталаңыз.' },
    en: { text: 'The printer has no paper.', action: 'Put paper into the tray of the printer and try again.' },
  },
  'print.needs-attention': {
    ru: {
      text: 'Принтер остановлен и ждёт вмешательства.',
      action:
        'Посмотрите, что показывает принтер: замятие, крышка, тонер, полный лоток. Устраните причину и повторите.',
    },
    kk: {
      text: 'Принтер тоқтап, адамның көмегін күтіп тұр.',
      action:
        'Принтер не көрсетіп тұрғанын қараңыз: қағаз кептелісі, қақпақ, тонер, толы науа. Себебін жойып, қайталаңыз.',
    },
    en: {
      text: 'The printer has stopped and waits for somebody.',
      action: 'Look at what the printer shows: a jam, a cover, toner, a full tray. Remove the cause and try again.',
    },
  },
  'print.wrong-paper': {
    ru: {
      text: 'В принтере бумага не того размера.',
      action:
        'Положите в лоток бумагу конверта (A4 или A5, как в настройках) и укажите её размер на принтере. Иначе обратитесь к администратору АРМ.',
    },
    kk: {
      text: 'Принтердегі қағаз өлшемі сәйкес емес.',
      action:
        'Науаға конверт қағазын (баптаудағыдай A4 немесе A5) салып, өлшемін принтерде көрсетіңіз. Әйтпесе АЖО әкімшісіне жүгініңіз.',
    },
    en: {
      text: 'The paper in the printer has another size.',
      action:
        'Put the paper of the envelope (A4 or A5, as configured) into the tray and set its size on the printer. Otherwise call the administrator.',
    },
  },
  'print.format-unsupported': {
    ru: {
      text: 'Принтер не понимает ни PDF, ни PWG Raster.',
      action: 'Обратитесь к администратору АРМ: этот принтер подключают через очередь системы.',
    },
    kk: {
      text: 'Принтер PDF-ті де, PWG Raster-ді де түсінбейді.',
      action: 'АЖО әкімшісіне жүгініңіз: бұл принтер жүйе кезегі арқылы қосылады.',
    },
    en: {
      text: 'The printer understands neither PDF nor PWG Raster.',
      action: 'Call the administrator: such a printer is connected through a queue of the system.',
    },
  },
  'print.aborted': {
    ru: {
      text: 'Принтер отклонил задание, не начав печать. Лист не вышел.',
      action: 'Напечатайте снова: пароль ещё в памяти. Если ошибка повторится, обратитесь к администратору АРМ.',
    },
    kk: {
      text: 'Принтер тапсырманы басып шығаруды бастамай қабылдамады. Парақ шықпады.',
      action: 'Қайта басып шығарыңыз: құпиясөз әлі жадта. Қате қайталанса, АЖО әкімшісіне жүгініңіз.',
    },
    en: {
      text: 'The printer gave the job up before printing it. No sheet came out.',
      action: 'Print again: the password is still in memory. If it fails again, call the administrator.',
    },
  },
  'print.cancelled': {
    ru: {
      text: 'Печать отменена, лист не вышел.',
      action: 'Напечатайте снова, когда принтер готов: пароль ещё в памяти.',
    },
    kk: {
      text: 'Басып шығару тоқтатылды, парақ шықпады.',
      action: 'Принтер дайын болғанда қайта басып шығарыңыз: құпиясөз әлі жадта.',
    },
    en: {
      text: 'Printing was cancelled, no sheet came out.',
      action: 'Print again when the printer is ready: the password is still in memory.',
    },
  },
  'print.outcome-unknown': {
    ru: {
      text: 'Результат печати неизвестен: лист мог выйти.',
      action:
        'Посмотрите в лоток принтера. Лист есть — отметьте это. Листа нет — повторная печать с разрешения супервизора.',
    },
    kk: {
      text: 'Басып шығару нәтижесі белгісіз: парақ шыққан болуы мүмкін.',
      action:
        'Принтер науасын қараңыз. Парақ болса, оны белгілеңіз. Болмаса, супервизордың рұқсатымен қайта басып шығарыңыз.',
    },
    en: {
      text: 'The result of printing is unknown: the sheet may have come out.',
      action: 'Look into the tray. If the sheet is there, say so. If not, print again with a supervisor’s approval.',
    },
  },
  'print.reprint-unneeded': {
    ru: { text: 'Повторная печать не нужна: лист ещё не выходил.', action: 'Нажмите «Печать конверта».' },
    kk: {
      text: 'Қайта басып шығарудың қажеті жоқ: парақ әлі шыққан жоқ.',
      action: '«Конвертті басып шығару» батырмасын басыңыз.',
    },
    en: { text: 'No reprint is needed: no sheet has come out yet.', action: 'Press “Print the envelope”.' },
  },
  'print.approval-refused': {
    ru: {
      text: 'Повторная печать не разрешена: логин или пароль супервизора не подошли.',
      action: 'Супервизор вводит свои логин и пароль ещё раз. Проверьте раскладку клавиатуры и Caps Lock.',
    },
    kk: {
      text: 'Қайта басып шығаруға рұқсат берілмеді: супервизордың логині немесе құпиясөзі сәйкес келмеді.',
      action: 'Супервизор өз логині мен құпиясөзін қайта енгізеді. Пернетақта тілі мен Caps Lock пернесін тексеріңіз.',
    },
    en: {
      text: 'The reprint is not approved: the supervisor’s login or password did not match.',
      action: 'The supervisor enters login and password again. Check the keyboard layout and Caps Lock.',
    },
  },
  'print.approval-self': {
    ru: {
      text: 'Разрешить повторную печать самому себе нельзя.',
      action: 'Позовите супервизора: он вводит свои логин и пароль.',
    },
    kk: {
      text: 'Қайта басып шығаруға өзіңізге өзіңіз рұқсат бере алмайсыз.',
      action: 'Супервизорды шақырыңыз: ол өз логині мен құпиясөзін енгізеді.',
    },
    en: { text: 'Nobody approves his own reprint.', action: 'Call a supervisor, who enters login and password.' },
  },
  'print.unencrypted': {
    ru: {
      text: 'Страница идёт к принтеру по сети без шифрования.',
      action: 'Попросите администратора АРМ настроить ipps и сертификат принтера.',
    },
    kk: {
      text: 'Бет принтерге желі арқылы шифрланбай жіберіледі.',
      action: 'АЖО әкімшісінен ipps пен принтер сертификатын баптауды сұраңыз.',
    },
    en: {
      text: 'The page travels to the printer without encryption.',
      action: 'Ask the administrator to configure ipps and the printer’s certificate.',
    },
  },
  'print.unfollowed': {
    ru: {
      text: 'Очередь системы не сообщает, вышел ли лист. На Windows этот способ печати ещё не испытан.',
      action: 'После каждой печати смотрите в лоток. Надёжнее сетевой принтер с IPP: спросите администратора АРМ.',
    },
    kk: {
      text: 'Жүйе кезегі парақтың шыққанын хабарламайды. Windows жүйесінде бұл тәсіл әлі сыналмаған.',
      action: 'Әр басып шығарудан кейін науаны қараңыз. IPP желілік принтері сенімдірек: АЖО әкімшісінен сұраңыз.',
    },
    en: {
      text: 'The system’s queue does not tell whether the sheet came out. On Windows this way is not proven yet.',
      action: 'Look into the tray after each print. A network printer with IPP is safer: ask the administrator.',
    },
  },
  'print.spool-kept': {
    ru: {
      text: 'Система печати хранит файлы напечатанных заданий, конверты тоже.',
      action: 'Попросите администратора АРМ указать PreserveJobFiles No в cupsd.conf и очистить очередь.',
    },
    kk: {
      text: 'Басып шығару жүйесі басылған тапсырмалардың файлдарын, соның ішінде конверттерді сақтайды.',
      action: 'АЖО әкімшісінен cupsd.conf файлында PreserveJobFiles No деп көрсетіп, кезекті тазалауды сұраңыз.',
    },
    en: {
      text: 'The printing system keeps the files of printed jobs, envelopes among them.',
      action: 'Ask the administrator to set PreserveJobFiles No in cupsd.conf and to purge the queue.',
    },
  },
  'print.spool-unreadable': {
    ru: {
      text: 'Хранит ли система печати файлы заданий, узнать не удалось.',
      action: 'Попросите администратора АРМ проверить это: способ описан в документации о печати.',
    },
    kk: {
      text: 'Басып шығару жүйесі тапсырма файлдарын сақтай ма, анықтау мүмкін болмады.',
      action: 'АЖО әкімшісінен мұны тексеруді сұраңыз: тәсілі басып шығару құжаттамасында жазылған.',
    },
    en: {
      text: 'Whether the printing system keeps the files of jobs could not be found out.',
      action: 'Ask the administrator to check it: the documentation of printing says how.',
    },
  },
  'audit.unavailable': {
    ru: { text: 'Журнал недоступен. Без журнала действия не выполняются.', action: STOP_THE_COUNTER.ru },
    kk: { text: 'Журнал қолжетімсіз. Журналсыз әрекеттер орындалмайды.', action: STOP_THE_COUNTER.kk },
    en: { text: 'The journal is not available. Nothing is done without it.', action: STOP_THE_COUNTER.en },
  },
  'audit.write-failed': {
    ru: { text: 'Запись в журнал не сделана, действие остановлено.', action: STOP_THE_COUNTER.ru },
    kk: { text: 'Журналға жазылмады, әрекет тоқтатылды.', action: STOP_THE_COUNTER.kk },
    en: { text: 'The journal could not be written; the action was stopped.', action: STOP_THE_COUNTER.en },
  },
  'audit.broken': {
    ru: {
      text: 'Целостность журнала нарушена.',
      action: 'Не удаляйте и не исправляйте файл журнала. Вызовите администратора АРМ.',
    },
    kk: {
      text: 'Журналдың тұтастығы бұзылған.',
      action: 'Журнал файлын жоймаңыз және түзетпеңіз. АЖО әкімшісін шақырыңыз.',
    },
    en: {
      text: 'The integrity of the journal is broken.',
      action: 'Do not delete or repair the journal file. Call the administrator.',
    },
  },
  'audit.found-broken': {
    ru: {
      text: 'Проверка нашла нарушение журнала. Приём остановлен, запрос не отправлен.',
      action: 'Позовите супервизора: он посмотрит нарушение на странице «Журнал» и решит, продолжать ли приём.',
    },
    kk: {
      text: 'Тексеру журналдың бұзылғанын тапты. Қабылдау тоқтатылды, сұрау жіберілген жоқ.',
      action: 'Супервизорды шақырыңыз: ол бұзылуды «Журнал» бетінде қарап, қабылдауды жалғастыруды шешеді.',
    },
    en: {
      text: 'Verification found the journal broken. The service is stopped; the request was not sent.',
      action:
        'Call a supervisor: on the page “Journal” he sees what was found and decides whether the service goes on.',
    },
  },
  'audit.nothing-to-acknowledge': {
    ru: { text: 'Неподтверждённых нарушений журнала нет.', action: 'Ничего делать не нужно.' },
    kk: { text: 'Журналдың расталмаған бұзылуы жоқ.', action: 'Ештеңе істеудің қажеті жоқ.' },
    en: { text: 'No break of the journal waits for a decision.', action: 'Nothing needs to be done.' },
  },
  'audit.newer-version': {
    ru: {
      text: 'Журнал создан более новой версией АРМ.',
      action: 'Обратитесь к администратору: на этом рабочем месте нужно обновить АРМ.',
    },
    kk: {
      text: 'Журналды АЖО-ның жаңарақ нұсқасы жасаған.',
      action: 'Әкімшіге жүгініңіз: осы жұмыс орнында АЖО-ны жаңарту қажет.',
    },
    en: {
      text: 'The journal was made by a newer version of the workstation.',
      action: 'Call the administrator: this workstation must be updated.',
    },
  },
  'audit.cancelled': {
    ru: { text: 'Остановлено по вашей просьбе.', action: 'Ничего делать не нужно. При необходимости запустите снова.' },
    kk: {
      text: 'Сіздің өтінішіңізбен тоқтатылды.',
      action: 'Ештеңе істеу қажет емес. Керек болса, қайта іске қосыңыз.',
    },
    en: { text: 'Stopped as you asked.', action: 'Nothing needs to be done. Start it again if you need it.' },
  },
  'audit.search-ended': {
    ru: { text: 'Этот поиск уже закрыт.', action: 'Повторите поиск.' },
    kk: { text: 'Бұл іздеу жабылған.', action: 'Іздеуді қайталаңыз.' },
    en: { text: 'This search is closed.', action: 'Search again.' },
  },
  'audit.no-such-row': {
    ru: { text: 'Такой записи в журнале нет.', action: 'Обновите журнал и выберите запись снова.' },
    kk: { text: 'Журналда мұндай жазба жоқ.', action: 'Журналды жаңартып, жазбаны қайта таңдаңыз.' },
    en: { text: 'The journal has no such row.', action: 'Refresh the journal and choose the row again.' },
  },
  'audit.personal-data-gone': {
    ru: {
      text: 'Этих персональных данных в журнале нет: записи без них или срок хранения истёк и ключ уничтожен.',
      action: 'Восстановить их нельзя. Пользуйтесь номером запроса.',
    },
    kk: {
      text: 'Журналда бұл дербес деректер жоқ: жазба оларсыз немесе сақтау мерзімі өтіп, кілті жойылған.',
      action: 'Оларды қалпына келтіру мүмкін емес. Сұрау нөмірін пайдаланыңыз.',
    },
    en: {
      text: 'The journal does not hold these personal data: the row has none, or their time was over and the key was destroyed.',
      action: 'They cannot be restored. Use the request number.',
    },
  },
  'audit.export-failed': {
    ru: {
      text: 'Файл выгрузки не записан.',
      action: 'Проверьте место на диске и права на папку, выберите другую папку и повторите.',
    },
    kk: {
      text: 'Шығару файлы жазылмады.',
      action: 'Дискідегі бос орынды және қалтаға құқықты тексеріңіз, басқа қалтаны таңдап, қайталаңыз.',
    },
    en: {
      text: 'The exported file was not written.',
      action: 'Check the space on the disk and the rights of the folder, choose another folder and try again.',
    },
  },
  'audit.backup-failed': {
    ru: {
      text: 'Резервная копия журнала не сделана.',
      action: 'Работать можно. Сообщите администратору АРМ код ошибки.',
    },
    kk: {
      text: 'Журналдың сақтық көшірмесі жасалмады.',
      action: 'Жұмысты жалғастыруға болады. АЖО әкімшісіне қате кодын хабарлаңыз.',
    },
    en: {
      text: 'The backup of the journal was not made.',
      action: 'Work can go on. Give the administrator the failure code.',
    },
  },
  'vault.closed': {
    ru: { text: 'Рабочее место ещё не открыто.', action: 'Введите кодовую фразу хранилища.' },
    kk: { text: 'Жұмыс орны әлі ашылған жоқ.', action: 'Қойманың құпия сөйлемін енгізіңіз.' },
    en: { text: 'The workstation is not open yet.', action: 'Enter the passphrase of the vault.' },
  },
  'vault.wrong-passphrase': {
    ru: {
      text: 'Хранилище ключей журнала не открыто: неверная парольная фраза.',
      action: 'Обратитесь к администратору АРМ.',
    },
    kk: { text: 'Журнал кілттерінің қоймасы ашылмады: құпия тіркес қате.', action: 'АЖО әкімшісіне жүгініңіз.' },
    en: {
      text: 'The vault of the journal’s keys was not opened: wrong passphrase.',
      action: 'Call the administrator.',
    },
  },
  'vault.unreadable': {
    ru: { text: 'Хранилище ключей журнала не читается.', action: STOP_THE_COUNTER.ru },
    kk: { text: 'Журнал кілттерінің қоймасы оқылмайды.', action: STOP_THE_COUNTER.kk },
    en: { text: 'The vault of the journal’s keys cannot be read.', action: STOP_THE_COUNTER.en },
  },
  ...updateFailureTexts,
}

export function isFailureCode(code: string): code is FailureCode {
  return Object.hasOwn(failureTexts, code)
}

/** @returns undefined for a code that is not of the closed union: whoever shows it must say so, not guess. */
export function failureText(code: string, language: Language): FailureText | undefined {
  return isFailureCode(code) ? failureTexts[code][language] : undefined
}
