import { millisecondsInDay } from 'date-fns/constants';
import { incidentState } from './incident.ts';
import { isOver, maintenancePhases, phaseAt } from './maintenance.ts';
import { firstLocale, rootUrl } from './locales.ts';
import type { Instant } from './days.ts';
import type { SiteSettings } from './schema/site.ts';
import type { NewsEvent, StatusEvent, Update } from './model.ts';

type Identified = Pick<SiteSettings, 'id' | 'url' | 'locale' | 'locales'>;

/** The prefix of all ids: the `id` in `site.yml`, else the page's address. */
function rootOf({ id, url }: Identified): string | URL {
  return id ?? url;
}

/**
 * The id of an incident, a maintenance or one of its updates in feeds, a tag URI (RFC 4151). Below an address it is
 * `tag:HOST,YEAR:PATH`, without the path of that address.
 * @param path `incidents/ID`, or `incidents/ID/u-…`
 * @param said the update, or the event's first message. Its id keeps the year if its time is corrected
 */
export function entryId(site: Identified, path: string, said: { id: string; at: Instant }): string {
  const root = rootOf(site);
  if (typeof root === 'string') return `${root}/${path}`;
  const year = /^u-(\d{4})/.exec(said.id)?.[1] ?? new Date(said.at).toISOString().slice(0, 4);
  return `tag:${root.hostname},${year}:${path}`;
}

/**
 * The id of a feed.
 * @param path of the page it follows, below the root of the site; empty for the root
 */
export function feedId(site: Identified, path: string): string {
  const root = rootOf(site);
  if (typeof root !== 'string') return root.href + path;
  const language = site.locale === firstLocale(site) ? '' : site.locale;
  return [root, language, path.replace(/\/$/, '')].filter(Boolean).join('/');
}

/** The UID of a maintenance in calendars. */
export function calendarUid(site: Identified, maintenance: string): string {
  const root = rootOf(site);
  return typeof root === 'string' ? `${root}/maintenance/${maintenance}` : `${maintenance}@${root.hostname}`;
}

/** Identifies a page in the API: its tag, or the host and path of its address. */
export function pageIdentity(site: Identified): string {
  const root = site.id ?? rootUrl(site);
  return typeof root === 'string' ? root : root.host + root.pathname;
}

/** The host in the ids of emails. It stays the same when the page moves, so that email threads continue. */
export function identityHost(site: Identified): string {
  const root = rootOf(site);
  return typeof root === 'string' ? root.replace(/^tag:(?:[^@,]*@)?([^,]+),.*$/, '$1') : root.hostname;
}

/**
 * The `id` to write for a new page: `tag:acme.example,2026:status`.
 * @param url of the page; a path distinguishes it from other pages on the same host
 * @param year in which the host belongs to the page's owner
 */
export function newIdentity(url: URL, year: number): string {
  const host = trimmed(url.hostname, /[^a-z0-9.-]+/g);
  const path = trimmed(url.pathname.replace(/\/+/g, '/'), /[^\w.~/-]+/g);
  return `tag:${host},${String(year)}:${path || 'status'}`;
}

/** Replaces forbidden characters with hyphens. */
function trimmed(text: string, forbidden: RegExp): string {
  return text.replace(forbidden, '-').replace(/^[-/]+|[-/]+$/g, '');
}

/** The id of an update at an instant: `u-20261120T092000Z`. */
export function updateIdAt(at: Instant): string {
  return `u-${new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')}`;
}

/** Where the files of each kind lie below the content folder, and their pages below the root of the site. */
export const EVENT_FOLDERS = {
  incident: 'incidents',
  maintenance: 'maintenance',
  announcement: 'announcements',
} as const satisfies Record<NewsEvent['kind'], string>;

const EVENT_FILE = new RegExp(`^(?:${EVENT_FOLDERS.incident}|${EVENT_FOLDERS.maintenance})/.*\\.md$`);

type Named = Pick<NewsEvent, 'kind' | 'id'>;

/** The path of an event's page below the root of its site: `incidents/ID/`. */
export function eventPath({ kind, id }: Named) {
  return `${EVENT_FOLDERS[kind]}/${encodeURIComponent(id)}/` as const;
}

/**
 * The address of an event's page.
 * @param site of the site's root, with a slash at the end
 */
export function eventAddress(site: URL, event: Named): string {
  return site.href + eventPath(event);
}

/**
 * The address of a message on its event's page. A reminder, and the announcement of a maintenance without time and text, have no
 * anchor there; an announcement is its whole page.
 */
export function messageAddress(
  site: URL,
  event: Named,
  { id, undated, hasText, clock }: { id: string; undated?: true; hasText: boolean; clock?: string },
): string {
  const page = eventAddress(site, event);
  return event.kind === 'announcement' || clock === 'reminder' || (undated && !hasText && !clock)
    ? page
    : `${page}#${id}`;
}

/** Whether a path below the content folder is that of an event's file. */
export function isEventFile(path: string): boolean {
  return EVENT_FILE.test(path);
}

/** The id of the event in a file, by the file's path or name. */
export function eventIdOf(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? '').replace(/\.md$/i, '');
}

/** The expected fix in the newest update that gives one. */
export function newestExpectedFix(updates: readonly Pick<Update, 'expectedFix'>[]): Instant | undefined {
  return updates.findLast(({ expectedFix }) => expectedFix !== undefined)?.expectedFix;
}

/** Whether an event is open, or has an update of the last day. */
export function isCurrent(event: StatusEvent, now: Instant): boolean {
  const newest = event.updates.at(-1);
  if (newest && newest.at > now - millisecondsInDay) return true;
  if (event.kind === 'incident') return incidentState(event).open;
  return !isOver(phaseAt(maintenancePhases(event), now).status);
}
