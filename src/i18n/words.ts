import en from './en.json' with { type: 'json' };

/** Every text on the page by its key; `x.one`, `x.other` and the like are the plural forms of `x`. */
export type Messages = typeof en;
type MessageKey = keyof Messages;
type PluralStem<Key> = Key extends `${infer Stem}.other` ? Stem : never;

/** The direction in which a language is written. */
export type Direction = 'ltr' | 'rtl';

/** The words of one language. */
export interface Words {
  /** A BCP 47 tag. */
  locale: string;
  direction: Direction;
  /** The text of a key with its `{blanks}` filled. */
  say: (key: MessageKey, blanks?: Readonly<Record<string, string>>) => string;
  /** The text of a key in pieces, with anything in its blanks: a time, a link. */
  parts: <T>(key: MessageKey, blanks: Readonly<Record<string, T>>) => (string | T)[];
  /** The form of a text that fits a number, which fills its `{count}`. */
  count: (stem: PluralStem<MessageKey>, count: number, blanks?: Readonly<Record<string, string>>) => string;
}

const MESSAGES: Readonly<Record<string, Messages>> = { en };

/** The languages that are shipped: one JSON file each in this folder. */
export const LOCALES: readonly string[] = Object.keys(MESSAGES);

/**
 * The words of a language.
 * @throws {RangeError} when no such language is shipped; the reader reports that before anybody asks
 */
export function wordsFor(locale: string): Words {
  const messages = MESSAGES[locale];
  if (!messages) throw new RangeError(`There is no translation for “${locale}”. Add src/i18n/${locale}.json.`);
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return {
    locale,
    direction: new Intl.Locale(locale).getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr',
    say: (key, blanks = {}) => fill(messages[key], blanks),
    parts: (key, blanks) =>
      messages[key]
        .split(/\{(\w+)\}/)
        .map((piece, index) => (index % 2 === 1 ? (blanks[piece] ?? `{${piece}}`) : piece))
        .filter((piece) => piece !== ''),
    count(stem, count, blanks = {}) {
      const key = `${stem}.${plurals.select(count)}` as MessageKey;
      const text = messages[key] ?? messages[`${stem}.other`];
      return fill(text, { ...blanks, count: numbers.format(count) });
    },
  };
}

function fill(text: string, blanks: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (blank, name: string) => blanks[name] ?? blank);
}
