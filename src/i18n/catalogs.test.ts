import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LOCALES } from './words.ts';

const catalog = (locale: string) =>
  JSON.parse(readFileSync(new URL(`${locale}.json`, import.meta.url), 'utf8')) as Record<string, string>;
const FORM = /\.(=\d+|zero|one|two|few|many|other)$/;
const EN = catalog('en');
const STEMS = new Set(Object.keys(EN).flatMap((key) => (key.endsWith('.other') ? [key.replace(FORM, '')] : [])));
/** Numbers that reach every plural form of every language: https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html */
const NUMBERS = [...Array.from({ length: 201 }, (_, number) => number), 1_000_000];
/** Words that stand in a place of their own size: navigation, the label of a status, a heading of a table. */
const SHORT =
  /^(history|support|subscribe|reports|maintenance|copy|copy\.done|embed\.dismiss|(component_status|word)\.\w+)$/;

test('every file of words is shipped', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.json'));
  expect(files.map((file) => file.replace('.json', '')).toSorted()).toEqual([...LOCALES].toSorted());
});

const isForm = (key: string) => FORM.test(key) && STEMS.has(key.replace(FORM, ''));
const blanks = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted().join();

describe.each(LOCALES)('the words in %s', (locale) => {
  const words = catalog(locale);

  test('are those of English', () => {
    const own = (texts: object) => Object.keys(texts).filter((key) => !isForm(key));
    expect(own(words)).toEqual(own(EN));
  });

  test('have the plural forms of the language, in its order', () => {
    const rules = new Intl.PluralRules(locale);
    for (const stem of STEMS) {
      const exact = Object.keys(words).filter((key) => key.startsWith(`${stem}.=`));
      const counted = NUMBERS.filter((number) => !exact.includes(`${stem}.=${String(number)}`));
      const needed = new Set(counted.map((number) => rules.select(number)));
      const forms = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;
      const keys = [
        ...exact,
        ...forms.filter((form) => form === 'other' || needed.has(form)).map((form) => `${stem}.${form}`),
      ];
      expect(Object.keys(words).filter((key) => isForm(key) && key.replace(FORM, '') === stem)).toEqual(keys);
      expect(exact).toEqual(Object.keys(EN).filter((key) => key.startsWith(`${stem}.=`)));
    }
  });

  test('keep the blanks of English', () => {
    const changed = Object.entries(words).filter(([key, text]) => !allowedBlanks(key).includes(blanks(text)));
    expect(changed).toEqual([]);
  });

  test('have no text that is empty or begins or ends with a space', () => {
    expect(Object.entries(words).filter(([, text]) => text === '' || text.trim() !== text)).toEqual([]);
  });

  test('never end a line after the hyphen of “e-mail” or “-osoite”', () => {
    expect(Object.entries(words).filter(([, text]) => /(?<![\p{L}\p{M}]{2})-(?=\p{L})/u.test(text))).toEqual([]);
  });

  test('never begin a line with punctuation that has a space before it', () => {
    expect(Object.entries(words).filter(([, text]) => / [:;!?»]|« /.test(text))).toEqual([]);
  });

  test('fit their places', () => {
    expect(Object.entries(words).filter(([key, text]) => SHORT.test(key) && text.length > 30)).toEqual([]);
  });
});

/** What a text may hold, in the order of the alphabet. A form for one number may spell it: "two days" in Arabic. */
function allowedBlanks(key: string): string[] {
  const counted = EN[key.replace(FORM, '.other')] ?? '';
  const spelled = /\.(zero|one|two)$/.test(key) ? counted.replaceAll('{count}', '') : counted;
  return isForm(key) ? [EN[key] ?? counted, counted, spelled].map(blanks) : [blanks(EN[key] ?? '')];
}
