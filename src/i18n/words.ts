import { createRequire } from 'node:module';
import type { Catalog, Catalogs } from '../core/catalogs.ts';
import { withOwn } from '../core/catalogs.ts';
import type { Content } from '../core/model.ts';
import { formatTag } from './dates.ts';
import type en from './en.json';

type EnglishKey = keyof typeof en;
type PluralStem = EnglishKey extends infer Key ? (Key extends `${infer Stem}.other` ? Stem : never) : never;
/** The form of `x` that `count` takes for a number is `x.=1` for that number alone, else `x.few` and the like, else `x.other`. */
type PluralForm = `=${number}` | Intl.LDMLPluralRule;
type MessageKey = Exclude<EnglishKey, `${PluralStem}.${PluralForm}`>;

/** Every text of the page by its key. Which plural forms there are beside `x.other` depends on the language. */
export type Messages = Readonly<Record<MessageKey | `${PluralStem}.other`, string>> & {
  readonly [Form in `${PluralStem}.${PluralForm}`]?: string;
};

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
  count: (stem: PluralStem, count: number, blanks?: Readonly<Record<string, string>>) => string;
  /** The same in pieces, with anything in its other blanks. */
  countParts: <T>(stem: PluralStem, count: number, blanks: Readonly<Record<string, T>>) => (string | T)[];
  /** Names in a row: `Checkout, Website, Support`. */
  list: (names: readonly string[]) => string;
  /** The same in pieces, with anything in place of the names: links. */
  listParts: <T extends { text: string }>(items: readonly T[]) => (string | T)[];
  /** Statements in a row that may hold commas themselves: `Median 4m, mean 5m; 1 still open`. Empty ones are left out. */
  clauses: (statements: readonly string[]) => string;
}

/** The languages that are shipped: one JSON file each in this folder. */
export const LOCALES: readonly string[] = [
  'ar',
  'cs',
  'da',
  'de',
  'en',
  'es',
  'fa',
  'fi',
  'fr',
  'he',
  'hi',
  'id',
  'it',
  'ja',
  'ko',
  'nb',
  'nl',
  'pl',
  'pt-BR',
  'ru',
  'sv',
  'tr',
  'uk',
  'vi',
  'zh-CN',
  'zh-TW',
];

// A bundle has no files beside it, so that it brings all languages; elsewhere, a language is read when it is asked for.
const bundled = import.meta.env && import.meta.glob<Catalog>('./*.json', { eager: true, import: 'default' });
const requireJson = createRequire(import.meta.url);

/** The words that are shipped, by language. */
export const CATALOGS: Catalogs = {
  keys: () => LOCALES.values(),
  has: (locale) => LOCALES.includes(locale),
  get: (locale) => {
    if (!LOCALES.includes(locale)) return undefined;
    const file = `./${locale}.json`;
    return bundled ? bundled[file] : (requireJson(file) as Catalog);
  },
};

/** The words of a page in its language, with the owner's among them. */
export function wordsOf({ site, words }: Pick<Content, 'site' | 'words'>): Words {
  return wordsFor(site.locale, words.get(site.locale));
}

/**
 * The words of a language.
 * @param own texts of the owner, in place of those that are shipped
 * @throws {RangeError} when the language is neither shipped nor the owner's; the reader reports that before anybody asks
 */
export function wordsFor(locale: string, own?: Catalog): Words {
  if (!own && !LOCALES.includes(locale))
    throw new RangeError(`There is no translation for “${locale}”. Add content/i18n/${locale}.json.`);
  const messages = withOwn(locale, own ?? {}, CATALOGS) as Messages;
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(formatTag(locale));
  const lists = new Intl.ListFormat(formatTag(locale), { style: 'narrow' });
  const direction = directionOf(locale);
  const fill = (text: string, blanks: Readonly<Record<string, string>>) =>
    text.replace(BLANK_AFTER_MAQAF, (blank, maqaf: string, name: string) => {
      const value = blanks[name];
      if (value === undefined) return blank;
      return `${HEBREW.test(value) ? '' : maqaf}${isolated(value, direction)}`;
    });
  /** By how they begin, which what joins them may depend on: "y" and "e" in Spanish, "ו" and "ו־" in Hebrew. */
  const joined = (names: readonly string[]) =>
    lists
      .formatToParts(names)
      .map(({ type, value }) => ({ type, value: type === 'literal' ? value.replace('ו-', 'ו־') : value }));
  const pieces = <T>(text: string, blanks: Readonly<Record<string, T>>) =>
    text
      .split(BLANK)
      .map((piece, index) => (index % 2 === 1 ? (blanks[piece] ?? `{${piece}}`) : piece))
      .filter((piece) => piece !== '');
  const pluralForm = (stem: PluralStem, count: number) =>
    messages[`${stem}.=${count}`] ?? messages[`${stem}.${plurals.select(count)}`] ?? messages[`${stem}.other`];
  return {
    locale,
    direction,
    say: (key, blanks = {}) => fill(messages[key], blanks),
    parts: (key, blanks) => pieces(messages[key], blanks),
    count: (stem, count, blanks = {}) => fill(pluralForm(stem, count), { ...blanks, count: numbers.format(count) }),
    countParts: <T>(stem: PluralStem, count: number, blanks: Readonly<Record<string, T>>) =>
      pieces<string | T>(pluralForm(stem, count), { ...blanks, count: numbers.format(count) }),
    list(names) {
      // Faster than in parts, which only isolated names need
      if (direction === 'ltr') return lists.format(names.map((name) => isolated(name, direction)));
      return joined(names)
        .map(({ type, value }) => (type === 'element' ? isolated(value, direction) : value))
        .join('');
    },
    listParts(items) {
      const left = [...items];
      return joined(items.map(({ text }) => text)).map(({ type, value }) =>
        type === 'element' ? (left.shift() ?? value) : value,
      );
    },
    clauses: (statements) =>
      statements
        .filter(Boolean)
        .reduceRight((rest, first) => (rest === '' ? first : fill(messages.clauses, { first, rest })), ''),
  };
}

/** The direction of a language, a BCP 47 tag. */
export function directionOf(locale: string): Direction {
  return new Intl.Locale(locale).getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr';
}

const BLANK = /\{(\w+)\}/g;
/** Hebrew joins a preposition to a Hebrew word, and puts a maqaf before numbers and Latin letters. */
const BLANK_AFTER_MAQAF = /(־?)\{(\w+)\}/g;
const HEBREW = /^\p{Script=Hebrew}/u;
const LETTERS = { rtl: /[\p{Script=Arabic}\p{Script=Hebrew}]/u, ltr: /[^\P{L}\p{Script=Arabic}\p{Script=Hebrew}]/u };

/** A text that has letters of the other direction, so that it does not move the words around it: https://www.w3.org/TR/i18n-html-tech-bidi/#unicode-controls */
export function isolated(text: string, direction: Direction): string {
  return LETTERS[direction === 'rtl' ? 'ltr' : 'rtl'].test(text) ? `\u2068${text}\u2069` : text;
}
