import type { Instant } from '../../../src/core/model.ts';
import { INCIDENT_WORDS, MAINTENANCE_WORDS } from '../../../src/core/vocabulary.ts';
import { markdownToBody } from '../markdown/html-to-markdown.ts';
import type { Place } from '../model.ts';
import { note, type Kind, type Report } from '../report.ts';
import { statusMeant } from '../status-words.ts';
import { toSecond } from '../times.ts';
import type { Body, RawUpdate } from './containers.ts';
import type { Fields } from './front-matter-fields.ts';
import { readStatusfyTime } from './times.ts';

/** The file that is read, for its texts and for the report. */
export interface FileContext {
  file: string;
  bodyLine: number;
  keyLines: ReadonlyMap<string, number>;
  about: { id: string; subject: string };
  /** What relative links start from. */
  base: string | undefined;
  zone: { name: string; given: boolean };
  report: Report;
}

/** An update with its time and text read, its status still a word of people. */
export interface ReadUpdate {
  /** In small letters with underscores; `update` where the title means no status. */
  word: string;
  at: Instant;
  body: string;
  place: Place;
}

/** So far before an incident's start an update may lie; the start moves then. Further away its day is wrong. */
const EARLY = 12 * 3_600_000;
const DAY = 86_400_000;
const EMOJI = /(^|\s):[a-z][a-z0-9_+-]+:(?=\s|$|[.,!])/;

/** The updates of a file, oldest first: its own text, which has the time of the incident, and its containers. */
export function readUpdates(
  { text, updates, timeless, textBehind }: Body,
  { description }: Fields,
  date: Instant | undefined,
  context: FileContext,
): ReadUpdate[] {
  for (const line of timeless) tell('update-time-unknown', line, context);
  if (textBehind) tell('text-behind-update', 0, context);
  const timed = updates.map((update) => readContainer(update, date, context));
  const isOldestFirst = (timed[0]?.at ?? 0) <= (timed.at(-1)?.at ?? 0);
  const inOrder = (isOldestFirst ? timed : timed.toReversed()).sort((a, b) => a.at - b.at);
  const body = bodyOf(withDescription(text, description), { line: 0 }, context);
  const first = inOrder[0]?.at ?? Infinity;
  const leadAt = Math.min(date ?? Infinity, first);
  if (body === '' || !Number.isFinite(leadAt)) return inOrder;
  return [{ word: 'update', at: leadAt, body, place: placeOf(0, context) }, ...inOrder];
}

/** The description is what Statusfy's lists show of an incident; mostly it repeats the text. */
function withDescription(text: string, description: string): string {
  const plain = (value: string): string => value.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');
  return description === '' || plain(text).includes(plain(description).trim())
    ? text
    : `${description}\n\n${text}`.trim();
}

function readContainer(update: RawUpdate, date: Instant | undefined, context: FileContext): ReadUpdate {
  const { title, time, text, line, proper } = update;
  if (!proper) tell('update-from-text', line, context, `“${title} | ${time}” is none to Statusfy; it became one.`);
  const at = timeOf(time, line, context) ?? 0;
  const written = title
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  const isOwn = [...INCIDENT_WORDS, ...MAINTENANCE_WORDS].some((word) => word === written);
  const word = isOwn ? written : (statusMeant(title) ?? 'update');
  if (!isOwn) {
    const reason = `“${title}” became ${word}; its words stand in the text.`;
    tell('unknown-status', line, context, reason);
  }
  const body = bodyOf(isOwn || title === '' ? text : `**${escapeMarkdown(title)}**\n\n${text}`, update, context);
  return { word, at: corrected(at, date, update, context), body, place: placeOf(line, context) };
}

/** A time long before the incident is on the wrong day: it becomes the first such time from the incident on. */
function corrected(at: Instant, date: Instant | undefined, { time, line }: RawUpdate, context: FileContext): Instant {
  if (date === undefined || at >= date - EARLY) return at;
  const later = at + Math.ceil((date - at) / DAY) * DAY;
  const reason = `${time} lies before the incident; its day became ${new Date(later).toISOString().slice(0, 10)}.`;
  tell('time-corrected', line, context, reason);
  return later;
}

/** Reads a time of the file and reports what had to be guessed for it. */
export function timeOf(written: string, line: number, context: FileContext): Instant | undefined {
  const time = readStatusfyTime(written, context.zone.name);
  if (!time) return undefined;
  if (!time.zoned) {
    const reason = context.zone.given
      ? `${written} has no zone and was read as ${context.zone.name}, as --zone says.`
      : `${written} has no zone and was read as UTC, as Statusfy does; --zone names another.`;
    tell('time-without-zone', line, context, reason);
  }
  if (time.readAs !== undefined) {
    tell(
      'time-corrected',
      line,
      context,
      `No calendar has ${written}; it was read as ${time.readAs}, as Statusfy does.`,
    );
  }
  return toSecond(time.instant);
}

function bodyOf(text: string, { line }: { line: number }, context: FileContext): string {
  const { markdown, notes } = markdownToBody(text, context.base);
  for (const { kind, detail } of notes) tell(kind, line, context, detail);
  if (EMOJI.test(text)) tell('emoji-kept-as-text', line, context);
  return markdown;
}

/** The line of a key of the front matter, counted from the body, and so negative. */
export function lineOfKey(key: string, { bodyLine, keyLines }: FileContext): number {
  return (keyLines.get(key.toLowerCase()) ?? 1) - bodyLine;
}

/** @param line of the body, counted from 0; lines of front matter are negative */
export function placeOf(line: number, { file, bodyLine }: FileContext): Place {
  return { file, line: bodyLine + line };
}

/** @param line of the body, counted from 0 */
export function tell(kind: Kind, line: number, context: FileContext, reason?: string): void {
  note(context.report, kind, placeOf(line, context), context.about, reason);
}

function escapeMarkdown(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
