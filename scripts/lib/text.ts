/** Parses JSON. Undefined if it is invalid. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const RULES = new Intl.PluralRules('en');

/** The form of a word or phrase that fits a number. */
export function plural(count: number, one: string, other = `${one}s`): string {
  return RULES.select(count) === 'one' ? one : other;
}

/** A number with its noun: `1 file`, `2 files`. */
export function counted(count: number, one: string, other?: string): string {
  return `${count} ${plural(count, one, other)}`;
}

/** C0 and C1 controls but tab and newline; U+FEFF; the two noncharacters that XML forbids. */
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\uFEFF\uFFFE\uFFFF]/g;

/** Text with `\n` as its only line end, without control characters and lone surrogates. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(FORBIDDEN, '');
}

/** The same as one line: white space drawn together and trimmed. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

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

/** Only the letters and digits of a name, so that `my-sql`, `MySQL` and “My SQL” are equal. */
export function lettersOf(name: string): string {
  return (
    slug(name, 200).replaceAll('-', '') ||
    name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '')
  );
}
