import type { Catalog, Catalogs } from '../../core/catalogs.ts';
import { canonicalTag, formOf, isLanguageKnown, pluralForms, shippedFor } from '../../core/catalogs.ts';
import { line } from '../../core/schema/fields.ts';
import type { SourceFile } from '../files.ts';
import { hasText, isWords } from '../files.ts';
import { checkText } from '../markdown/source.ts';
import type { Report } from '../rules.ts';
import { FIRST, guarded, nearest } from '../rules.ts';
import type { JsonEntry } from './json.ts';
import { readJsonObject } from './json.ts';

/** Of more unknown keys than that, finding what each was meant to be would take too long. */
const MOST_GUESSES = 100;

const NAME = /^i18n\/([^/]+)\.json$/;

/** The languages that the owner has words for, whether or not they can be read. */
function ownLocales(files: readonly Pick<SourceFile, 'path'>[]): string[] {
  return files.flatMap(({ path }) => {
    const tag = NAME.exec(path)?.[1] ?? '';
    return isLanguageKnown(tag) ? [tag] : [];
  });
}

/** The languages that there are words for: those that are shipped, and the owner's. */
export function knownLocales(files: readonly Pick<SourceFile, 'path'>[], catalogs: Catalogs): string[] {
  return [...new Set([...catalogs.keys(), ...ownLocales(files)])];
}

/**
 * Reads the owner's words of every language.
 * @param locales the languages of the page; nothing where they cannot be read
 */
export function readWords(
  files: readonly SourceFile[],
  locales: readonly string[] | undefined,
  catalogs: Catalogs,
  reportIn: (file: string) => Report,
): Map<string, Catalog> {
  const words = new Map<string, Catalog>();
  for (const file of files.filter(({ path }) => isWords(path))) {
    const report = reportIn(file.path);
    const [locale] = ownLocales([file]);
    if (locale === undefined) {
      reportName(file.path, report);
      continue;
    }
    words.set(locale, {});
    if (!hasText(file, report)) continue;
    const catalog = guarded(report, () => readCatalog(file.text, locale, catalogs, report)) ?? {};
    words.set(locale, catalog);
    if (locales?.includes(locale)) reportMissing(catalog, locale, catalogs, report);
    else if (locales) reportUnused(locale, locales, report);
  }
  return words;
}

/** The texts of a file that are right. Reports the others. */
function readCatalog(text: string, locale: string, catalogs: Catalogs, report: Report): Catalog | undefined {
  if (!checkText(text, report)) return undefined;
  const entries = readJsonObject(text, report);
  if (!entries) return undefined;
  const language = languageOf(locale, entries, catalogs);
  const own = new Map<string, string>();
  for (const entry of entries) {
    // Tells editors which schema to complete the file with.
    if (entry.key === '$schema') continue;
    if (own.has(entry.key)) report('unknown-key', entry.keyAt, 'This key is here twice. Delete one.');
    else if (isRight(entry, language, report) && entry.text !== undefined) own.set(entry.key, entry.text);
  }
  if (!language.shipped) {
    for (const stem of reportForms(entries, language, report))
      for (const key of own.keys()) if (formOf(key, language.english)?.stem === stem) own.delete(key);
  }
  return Object.fromEntries(own);
}

interface Language {
  locale: string;
  english: Catalog;
  /** The words that the file changes; nothing for a language of the owner's own. */
  shipped: Catalog | undefined;
  keys: ReadonlySet<string>;
  /** How many more unknown keys are compared with those that there are. */
  guesses: number;
}

function languageOf(locale: string, entries: readonly JsonEntry[], catalogs: Catalogs): Language {
  const english = catalogs.get('en') ?? {};
  const shipped = shippedFor(locale, catalogs);
  if (shipped) return { locale, english, shipped, keys: new Set(Object.keys(shipped)), guesses: MOST_GUESSES };
  const exact = entries.map(({ key }) => key).filter((key) => formOf(key, english)?.form.startsWith('='));
  return { locale, english, shipped, keys: new Set(keysOf(locale, exact, english)), guesses: MOST_GUESSES };
}

/** The keys that a language needs which is not shipped. @param exact keys of texts for one number */
function keysOf(locale: string, exact: readonly string[], english: Catalog): string[] {
  return Object.keys(english).flatMap((key) => {
    const { stem, form } = formOf(key, english) ?? {};
    if (stem === undefined) return [key];
    if (form !== 'other') return exact.includes(key) ? [key] : [];
    return [...formsOf(locale, stem, exact).keys(), 'other'].filter(isFirst).map((one) => `${stem}.${one}`);
  });
}

const isFirst = <T>(one: T, index: number, all: readonly T[]): boolean => all.indexOf(one) === index;

function formsOf(locale: string, stem: string, keys: readonly string[]) {
  const exact = keys.flatMap((key) => (key.startsWith(`${stem}.=`) ? [Number(key.slice(stem.length + 2))] : []));
  return pluralForms(locale, exact);
}

/** Whether a key and its text can stand on the page; reports why not. */
function isRight({ key, text, keyAt, valueAt, renamed }: JsonEntry, language: Language, report: Report): boolean {
  const { english, keys, locale } = language;
  if (!keys.has(key)) {
    const plural = formOf(key, english);
    const forms = [...keys].filter((one) => plural && formOf(one, english)?.stem === plural.stem);
    if (plural) {
      const reason = `“${plural.form}” is not a plural form of this text in “${locale}”. Use ${new Intl.ListFormat('en', { type: 'disjunction' }).format(forms)}.`;
      report('words-plural', keyAt, reason);
    } else {
      const meant = language.guesses-- > 0 ? nearest(key, keys) : undefined;
      report(
        'unknown-key',
        keyAt,
        `“${key}” is not a text of the page.${meant ? ` Did you mean “${meant}”?` : ' All keys are in src/i18n/en.json.'}`,
        meant && renamed(meant),
      );
    }
    return false;
  }
  if (text === undefined) {
    report('wrong-kind', valueAt, `“${key}” must be a text in double quotes.`);
    return false;
  }
  const issue = line.safeParse(text).error?.issues[0];
  if (issue || text.trim() !== text) {
    const what = issue?.message ?? 'text that neither starts nor ends with a space';
    report('bad-value', valueAt, `“${key}” must be ${what}.`);
    return false;
  }
  return hasBlanks(key, text, valueAt, language, report);
}

const blanksIn = (text: string): Set<string> => new Set(Array.from(text.matchAll(/\{\w+\}/g), ([blank]) => blank));

/** Whether a text has the blanks of the English one. A form for one number may spell it: “two days”. */
function hasBlanks(
  key: string,
  text: string,
  at: JsonEntry['valueAt'],
  { locale, english }: Language,
  report: Report,
): boolean {
  const { stem, form = '' } = formOf(key, english) ?? {};
  const source = english[key] ?? english[`${stem}.other`] ?? '';
  const [wanted, found] = [blanksIn(source), blanksIn(text)];
  if (stem !== undefined) wanted.add('{count}');
  const isOneNumber = form.startsWith('=') || (stem !== undefined && pluralForms(locale).get(form)?.length === 1);
  const unknown = [...found].filter((blank) => !wanted.has(blank));
  const missing = [...wanted].filter(
    (blank) => !found.has(blank) && !(blank === '{count}' && (isOneNumber || !source.includes(blank))),
  );
  const known = wanted.size > 0 ? `It can have ${[...wanted].join(', ')}.` : 'It has none.';
  if (unknown[0] !== undefined) report('words-blank', at, `Nothing fills ${unknown[0]} in this text. ${known}`);
  else if (missing.length > 0) {
    const reason = `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing in this text. In English, it is “${source}”.`;
    report('words-blank', at, reason);
  }
  return unknown.length + missing.length === 0;
}

/** Reports plural forms that a language of the owner's own needs beside those that are there; returns what they are forms of. */
function reportForms(entries: readonly JsonEntry[], { locale, english }: Language, report: Report): string[] {
  const incomplete: string[] = [];
  const keys = entries.map(({ key }) => key);
  const counted = entries.filter(({ key }) => formOf(key, english));
  for (const [stem, forms] of Map.groupBy(counted, ({ key }) => formOf(key, english)?.stem ?? '')) {
    const needed = [...formsOf(locale, stem, keys)];
    const missing = needed.filter(([form]) => !keys.includes(`${stem}.${form}`));
    if (missing.length === 0 || !forms[0]) continue;
    const named = missing.map(([form, numbers]) => `“${form}” (${numbers.slice(0, 3).join(', ')}, …)`);
    const reason = `“${locale}” has other forms for some numbers, and this text lacks ${new Intl.ListFormat('en').format(named)}.`;
    const example = missing.map(([form]) => `"${stem}.${form}": "…"`).join(',\n');
    report('words-plural', forms[0].keyAt, reason, { example });
    incomplete.push(stem);
  }
  return incomplete;
}

function reportMissing(own: Catalog, locale: string, catalogs: Catalogs, report: Report): void {
  if (shippedFor(locale, catalogs)) return;
  const english = catalogs.get('en') ?? {};
  const keys = keysOf(
    locale,
    Object.keys(own).filter((key) => formOf(key, english)?.form.startsWith('=')),
    english,
  );
  // The name of a language in itself is known.
  const missing = keys.filter((key) => !(key in own) && key !== 'language');
  if (missing.length === 0) return;
  const reason = `${missing.length} of ${keys.length} texts are missing, so the page shows them in English: ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ', …' : ''}.`;
  report('words-missing', FIRST, reason);
}

function reportUnused(locale: string, locales: readonly string[], report: Report): void {
  const reason = `“${locale}” is not a language of the page, so these words have no effect. Add it to “locales” in site.yml, or delete this file.`;
  report('words-unused', FIRST, reason, { example: `locales: [${[...locales, locale].join(', ')}]` });
}

function reportName(path: string, report: Report): void {
  const isJson = path.endsWith('.json');
  const meant = isJson ? canonicalTag(path.slice('i18n/'.length, -'.json'.length)) : undefined;
  const suggestion =
    meant !== undefined && isLanguageKnown(meant) ? { text: `i18n/${meant}.json`, edit: 'rename' as const } : undefined;
  const reason = `Files in this folder are ${isJson ? 'named after a language' : 'JSON, named after a language'}, such as i18n/de.json or i18n/pt-BR.json.`;
  report('file-name', FIRST, reason, suggestion);
}
