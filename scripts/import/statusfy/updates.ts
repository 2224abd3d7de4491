import type { Instant } from '../../../src/core/model.ts';
import { INCIDENT_WORDS, MAINTENANCE_WORDS } from '../../../src/core/vocabulary.ts';
import { markdownToBody } from '../markdown/html-to-markdown.ts';
import type { Place } from '../model.ts';
import { type Kind, note, type Report } from '../report.ts';
import { statusMeant } from '../model.ts';
import { toSecond } from '../times.ts';
import type { Fields } from './front-matter.ts';
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
function placeOf(line: number, { file, bodyLine }: FileContext): Place {
  return { file, line: bodyLine + line };
}

/** @param line of the body, counted from 0 */
export function tell(kind: Kind, line: number, context: FileContext, reason?: string): void {
  note(context.report, kind, placeOf(line, context), context.about, reason);
}

function escapeMarkdown(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** An update as it stands in a body. */
interface RawUpdate {
  title: string;
  time: string;
  text: string;
  /** Line of the body, counted from 0. */
  line: number;
  /** Whether Statusfy itself shows it as an update; else it only looks like one. */
  proper: boolean;
}

interface Body {
  /** All that stands outside of updates, in its order. */
  text: string;
  updates: RawUpdate[];
  /** Lines, counted from 0, of what looks like an update but has no time that can be told; it stays in the text. */
  timeless: number[];
  /** Whether text stands behind an update and was put with the text before it. */
  textBehind: boolean;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const OPENING = /^ {0,3}:{2,}\s*(?<info>\S.*?)\s*$/;
const CLOSING = /^ {0,3}:{2,}\s*$/;
/** Statusfy's own rule: `update TITLE | TIME`. */
const PROPER = /^update\s+(?<title>.*)\s+\|\s+(?<time>.*)$/;
const LOOSE = /^(?:update\b\s*[:：]?\s*)?(?<title>.*?)\s*\|\s*(?<time>[^|]*)$/i;
const SWAPPED = /^(?:update\b\s*[:：]?\s*)?(?<time>[^|]*?)\s*\|\s*(?<title>.*)$/i;

/**
 * Takes a body apart into its `::: update TITLE | TIME` containers and the text around them. One that is not
 * closed reaches to the next or to the end, as in Statusfy. Code and HTML comments are left alone.
 */
export function readBody(body: string): Body {
  const outside: string[] = [];
  const result: Body = { text: '', updates: [], timeless: [], textBehind: false };
  let open: { update: RawUpdate; lines: string[] } | undefined;
  let fence: string | undefined;
  let inComment = false;
  const close = (): void => {
    if (open) result.updates.push({ ...open.update, text: open.lines.join('\n').trim() });
    open = undefined;
  };
  body.split('\n').forEach((line, index) => {
    const quoted = fence !== undefined || inComment;
    const mark = inComment ? undefined : FENCE.exec(line)?.[1];
    if (mark !== undefined) fence = fence === undefined ? mark : mark.startsWith(fence) ? undefined : fence;
    inComment = commentAfter(line, inComment);
    if (!quoted && CLOSING.test(line)) {
      close();
      return;
    }
    const update = quoted ? undefined : updateIn(line, index);
    if (update === 'timeless') result.timeless.push(index);
    if (update !== undefined && update !== 'timeless') {
      close();
      open = { update, lines: [] };
      return;
    }
    if (!open && result.updates.length > 0 && line.replace(/<!--.*?-->/g, '').trim() !== '') result.textBehind = true;
    (open?.lines ?? outside).push(line);
  });
  close();
  return { ...result, text: outside.join('\n').trim() };
}

function updateIn(line: string, index: number): RawUpdate | 'timeless' | undefined {
  const info = OPENING.exec(line)?.groups?.['info'];
  const written = info ?? line.trim();
  const update = (title: string, time: string, proper: boolean): RawUpdate | undefined =>
    isTime(time) ? { title: title.trim(), time: time.trim(), text: '', line: index, proper } : undefined;
  for (const pattern of [PROPER, LOOSE, SWAPPED]) {
    const { title = '', time = '' } = pattern.exec(written)?.groups ?? {};
    const found = update(title, time, info !== undefined && pattern === PROPER);
    // A table's row parts its cells in the same way.
    if (found && (info !== undefined || (!found.title.startsWith('|') && found.title.length < 60))) return found;
  }
  return info !== undefined && /^update\b/i.test(info) ? 'timeless' : undefined;
}

function isTime(text: string): boolean {
  return readStatusfyTime(text, 'UTC') !== undefined;
}

/** Whether a comment is open at the end of a line: its last mark says so. */
function commentAfter(line: string, before: boolean): boolean {
  const last = line.match(/<!--|-->/g)?.at(-1);
  return last === undefined ? before : last === '<!--';
}
