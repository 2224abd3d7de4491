import { parse, stringify } from 'yaml';
import { newIdentity } from '../../src/core/identity.ts';
import type { ImportedPage } from './model.ts';

/**
 * The text of a new `site.yml`; nothing when the source does not say what the page is called or where it is.
 * @param year the current one, for the page's id
 * @param existing the `site.yml` that is there already, whose id is kept, or its lack of one
 */
export function siteText(page: ImportedPage, year: number, existing?: string): string | undefined {
  const { name, url, description, timeZone } = page;
  if (!name || !url) return undefined;
  const id = existing !== undefined ? settingOf(existing, 'id') : URL.canParse(url) && newIdentity(new URL(url), year);
  const more = { ...(id ? { id } : {}), ...(description && { description }), ...(timeZone && { time_zone: timeZone }) };
  return stringify({ name, url, ...more }, { lineWidth: 0 });
}

/** The time zone that a `site.yml` sets; UTC when it sets none. */
export function zoneOf(site: string): string {
  const zone = settingOf(site, 'time_zone');
  return isZone(zone) ? zone : 'UTC';
}

function settingOf(site: string, key: string): unknown {
  try {
    return (parse(site, { schema: 'failsafe' }) as Partial<Record<string, unknown>> | null)?.[key];
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
