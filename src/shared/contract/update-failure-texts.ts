import type { Language } from '../domain/language.ts'
import type { UpdateFailureCode } from './update-failure-codes.ts'

/** What an administrator reads of an update that is refused or not installed. */
export const updateFailureTexts: Readonly<
  Record<UpdateFailureCode, Readonly<Record<Language, { readonly text: string; readonly action: string }>>>
> = {
  'update.unavailable': {
    ru: { text: 'Источник обновлений недоступен.', action: 'Проверьте путь или адрес источника и права на чтение.' },
    kk: { text: 'Жаңарту көзі қолжетімсіз.', action: 'Көздің жолын немесе мекенжайын және оқу құқығын тексеріңіз.' },
    en: {
      text: 'The source of updates cannot be reached.',
      action: 'Check its path or address and the right to read it.',
    },
  },
  'update.no-owner-key': {
    ru: {
      text: 'В программе нет ключа владельца: проверить обновление нечем.',
      action: 'Установите пакет, собранный с открытым ключом владельца продукта.',
    },
    kk: {
      text: 'Бағдарламада иесінің кілті жоқ: жаңартуды тексеру мүмкін емес.',
      action: 'Өнім иесінің ашық кілтімен жиналған пакетті орнатыңыз.',
    },
    en: {
      text: 'The program has no key of its owner: an update cannot be judged.',
      action: 'Install a package that was built with the owner’s public key.',
    },
  },
  'update.unsigned': {
    ru: {
      text: 'Описание обновления не подписано.',
      action: 'Не устанавливайте его. Получите обновление у владельца продукта заново.',
    },
    kk: {
      text: 'Жаңарту сипаттамасына қол қойылмаған.',
      action: 'Оны орнатпаңыз. Жаңартуды өнім иесінен қайта алыңыз.',
    },
    en: {
      text: 'The update’s manifest is not signed.',
      action: 'Do not install it. Get the update from the product’s owner again.',
    },
  },
  'update.forged': {
    ru: {
      text: 'Подпись обновления не принадлежит владельцу продукта.',
      action: 'Не устанавливайте его и выясните, кто положил его в источник.',
    },
    kk: {
      text: 'Жаңартудың қолтаңбасы өнім иесінікі емес.',
      action: 'Оны орнатпаңыз және көзге кім салғанын анықтаңыз.',
    },
    en: {
      text: 'The update’s signature is not the product owner’s.',
      action: 'Do not install it, and find out who put it into the source.',
    },
  },
  'update.malformed': {
    ru: {
      text: 'Описание обновления подписано, но не читается.',
      action: 'Сообщите владельцу продукта: описание собрано неверно или для другой версии.',
    },
    kk: {
      text: 'Жаңарту сипаттамасына қол қойылған, бірақ оқылмайды.',
      action: 'Өнім иесіне хабарлаңыз: сипаттама қате не басқа нұсқаға арналған.',
    },
    en: {
      text: 'The update’s manifest is signed and cannot be read.',
      action: 'Tell the product’s owner: it was made wrongly, or for another version.',
    },
  },
  'update.oversize': {
    ru: {
      text: 'Файл обновления больше, чем должен быть.',
      action: 'Не устанавливайте его. Скопируйте обновление в источник заново.',
    },
    kk: {
      text: 'Жаңарту файлы болуы тиіс көлемнен үлкен.',
      action: 'Оны орнатпаңыз. Жаңартуды көзге қайта көшіріңіз.',
    },
    en: {
      text: 'A file of the update is larger than it should be.',
      action: 'Do not install it. Copy the update to the source again.',
    },
  },
  'update.unsafe-name': {
    ru: {
      text: 'Имя файла в описании обновления недопустимо.',
      action: 'Не устанавливайте его и сообщите владельцу продукта.',
    },
    kk: {
      text: 'Жаңарту сипаттамасындағы файл атауына рұқсат жоқ.',
      action: 'Оны орнатпаңыз және өнім иесіне хабарлаңыз.',
    },
    en: {
      text: 'A file name in the update’s manifest is not allowed.',
      action: 'Do not install it, and tell the product’s owner.',
    },
  },
  'update.wrong-channel': {
    ru: {
      text: 'Обновление предназначено для другого канала.',
      action: 'Проверьте источник и канал обновлений в настройках.',
    },
    kk: { text: 'Жаңарту басқа арнаға арналған.', action: 'Көзді және баптаулардағы жаңарту арнасын тексеріңіз.' },
    en: { text: 'The update is for another channel.', action: 'Check the source and the channel in the settings.' },
  },
  'update.replayed': {
    ru: {
      text: 'Журнал уже видел более новый выпуск: это старое обновление.',
      action: 'Не устанавливайте его и выясните, почему в источнике старый выпуск.',
    },
    kk: {
      text: 'Журнал жаңарақ шығарылымды көрген: бұл ескі жаңарту.',
      action: 'Оны орнатпаңыз және көзде неге ескі шығарылым тұрғанын анықтаңыз.',
    },
    en: {
      text: 'The log has seen a newer release: this is an old update.',
      action: 'Do not install it, and find out why the source has an old release.',
    },
  },
  'update.downgrade': {
    ru: {
      text: 'Обновление старше установленной версии.',
      action: 'Назад версия не ставится: получите исправленный новый выпуск.',
    },
    kk: {
      text: 'Жаңарту орнатылған нұсқадан ескі.',
      action: 'Ескі нұсқаға қайтуға болмайды: түзетілген жаңа шығарылымды алыңыз.',
    },
    en: {
      text: 'The update is older than the installed version.',
      action: 'Versions do not go back: get a mended, newer release.',
    },
  },
  'update.from-future': {
    ru: {
      text: 'Обновление создано позже, чем показывают часы этой машины.',
      action: 'Настройте синхронизацию времени и повторите.',
    },
    kk: {
      text: 'Жаңарту осы машинаның сағаты көрсеткен уақыттан кейін жасалған.',
      action: 'Уақытты синхрондауды баптап, қайталаңыз.',
    },
    en: {
      text: 'The update was made later than this machine’s clock shows.',
      action: 'Set up the time synchronisation and try again.',
    },
  },
  'update.expired': {
    ru: {
      text: 'Срок описания обновления истёк.',
      action: 'Получите у владельца продукта свежее описание: старое могли подложить.',
    },
    kk: {
      text: 'Жаңарту сипаттамасының мерзімі өтті.',
      action: 'Өнім иесінен жаңа сипаттама алыңыз: ескісін біреу салған болуы мүмкін.',
    },
    en: {
      text: 'The update’s manifest has expired.',
      action: 'Get a fresh one from the product’s owner: an old one may have been planted.',
    },
  },
  'update.wrong-platform': {
    ru: {
      text: 'В обновлении нет установщика для этой системы.',
      action: 'Проверьте, что источник для этой операционной системы.',
    },
    kk: {
      text: 'Жаңартуда осы жүйеге арналған орнатқыш жоқ.',
      action: 'Көздің осы операциялық жүйеге арналғанын тексеріңіз.',
    },
    en: {
      text: 'The update has no installer for this system.',
      action: 'Check that the source is for this operating system.',
    },
  },
  'update.truncated': {
    ru: {
      text: 'Файл обновления скопирован не до конца.',
      action: 'Скопируйте обновление в источник заново и повторите.',
    },
    kk: { text: 'Жаңарту файлы толық көшірілмеген.', action: 'Жаңартуды көзге қайта көшіріп, қайталаңыз.' },
    en: { text: 'A file of the update is not complete.', action: 'Copy the update to the source again and retry.' },
  },
  'update.altered': {
    ru: {
      text: 'Файл обновления изменён: его отпечаток не тот, что подписан.',
      action: 'Не устанавливайте его и выясните, кто его изменил.',
    },
    kk: {
      text: 'Жаңарту файлы өзгертілген: оның бедері қол қойылғанға сай емес.',
      action: 'Оны орнатпаңыз және кім өзгерткенін анықтаңыз.',
    },
    en: {
      text: 'A file of the update was changed: its hash is not the signed one.',
      action: 'Do not install it, and find out who changed it.',
    },
  },
  'update.staging-open': {
    ru: {
      text: 'В папку установщиков может писать не только администратор.',
      action: 'Закройте папку, названную в скобках: владелец администратор, другим запись запрещена.',
    },
    kk: {
      text: 'Орнатқыштар қалтасына тек әкімші ғана емес, басқалар да жаза алады.',
      action: 'Жақшада аталған қалтаны жабыңыз: иесі әкімші, басқаларға жазуға тыйым.',
    },
    en: {
      text: 'Others than the administrator may write to the folder of installers.',
      action: 'Close the folder named in brackets: owned by the administrator, no writing for others.',
    },
  },
  'update.staging-failed': {
    ru: {
      text: 'Установщик не удалось записать в папку администратора.',
      action: 'Запустите команду от имени администратора и проверьте место на диске.',
    },
    kk: {
      text: 'Орнатқышты әкімші қалтасына жазу мүмкін болмады.',
      action: 'Команданы әкімші атынан іске қосып, дискідегі орынды тексеріңіз.',
    },
    en: {
      text: 'The installer could not be written to the administrator’s folder.',
      action: 'Run the command as an administrator, and check the space on the disk.',
    },
  },
  'update.nothing-staged': {
    ru: { text: 'Устанавливать нечего: обновление ещё не скопировано.', action: 'Сначала выполните arm update fetch.' },
    kk: {
      text: 'Орнататын ештеңе жоқ: жаңарту әлі көшірілмеген.',
      action: 'Алдымен arm update fetch командасын орындаңыз.',
    },
    en: { text: 'There is nothing to install: no update was fetched yet.', action: 'Run arm update fetch first.' },
  },
  'update.not-installable': {
    ru: {
      text: 'Установщик этого вида здесь не запускается.',
      action: 'Проверьте вид файла в скобках и права администратора, установите его вручную.',
    },
    kk: {
      text: 'Мұндай орнатқыш бұл жерде іске қосылмайды.',
      action: 'Жақшадағы файл түрін және әкімші құқығын тексеріп, қолмен орнатыңыз.',
    },
    en: {
      text: 'An installer of this kind cannot be started here.',
      action: 'Check the kind in brackets and the administrator’s rights, or install it by hand.',
    },
  },
  'update.install-failed': {
    ru: {
      text: 'Установщик закончился с ошибкой.',
      action: 'Закройте программу и повторите; код установщика указан в скобках.',
    },
    kk: { text: 'Орнатқыш қатемен аяқталды.', action: 'Бағдарламаны жауып, қайталаңыз; орнатқыш коды жақшада.' },
    en: {
      text: 'The installer ended with an error.',
      action: 'Close the program and try again; the installer’s code is in brackets.',
    },
  },
  'update.not-configured': {
    ru: {
      text: 'Источник обновлений не указан в настройках.',
      action: 'Укажите updates.source или назовите источник: --from.',
    },
    kk: {
      text: 'Жаңарту көзі баптауларда көрсетілмеген.',
      action: 'updates.source өрісін немесе --from арқылы көзді көрсетіңіз.',
    },
    en: { text: 'The settings name no source of updates.', action: 'Set updates.source, or name a source: --from.' },
  },
}
