const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  þ: 'th',
  ð: 'd',
  '&': ' and ',
};

/**
 * The text as `[a-z0-9]+(-[a-z0-9]+)*`, cut between words to at most `length` characters. Empty when it holds
 * no Latin letter and no digit.
 */
export function slug(text: string, length: number): string {
  const words = text
    .toLowerCase()
    .replace(/[ßæœøđłþð&]/g, (letter) => LETTERS[letter] ?? '')
    .replace(/['’]/g, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (words.length <= length) return words;
  const cut = words.slice(0, length + 1).lastIndexOf('-');
  return words.slice(0, cut > length / 2 ? cut : length).replace(/-$/, '');
}

/** The name, or with `-2`, `-3` … at its end the first that is not taken. It is taken from then on. */
export function claim(name: string, taken: Set<string>): string {
  let unique = name;
  for (let number = 2; taken.has(unique); number += 1) unique = `${name}-${number}`;
  taken.add(unique);
  return unique;
}

/** The letters and digits of a name alone, by which `my-sql`, `MySQL` and “My SQL” are one. */
export function lettersOf(name: string): string {
  return (
    slug(name, 200).replaceAll('-', '') ||
    name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '')
  );
}
