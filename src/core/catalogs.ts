/** Texts of the page by key. Some have plural forms: `x.one`, `x.other`, and `x.=1` for exactly 1. */
export type Catalog = Readonly<Record<string, string>>;

/** The texts that come with Candor, by language. English is complete. */
export type Catalogs = Pick<ReadonlyMap<string, Catalog>, 'get' | 'has' | 'keys'>;

const FORM = /\.(=\d+|zero|one|two|few|many|other)$/;
const SUBTAGS = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/;

/** Whether a text is a language tag: `de`, `pt-BR`, `sr-Latn`. */
export function isLanguageTag(tag: string): boolean {
  return SUBTAGS.test(tag) && canonicalTag(tag) === tag;
}

/** Whether this JavaScript engine knows the plurals, dates and numbers of a language. */
export function isLanguageKnown(tag: string): boolean {
  return isLanguageTag(tag) && Intl.PluralRules.supportedLocalesOf(tag).length > 0;
}

/** Corrects a language tag: `pt_br` becomes `pt-BR`. */
export function canonicalTag(written: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(written.trim().replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}

/** The texts that Candor has for a language. `de-AT` gets those of `de`. */
export function shippedFor(locale: string, catalogs: Catalogs): Catalog | undefined {
  return catalogs.get(locale) ?? catalogs.get(locale.split('-')[0] ?? '');
}

/**
 * The texts of a language, with the owner's replacements. In a language that does not come with Candor, missing texts are
 * in English.
 */
export function withOwn(locale: string, own: Catalog, catalogs: Catalogs): Catalog {
  const shipped = shippedFor(locale, catalogs);
  const named = catalogs.has(locale) ? {} : { language: ownName(locale) };
  if (shipped) return { ...shipped, ...named, ...own };
  const english = catalogs.get('en') ?? {};
  const stems = new Set(Object.keys(own).map((key) => formOf(key, english)?.stem));
  // Plural forms of two languages must not be mixed.
  const rest = Object.entries(english).filter(([key]) => {
    const stem = formOf(key, english)?.stem;
    return stem === undefined || !stems.has(stem);
  });
  return { ...Object.fromEntries(rest), ...named, ...own };
}

/** The name of a language in that language: `Gaeilge`, `Deutsch (Österreich)`. */
function ownName(locale: string): string {
  const name = new Intl.DisplayNames(locale, { type: 'language', languageDisplay: 'standard' }).of(locale) ?? locale;
  return name.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase(locale));
}

/** Splits the key of a plural form: `time.days.one` into `time.days` and `one`. */
export function formOf(key: string, catalog: Catalog): { stem: string; form: string } | undefined {
  const form = FORM.exec(key)?.[1];
  if (form === undefined || !(key.replace(FORM, '.other') in catalog)) return undefined;
  return { stem: key.replace(FORM, ''), form };
}

/** Numbers that reach every plural form of every language: https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html */
const NUMBERS = [...Array.from({ length: 201 }, (_, number) => number), 1_000_000];

/** The plural forms of a language, with example numbers. */
export function pluralForms(locale: string, except: readonly number[] = []): ReadonlyMap<string, readonly number[]> {
  const rules = new Intl.PluralRules(locale);
  const counted = NUMBERS.filter((number) => !except.includes(number));
  return Map.groupBy(counted, (number) => rules.select(number));
}
