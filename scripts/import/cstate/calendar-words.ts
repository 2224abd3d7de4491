/** Languages whose names of months and weekdays are read. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl'] as const;

const MONTHS: readonly ReadonlySet<string>[] = Array.from(
  { length: 12 },
  (_, month) => new Set(LANGUAGES.map((language) => nameOf(language, { month: 'long' }, Date.UTC(2024, month, 15)))),
);

/** The names of the weekdays as alternatives of a regular expression; short forms are any beginning of three letters. */
export const WEEKDAYS = [
  ...new Set(
    LANGUAGES.flatMap((language) =>
      Array.from({ length: 7 }, (_, day) => nameOf(language, { weekday: 'long' }, Date.UTC(2024, 0, 1 + day))),
    ),
  ),
]
  .map((name) => name.slice(0, 3))
  .join('|');

/**
 * The month that a word names, from 1: a whole name or its first three letters or more, in one of the languages.
 * Nothing for a word that names none, or several.
 */
export function monthNamed(word: string): number | undefined {
  const letters = bare(word);
  if (letters.length < 3) return undefined;
  const found = MONTHS.flatMap((names, index) =>
    [...names].some((name) => name.startsWith(letters) || (letters === 'sept' && index === 8)) ? [index + 1] : [],
  );
  return found.length === 1 ? found[0] : undefined;
}

function nameOf(language: string, options: Intl.DateTimeFormatOptions, at: number): string {
  return bare(new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(at));
}

function bare(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}]/gu, '');
}
