import { parse, stringify } from 'yaml';
import type { ImportedPage } from './model.ts';

/** The text of a new `site.yml`; nothing when the source does not say what the page is called or where it is. */
export function siteText({ name, url, description, timeZone }: ImportedPage): string | undefined {
  if (!name || !url) return undefined;
  const more = { ...(description && { description }), ...(timeZone && { time_zone: timeZone }) };
  return stringify({ name, url, ...more }, { lineWidth: 0 });
}

/** The time zone that a `site.yml` sets; UTC when it sets none. */
export function zoneOf(site: string): string {
  try {
    const value = parse(site, { schema: 'failsafe' }) as { time_zone?: unknown } | null;
    return isZone(value?.time_zone) ? value.time_zone : 'UTC';
  } catch {
    return 'UTC';
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
