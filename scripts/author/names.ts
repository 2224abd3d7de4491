import type { Instant, StatusEvent } from '../../src/core/model.ts';
import { claim, slug } from '../import/slug.ts';
import { utcDay } from '../import/times.ts';
import { idFrom } from './find-event.ts';

const LENGTH = 80;
const FOLDERS = { incident: 'incidents', maintenance: 'maintenance' } as const;

/**
 * The path of a new file, `incidents/2026/2026-11-20-some-words.md`; with `-2`, `-3` … where an incident or a
 * maintenance has that name already.
 * @param start when customers were first affected, or will be
 * @param paths those of the content folder
 */
export function newPath(kind: StatusEvent['kind'], title: string, start: Instant, paths: Iterable<string>): string {
  const day = utcDay(start);
  const taken = new Set([...paths].map((path) => idFrom(path).toLowerCase()));
  const name = claim(`${day}-${slug(title, LENGTH) || kind}`, taken);
  return `${FOLDERS[kind]}/${day.slice(0, 4)}/${name}.md`;
}
