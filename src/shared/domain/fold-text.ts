/** Letters that an operator types one for another: Kazakh letters by the Russian key beside them, ё by е. */
const FOLDED: Readonly<Record<string, string>> = {
  ё: 'е',
  ә: 'а',
  і: 'и',
  ң: 'н',
  ғ: 'г',
  ү: 'у',
  ұ: 'у',
  қ: 'к',
  ө: 'о',
  һ: 'х',
}

/**
 * The form in which free text is stored for search and compared with what a reviewer types: compatibility forms and
 * case removed, Kazakh letters and ё taken for their Russian neighbours. Idempotent.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ёәіңғүұқөһ]/gu, (letter) => FOLDED[letter] ?? letter)
}
