/** Texts of the page by their keys. Of some there are forms for numbers: `x.one`, `x.other`, and `x.=1` for 1 alone. */
export type Catalog = Readonly<Record<string, string>>;

/** The texts that are shipped, by language. English has them all. */
export type Catalogs = Pick<ReadonlyMap<string, Catalog>, 'get' | 'has' | 'keys'>;

const FORM = /\.(=\d+|zero|one|two|few|many|other)$/;
const SUBTAGS = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/;

/** Whether a text is the tag of a language, with its script or region if need be: `de`, `pt-BR`, `sr-Latn`. */
export function isLanguageTag(tag: string): boolean {
  return SUBTAGS.test(tag) && canonicalTag(tag) === tag;
}

/** Whether the plurals, dates and numbers of a language are known. */
export function isLanguageKnown(tag: string): boolean {
  return isLanguageTag(tag) && Intl.PluralRules.supportedLocalesOf(tag).length > 0;
}

/** The tag that was meant by one in another form: `pt_br` means `pt-BR`. */
export function canonicalTag(written: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(written.trim().replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}

/** The shipped texts that a language has unless the owner brings others: those of `de` for `de-AT` too. */
export function shippedFor(locale: string, catalogs: Catalogs): Catalog | undefined {
  return catalogs.get(locale) ?? catalogs.get(locale.split('-')[0] ?? '');
}

/**
 * The texts of a language with the owner's in place of those that are shipped. What a language that is not shipped
 * lacks is in English.
 */
export function withOwn(locale: string, own: Catalog, catalogs: Catalogs): Catalog {
  const shipped = shippedFor(locale, catalogs);
  const named = catalogs.has(locale) ? {} : { language: ownName(locale) };
  if (shipped) return { ...shipped, ...named, ...own };
  const english = catalogs.get('en') ?? {};
  const stems = new Set(Object.keys(own).map((key) => formOf(key, english)?.stem));
  // Forms of two languages do not fit beside each other.
  const rest = Object.entries(english).filter(([key]) => {
    const stem = formOf(key, english)?.stem;
    return stem === undefined || !stems.has(stem);
  });
  return { ...Object.fromEntries(rest), ...named, ...own };
}

/** What a language is called in itself: `Gaeilge`, `Deutsch (Österreich)`. */
function ownName(locale: string): string {
  const name = new Intl.DisplayNames(locale, { type: 'language', languageDisplay: 'standard' }).of(locale) ?? locale;
  return name.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase(locale));
}

/** What a key of a catalog is a form of, and the form: `time.days` and `one`. */
export function formOf(key: string, catalog: Catalog): { stem: string; form: string } | undefined {
  const form = FORM.exec(key)?.[1];
  if (form === undefined || !(key.replace(FORM, '.other') in catalog)) return undefined;
  return { stem: key.replace(FORM, ''), form };
}

/** Numbers that reach every plural form of every language: https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html */
const NUMBERS = [...Array.from({ length: 201 }, (_, number) => number), 1_000_000];

/** The plural forms that a language has for numbers that are counted, with examples of each. */
export function pluralForms(locale: string, except: readonly number[] = []): ReadonlyMap<string, readonly number[]> {
  const rules = new Intl.PluralRules(locale);
  const counted = NUMBERS.filter((number) => !except.includes(number));
  return Map.groupBy(counted, (number) => rules.select(number));
}
