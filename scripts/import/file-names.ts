import type { Mark } from './mark.ts';
import type { ImportedEvent } from './model.ts';
import { claim, slug } from './slug.ts';
import { utcDay } from './times.ts';

/** Leaves room for the day and a number within the 150 characters that a file's name may have. */
const LENGTH = 80;

/** A file of incidents/ or maintenance/ that is there already. */
export interface ExistingFile {
  /** Below the content folder, with `/`. */
  path: string;
  text: string;
  mark?: Mark;
}

/** Where an event is written, or the file that stands in its way. */
export type Target = { path: string; existing?: ExistingFile } | { conflict: string };

/**
 * A path for every event, by identity: that of an earlier import, else one made of its day and title. Equal
 * names take `-2`, oldest first; a name that a file from elsewhere has is a conflict.
 */
export function assignPaths(
  source: string,
  events: readonly ImportedEvent[],
  files: readonly ExistingFile[],
): Map<ImportedEvent, Target> {
  const own = new Map<string, ExistingFile>();
  for (const file of files) if (file.mark?.source === source) own.set(file.mark.identity, file);
  const foreign = new Map(files.filter(({ mark }) => !mark).map(({ path }) => [idOf(path), path]));
  const taken = new Set(files.filter(({ mark }) => mark).map(({ path }) => idOf(path)));
  const targets = new Map<ImportedEvent, Target>();
  for (const event of [...events].sort((a, b) => startOf(a) - startOf(b) || compare(a.identity, b.identity))) {
    const existing = own.get(event.identity.replace(/\s/g, '_'));
    const wanted = wantedName(event);
    const conflict = foreign.get(wanted);
    if (existing) targets.set(event, { path: existing.path, existing });
    else if (conflict) targets.set(event, { conflict });
    else targets.set(event, { path: `${folderOf(event)}/${claim(wanted, taken)}.md` });
  }
  return targets;
}

function wantedName(event: ImportedEvent): string {
  const words = slug(event.title, LENGTH) || slug(`${event.kind} ${event.identity}`, LENGTH);
  return `${utcDay(startOf(event))}-${words}`;
}

function folderOf(event: ImportedEvent): string {
  const year = utcDay(startOf(event)).slice(0, 4);
  return event.kind === 'incident' ? `incidents/${year}` : `maintenance/${year}`;
}

function startOf(event: ImportedEvent): number {
  return event.kind === 'incident' ? event.started : event.scheduled;
}

function idOf(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.md$/i, '').toLowerCase();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
