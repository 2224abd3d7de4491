import { cleanLine } from '../lib/text.ts';
import { parse, stringify } from 'yaml';
import { newIdentity } from '../../src/core/events.ts';
import { LOCALES } from '../../src/i18n/words.ts';
import type { ImportedPage } from './model.ts';

/** Required settings of `site.yml`, with the comment to write while they are unknown. */
const REQUIRED = {
  name: 'the name of the page, such as Acme',
  url: 'the URL of the page, such as https://status.acme.example',
} as const;

interface SiteText {
  text: string;
  /** Settings that have to be filled in. */
  missing: (keyof typeof REQUIRED)[];
}

/**
 * The text of a new `site.yml`, with empty settings for what the source does not say.
 * @param year the current one, for the page's id
 * @param existing the current `site.yml`; its id, or lack of one, is kept
 */
export function siteText(page: ImportedPage, year: number, existing?: string): SiteText {
  const { name, url, description, timeZone, locale } = page;
  const ofAddress = url !== undefined && URL.canParse(url) ? newIdentity(new URL(url), year) : undefined;
  const id = existing === undefined ? ofAddress : settingOf(existing, 'id');
  const known = { ...(name && { name }), ...(url && { url }) };
  const shipped = locale === undefined ? undefined : shippedLocale(locale);
  const more = {
    ...(id ? { id } : {}),
    ...(description && { description }),
    ...(timeZone && { time_zone: timeZone }),
    ...(shipped && shipped !== DEFAULT_LOCALE && { locale: shipped }),
  };
  const missing = (['name', 'url'] as const).filter((key) => known[key] === undefined);
  const toFill = missing.map((key) => `${key}: # fill in: ${REQUIRED[key]}\n`).join('');
  const said = { ...known, ...more };
  const text = Object.keys(said).length === 0 ? '' : stringify(said, { lineWidth: 0 });
  return { text: text + toFill, missing };
}

const DEFAULT_LOCALE = 'en';

/**
 * The language in which a page says what its source does not: that of its `site.yml`, else that of the source.
 * @param site the text of `site.yml`, where there is one
 * @param locale the tag of the source's language
 */
export function pageLocale(site: string | undefined, locale?: string): string {
  const wanted = site === undefined ? shippedLocale(locale ?? '') : localeOf(site);
  return wanted !== undefined && LOCALES.includes(wanted) ? wanted : DEFAULT_LOCALE;
}

/** What is written for languages that are read by those who read the shipped one. */
const READ_AS: Readonly<Record<string, string>> = { no: 'nb', nn: 'nb' };

/**
 * The shipped language that a tag means, whatever its region: `de` for `de-AT`, `pt-BR` for `pt`, and for Chinese the one
 * in the same script. Nothing when there are no words for it.
 */
export function shippedLocale(tag: string): string | undefined {
  const wanted = withScript(tag.replaceAll('_', '-'));
  return LOCALES.find((one) => withScript(one) === wanted);
}

/** `zh-Hant` for `zh-HK`; nothing for what is not a tag. */
function withScript(tag: string): string | undefined {
  try {
    const { language, script = '' } = new Intl.Locale(tag).maximize();
    return `${READ_AS[language] ?? language}-${script}`;
  } catch {
    return undefined;
  }
}

/** Whether an address can be public: it has a host, and that is not a local one. */
export function isPublicAddress(address: string): boolean {
  if (!/^https?:\/\/[^/]/i.test(address) || !URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return hostname.includes('.') && !/^(?:127\.|0\.0\.0\.0)/.test(hostname);
}

/** The time zone that a `site.yml` sets; UTC when it sets none. */
export function zoneOf(site: string): string {
  const zone = settingOf(site, 'time_zone');
  return isZone(zone) ? zone : 'UTC';
}

/** The main language that a `site.yml` sets; English when it sets none. */
export function localeOf(site: string): string {
  const locales = settingOf(site, 'locales');
  const locale: unknown = Array.isArray(locales) ? locales[0] : settingOf(site, 'locale');
  return typeof locale === 'string' ? locale : DEFAULT_LOCALE;
}

/** Whether a `site.yml` has the name and the address of the page. */
export function isFilledIn(site: string): boolean {
  return Object.keys(REQUIRED).every((key) => Boolean(settingOf(site, key)));
}

function settingOf(site: string, key: string): unknown {
  try {
    return (parse(site, { schema: 'failsafe' }) as Record<string, unknown> | null)?.[key];
  } catch {
    return undefined;
  }
}

/** Whether a name is one of a time zone that can be read. */
export function isZone(name: unknown): name is string {
  if (typeof name !== 'string') return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What a page is called, without the word that Candor puts behind it: “Acme Status” is Acme. */
export function pageName(title: string): string {
  const line = cleanLine(title);
  return line.replace(/\s+(?:[-–|:]\s+)?(?:system )?status(?: page)?$/i, '') || line;
}
