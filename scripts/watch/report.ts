import { ownersOf } from '../lib/mentions.ts';
import type { Instant } from '../../src/core/days.ts';
import { eventAddress } from '../../src/core/events.ts';
import { formatTime } from '../../src/core/time-text.ts';
import type { WatchCase } from '../../src/core/watch.ts';
import { nextMoment, splitMissed } from '../../src/core/watch.ts';
import { printable } from '../../src/core/printable.ts';
import type { Look } from './look.ts';
import { commandsFor, sentenceOf, spanInWords } from './text.ts';

/** What is missed and what comes next, for a person. */
export function printLook(found: Look): string {
  const { now, cases, content } = found;
  const { missed, coming } = splitMissed(cases, now);
  const next = nextMoment(cases, content.site, now);
  const blocks = [
    ...unreadLines(found),
    `As of ${formatTime(now)}: ${missed.length === 0 ? 'nothing is overdue' : `${missed.length} overdue`}.`,
    ...missed.map((one) => block(`${sentenceOf(one, true)} (${late(one, now)}).`, one, found)),
    ...coming.map((one, index) =>
      block(`${index === 0 ? 'Next: ' : ''}${sentenceOf(one, false)} (${soon(one, now)}).`, one, found),
    ),
    ...(cases.length === 0 ? ['Nothing is due.'] : []),
    ...(next === undefined ? [] : [`The next notification is at ${formatTime(next)}.`]),
  ];
  return printable(blocks.join('\n\n'));
}

/** The same as data. Times are ISO 8601 instants. */
export function lookAsData(found: Look) {
  const { now, cases, content, unread } = found;
  const { missed, coming } = splitMissed(cases, now);
  const next = nextMoment(cases, content.site, now);
  const data = (one: WatchCase) => ({
    id: one.id,
    kind: one.kind,
    event: one.event.id,
    title: one.event.title,
    file: one.event.file,
    page: eventAddress(content.site.url, one.event),
    due: new Date(one.due).toISOString(),
    ...ownersOf(one.event, content),
  });
  return {
    now: new Date(now).toISOString(),
    missed: missed.map(data),
    coming: coming.map(data),
    next: next === undefined ? null : new Date(next).toISOString(),
    unread: unread.map(({ file, line, reason }) => ({ file, line, reason })),
  };
}

/** What a monitor is told: 0 nothing is missed, 1 it could not be checked, 2 something is missed. */
export function exitCodeOf({ cases, now, unread, whole }: Look): 0 | 1 | 2 {
  if (splitMissed(cases, now).missed.length > 0) return 2;
  return unread.length > 0 && !whole ? 1 : 0;
}

/** What could not be read, so that nobody takes silence for good news. */
function unreadLines({ folder, unread, whole }: Look): string[] {
  if (unread.length === 0) return [];
  const files = unread.map(({ file, line, reason }) => `${folder}/${file}, line ${line}: ${reason}`);
  const watched = whole
    ? 'These files have errors, so their last valid versions are watched:'
    : 'These files have errors and no earlier version in Git, so they are watched as far as they can be read:';
  return [`${watched}\n${files.map((text) => `  ${text}`).join('\n')}`];
}

function block(first: string, one: WatchCase, { folder, content }: Look): string {
  const { owners, without } = ownersOf(one.event, content);
  const lines = [
    `“${one.event.title}”`,
    `${folder}/${one.event.file}`,
    ...(owners.length === 0 ? [] : [`Owners: ${owners.join(', ')}`]),
    ...(without.length === 0 ? [] : [`Without an owner: ${without.join(', ')}`]),
    commandsFor(one)[0] ?? '',
  ];
  return [first, ...lines.map((line) => `  ${line}`)].join('\n');
}

function late({ due }: WatchCase, now: Instant): string {
  return `${spanInWords(now - due)} late`;
}

function soon({ due }: WatchCase, now: Instant): string {
  return due >= now ? `in ${spanInWords(due - now)}` : `${spanInWords(now - due)} ago, which still counts as on time`;
}
