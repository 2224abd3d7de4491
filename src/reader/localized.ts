import type { Localized } from '../core/schema/site.ts';
import type { LocalizedLine } from '../core/schema/fields.ts';
import type { Report } from './rules.ts';
import { nearest } from './rules.ts';
import type { YamlValue } from './yaml/yaml.ts';
import { yamlText } from './yaml/yaml.ts';

/** A set of YAML keys with texts. Each is one text, or texts by language. */
export interface LocalizedSource {
  yaml: YamlValue;
  /** The path of the set of keys. */
  path: readonly PropertyKey[];
  /** The languages of the page. If unknown, all are accepted. */
  locales: readonly string[] | undefined;
  report: Report;
}

/** The text in the page's first language. Reports a missing text, and languages that the page does not have. */
export function mainText(written: LocalizedLine, key: string, source: LocalizedSource): string {
  if (typeof written === 'string') return written;
  const { yaml, path, locales, report } = source;
  const [anything = ''] = Object.values(written);
  if (!locales) return anything;
  const place = [...path, key];
  for (const locale of Object.keys(written)) {
    if (locales.includes(locale)) continue;
    const open = locales.filter((one) => !Object.hasOwn(written, one));
    const meant = nearest(locale, open);
    const reason = `“${locale}” is not a language of the page.`;
    const position = yaml.locate([...place, locale], 'key');
    if (meant) {
      const line = yaml.rewrite([...place, locale], meant, 'key');
      report('translation-locale', position, `${reason} Did you mean “${meant}”?`, line);
    } else {
      const example = `locales: [${[...locales, locale].join(', ')}]`;
      report('translation-locale', position, `${reason} Add it to “locales” in site.yml, or delete it here.`, {
        example,
      });
    }
  }
  const [main = ''] = locales;
  const text = Object.hasOwn(written, main) ? written[main] : undefined;
  if (text !== undefined) return text;
  const texts = { [main]: anything, ...written };
  const example = `${key}: { ${Object.entries(texts).map((pair) => pair.map(yamlText).join(': ')).join(', ')} }`; // prettier-ignore
  const reason = `“${key}” has no text in “${main}”, the main language of the page. Add it.`;
  report('missing-key', yaml.locate(place), reason, { example });
  return anything;
}

/** The texts in the languages after the first. */
export function otherTexts<Key extends string>(
  written: Readonly<Partial<Record<Key, LocalizedLine | undefined>>>,
  locales: readonly string[] = [],
): { names?: Localized<Record<Key, string>> } {
  const names = new Map<string, Partial<Record<Key, string>>>();
  for (const locale of locales.slice(1)) {
    const texts = Object.entries<LocalizedLine | undefined>(written).flatMap(([key, texts]) => {
      const text = typeof texts === 'object' && Object.hasOwn(texts, locale) ? texts[locale] : undefined;
      return text === undefined ? [] : [[key, text] as const];
    });
    if (texts.length > 0) names.set(locale, Object.fromEntries(texts) as Partial<Record<Key, string>>);
  }
  return names.size > 0 ? { names } : {};
}
