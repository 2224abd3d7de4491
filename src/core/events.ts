import type { Instant } from './days.ts';
import type { Message } from './messages.ts';
import type { StatusEvent, Update } from './model.ts';

/** Where the files of each kind lie below the content folder, and their pages below the root of the site. */
export const EVENT_FOLDERS = {
  incident: 'incidents',
  maintenance: 'maintenance',
} as const satisfies Record<StatusEvent['kind'], string>;

const EVENT_FILE = new RegExp(`^(?:${Object.values(EVENT_FOLDERS).join('|')})/.*\\.md$`);

type Named = Pick<StatusEvent, 'kind' | 'id'>;

/** The path of an event's page below the root of its site: `incidents/ID/`. */
export function eventPath({ kind, id }: Named): string {
  return `${EVENT_FOLDERS[kind]}/${encodeURIComponent(id)}/`;
}

/**
 * The address of an event's page.
 * @param site of the site's root, with a slash at the end
 */
export function eventAddress(site: URL, event: Named): string {
  return site.href + eventPath(event);
}

/** The address of a message on its event's page, which has no place for an announcement without time and text. */
export function messageAddress(site: URL, event: Named, { id, undated, hasText, clock }: Message): string {
  const page = eventAddress(site, event);
  return undated && !hasText && !clock ? page : `${page}#${id}`;
}

/** Whether a path below the content folder is that of an event's file. */
export function isEventFile(path: string): boolean {
  return EVENT_FILE.test(path);
}

/** The id of the event in a file, by the file's path or name. */
export function eventIdOf(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? '').replace(/\.md$/i, '');
}

/** The fix that customers expect: by the newest update that named one. */
export function newestExpectedFix(updates: readonly Pick<Update, 'expectedFix'>[]): Instant | undefined {
  return updates.findLast(({ expectedFix }) => expectedFix !== undefined)?.expectedFix;
}
