import type { Instant, StatusEvent, Update } from './model.ts';

/** Where the files of each kind lie below the content folder, and their pages below the root of the site. */
export const EVENT_FOLDERS = {
  incident: 'incidents',
  maintenance: 'maintenance',
} as const satisfies Record<StatusEvent['kind'], string>;

const EVENT_FILE = new RegExp(`^(?:${Object.values(EVENT_FOLDERS).join('|')})/.*\\.md$`);

/** `incidents/ID`: names an event in ids of feeds, and is what a file of its own is called after. */
export function eventPath({ kind, id }: Pick<StatusEvent, 'kind' | 'id'>): string {
  return `${EVENT_FOLDERS[kind]}/${id}`;
}

/** The address of an event's page below the root of its site, `incidents/ID/`, safe in a URL whatever its file is called. */
export function eventAddress({ kind, id }: Pick<StatusEvent, 'kind' | 'id'>): string {
  return `${eventPath({ kind, id: encodeURIComponent(id) })}/`;
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
