import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { minuteOf, readTimeWords, writeTimeNear } from '../../src/core/human-time.ts';
import type { StatusEvent, Update } from '../../src/core/model.ts';
import { formatTime } from '../../src/core/time-text.ts';
import { labelLine, labelOf } from '../../src/reader/events/labels.ts';
import type { FoundContent } from '../lib/content.ts';
import { readAs } from '../lib/content.ts';
import { CommandError } from '../lib/errors.ts';
import { readWithoutErrors } from './approve.ts';
import type { ChosenEvent } from './choose-event.ts';
import type { Draft } from './draft.ts';

/** Which update of an event is meant; nothing for the newest. */
export interface WhichUpdate {
  /** Its time, as people write it: `14:30`. */
  at?: string | undefined;
  /** The end of its address: `u-20261120T110200Z`. */
  id?: string | undefined;
}

/** @throws {CommandError} when there is none */
export function findUpdate({ updates, id: event }: StatusEvent, which: WhichUpdate, { now, content }: FoundContent) {
  const isMeant = ({ id, at }: Update) => {
    if (which.id !== undefined && id !== which.id) return false;
    if (which.at === undefined) return true;
    // A time of day is that of an update if it is the last such time before it.
    const read = readTimeWords(which.at, { now, from: at, direction: 'before', zone: content.site.time_zone });
    return 'instant' in read && minuteOf(read.instant) === minuteOf(at);
  };
  const update = updates.findLast(isMeant);
  if (update) return update;
  if (updates.length === 0) throw new CommandError(`“${event}” has no update.`);
  const known = new Intl.ListFormat('en').format(updates.map(({ at }) => formatTime(at)));
  throw new CommandError(`“${event}” has no update of “${which.at ?? which.id}”. Its updates are of ${known}.`);
}

/**
 * A file in which an update has another text, and says that it was edited. Its heading and its other labelled lines, and so
 * its id, stay as they are.
 * @param message Markdown with `\n` line ends
 */
export function draftCorrection(message: string, update: Update, { event, text, found }: ChosenEvent): Draft {
  const end = /\r\n?|\n/.exec(text)?.[0] ?? '\n';
  const lines = text.split(/\r\n?|\n/);
  const from = update.line - 1;
  // A file can have several events, of a series.
  const starts = readAs(found, event.file, text).updates.map(({ line }) => line - 1);
  const to = Math.min(...starts.filter((line) => line > from), lines.length);
  const labels = lines.slice(from + 1, to).filter((line) => {
    const name = nameOf(line);
    return name !== undefined && name !== 'edited';
  });
  const now = Math.max(minuteOf(found.now), update.at);
  const edited = labelLine('edited', writeTimeNear(now, update.at, 'after'));
  const block = [lines[from] ?? '', '', ...message.split('\n'), '', ...labels, edited];
  return {
    path: event.file,
    title: event.title,
    text: [...lines.slice(0, from), ...block, '', ...lines.slice(to)].join(end),
    update: { word: 'corrected', at: now, message },
    lines: block.join('\n'),
  };
}

/** The label that a line of its own has. */
function nameOf(line: string) {
  const [, , label] = /^\s*(?:[-*+]\s+|\d+[.)]\s+)?(\*\*|__)([^*_]+):\1/.exec(line) ?? [];
  return label === undefined ? undefined : labelOf(label);
}

/**
 * Reads a file with a corrected text, and makes sure that nothing else in it changed.
 * @returns warnings
 * @throws {CommandError} when the page would refuse the file, or read something else from it
 */
export function approveCorrection(
  { path, text }: Draft,
  { id }: Update,
  { found, event: before }: ChosenEvent,
): Diagnostic[] {
  const { events, diagnostics } = readWithoutErrors(found, path, text);
  const event = events.find((one) => one.id === before.id);
  if (event && facts(event, id) === facts(before, id)) return diagnostics;
  throw new CommandError(
    'This would change more than the text of the update. Leave out headings of updates and lines such as “Next update”, and close what the text opens, such as a code block.',
  );
}

/** All that an event says, apart from the text of an update and when it was edited. */
function facts(event: StatusEvent, corrected: string): string {
  const updates = event.updates.map(({ body, edited, line: _, ...kept }) => ({
    ...kept,
    ...(kept.id !== corrected && { body, edited }),
  }));
  return JSON.stringify({ ...event, updates }, (key, value: unknown) => (key === 'position' ? undefined : value));
}
