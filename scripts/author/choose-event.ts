import type { StatusEvent } from '../../src/core/model.ts';
import type { CommandContext } from '../context.ts';
import { AuthorError } from './author-error.ts';
import type { FoundContent } from './content.ts';
import { findContent, placeOf, readAs } from './content.ts';
import { readWhole } from './file.ts';
import { idFrom, isFileOf, noSuchEvent, openEvents } from './find-event.ts';

/** An event that is to get an update. */
export interface ChosenEvent {
  found: FoundContent;
  event: StatusEvent;
  /** Its file as it is on the disk. */
  text: string;
  /** Sentences on how it was chosen. */
  hints: readonly string[];
}

/**
 * The event that an update is about: the one with an id, else of those that are open the one that `choose` takes.
 * @param choose is asked when there are several; the newest open incident is the first of them
 * @throws {AuthorError} when there is none, or its file has errors already
 */
export async function chooseEvent(
  env: CommandContext['env'],
  written: string | undefined,
  choose: (events: readonly StatusEvent[]) => StatusEvent | undefined | Promise<StatusEvent | undefined>,
): Promise<ChosenEvent> {
  const id = written === undefined ? undefined : idFrom(written);
  const found = await findContent(env, (path) => id === undefined || isFileOf(id, path));
  const path = id === undefined ? await pathOfOpen(found, choose) : pathOfId(found, id);
  const text = await readWhole(placeOf(found, path));
  const { event, diagnostics } = readAs(found, path, text);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (!event || errors.length > 0) {
    throw new AuthorError('The file has errors already. Mend them first, so that nothing in it is lost.', errors);
  }
  const others = id === undefined ? openEvents(found.content, found.now).length - 1 : 0;
  return { found, event, text, hints: others > 0 ? [alsoOpen(others)] : [] };
}

/**
 * The only one of several; what ends an event must not guess which.
 * @throws {AuthorError} when there are more
 */
export function onlyOne(events: readonly StatusEvent[]): StatusEvent | undefined {
  if (events.length <= 1) return events[0];
  const ids = events.map(({ id }) => id).join(', ');
  throw new AuthorError(`Several are open: ${ids}. Say by its id which one is over.`);
}

function alsoOpen(others: number): string {
  const more = others === 1 ? 'One more is' : `${others} more are`;
  return `${more} open. To write to another one, say its id, which is the name of its file without .md.`;
}

function pathOfId({ source }: FoundContent, id: string): string {
  const paths = source.files.map(({ path }) => path);
  const path = paths.find((one) => isFileOf(id, one));
  if (path === undefined) throw noSuchEvent(id, paths);
  return path;
}

async function pathOfOpen({ content, now }: FoundContent, choose: Parameters<typeof chooseEvent>[2]): Promise<string> {
  const open = openEvents(content, now);
  const event = open.length > 1 ? await choose(open) : open[0];
  if (event) return event.file;
  throw new AuthorError(
    'No incident is open and no maintenance is running. To write to another one, say its id, which is the name of its file without .md.',
  );
}
