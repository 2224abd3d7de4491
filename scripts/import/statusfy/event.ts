import { millisecondsInDay, millisecondsInMinute } from 'date-fns/constants';
import { cleanLine } from '../../lib/text.ts';
import type { Instant } from '../../../src/core/days.ts';
import { type ComponentStatus, type Impact, INCIDENT_WORDS, MAINTENANCE_WORDS } from '../../../src/core/vocabulary.ts';
import { fieldText, flagOf, linesOf, type Page, readPage, tellOfRepairs, titleFrom } from '../page.ts';
import { markdownToBody } from '../markdown.ts';
import { type ImportedEvent, statusMeant } from '../model.ts';
import { bodyWithNotes, incidentFrom, inOrder, maintenanceFrom, type Post } from '../pipeline.ts';
import { type Kind, loseEvent, type Report, teller } from '../report.ts';
import type { TextFile } from '../source-files.ts';
import { readTime, type ReadTime, toSecond } from '../../lib/times.ts';
import type { ComponentIndex } from '../components.ts';

/** An update as it stands in a body. */
interface Container {
  title: string;
  time: string;
  text: string;
  /** Line of the file. */
  line: number;
  /** Whether Statusfy itself shows it as an update; else it only looks like one. */
  isProper: boolean;
}

interface Body {
  /** All that stands outside of updates, in its order. */
  text: string;
  updates: Container[];
  /** Lines of what looks like an update but has no time that can be told; it stays in the text. */
  timeless: number[];
  /** Whether text stands behind an update and was put with the text before it. */
  isTextBehind: boolean;
}

const OPENING = /^ {0,3}:{2,}\s*(?<info>\S.*?)\s*$/;
const CLOSING = /^ {0,3}:{2,}\s*$/;
/** Statusfy's own rule: `update TITLE | TIME`. */
const PROPER = /^update\s+(?<title>.*)\s+\|\s+(?<time>.*)$/;
const LOOSE = /^(?:update\b\s*[:：]?\s*)?(?<title>.*?)\s*\|\s*(?<time>[^|]*)$/i;
const SWAPPED = /^(?:update\b\s*[:：]?\s*)?(?<time>[^|]*?)\s*\|\s*(?<title>.*)$/i;

/**
 * Takes a body apart into its `::: update TITLE | TIME` containers and the text around them. One that is not
 * closed reaches to the next or to the end, as in Statusfy. Code and HTML comments are left alone.
 * @param firstLine the line of the file that the body begins on
 */
function readBody(body: string, firstLine: number): Body {
  const outside: string[] = [];
  const result: Body = { text: '', updates: [], timeless: [], isTextBehind: false };
  let open: { update: Container; lines: string[] } | undefined;
  const close = (): void => {
    if (open) result.updates.push({ ...open.update, text: open.lines.join('\n').trim() });
    open = undefined;
  };
  for (const { text, number, covered } of linesOf(body, firstLine)) {
    const update = covered ? undefined : containerIn(text, number);
    if (!covered && CLOSING.test(text)) close();
    else if (typeof update === 'object') {
      close();
      open = { update, lines: [] };
    } else {
      if (update === 'timeless') result.timeless.push(number);
      const isBehind = !open && result.updates.length > 0 && text.replace(/<!--.*?-->/g, '').trim() !== '';
      result.isTextBehind ||= isBehind;
      (open?.lines ?? outside).push(text);
    }
  }
  close();
  return { ...result, text: outside.join('\n').trim() };
}

function containerIn(line: string, number: number): Container | 'timeless' | undefined {
  const info = OPENING.exec(line)?.groups?.['info'];
  const written = info ?? line.trim();
  for (const pattern of [PROPER, LOOSE, SWAPPED]) {
    const { title = '', time = '' } = pattern.exec(written)?.groups ?? {};
    // A table's row parts its cells in the same way.
    const isTitle = info !== undefined || (!title.trim().startsWith('|') && title.trim().length < 60);
    if (isTitle && readStatusfyTime(time, 'UTC'))
      return {
        title: title.trim(),
        time: time.trim(),
        text: '',
        line: number,
        isProper: info !== undefined && pattern === PROPER,
      };
  }
  return info !== undefined && /^update\b/i.test(info) ? 'timeless' : undefined;
}

interface StatusfyTime extends ReadTime {
  /** Set when no calendar has the day: the one it was read as. */
  readAs?: string;
}

/**
 * Reads a time as people write it in a Statusfy file: figures may lack a leading zero, and a day beyond the end
 * of its month runs into the next one, as it does on Statusfy's own page (`2020-09-31` is 1 October).
 * @param zone IANA name, for times that state none
 */
function readStatusfyTime(text: string, zone: string): StatusfyTime | undefined {
  const [, year = '', month = '', day = '', rest = ''] =
    /^(\d{4})-(\d{1,2})-(\d{1,2})[T\s]*(.*)$/i.exec(text.trim()) ?? [];
  const clock = (/^\d/.test(rest) ? `T${rest}` : rest).replace(/gmt$/i, 'UTC');
  const written = [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-');
  const time = readTime(written + clock, zone);
  const first: Instant = Date.parse(`${written.slice(0, 7)}-01T00:00Z`);
  if (time || Number.isNaN(first) || Number(day) < 1 || Number(day) > 31) return time;
  const readAs = new Date(first + (Number(day) - 1) * millisecondsInDay).toISOString().slice(0, 10);
  const next = readAs === written ? undefined : readTime(readAs + clock, zone);
  return next && { ...next, readAs };
}

/** What one file is read with. */
export interface EventOptions {
  systems: ComponentIndex;
  /** What relative links start from. */
  base: string | undefined;
  zone: { name: string; given: boolean };
  /** Ids that several files have, which are none then. */
  sharedIds: ReadonlySet<string>;
  report: Report;
}

const STATUSES: Record<string, ComponentStatus> = {
  'under-maintenance': 'under_maintenance',
  'degraded-performance': 'degraded_performance',
  'partial-outage': 'partial_outage',
  'major-outage': 'major_outage',
};
/** How bad an incident is that names no system. */
const IMPACTS: Partial<Record<ComponentStatus, Impact>> = {
  degraded_performance: 'minor',
  partial_outage: 'major',
  major_outage: 'critical',
};
const WORDS: ReadonlySet<string> = new Set([...INCIDENT_WORDS, ...MAINTENANCE_WORDS]);
/** Keys that Statusfy has. `modified` is when the file was last touched, which counts only as an end. */
const KEYS = new Set(
  'id title description date modified severity affectedsystems resolved scheduled duration'.split(' '),
);
/** The comment that `statusfy new-incident` puts into every file. */
const LANGUAGE = /<!--+\s*language code:[^>]*-->/g;
const EMOJI = /(^|\s):[a-z][a-z0-9_+-]+:(?=\s|$|[.,!])/;
/** So far before an incident's start an update may lie; the start moves then. Further away its day is wrong. */
const EARLY = 12 * 60 * millisecondsInMinute;

/** The incident or maintenance that a file tells of; nothing, and why in the report, when none can be read. */
export function readEvent({ path: file, text }: TextFile, options: EventOptions): ImportedEvent | undefined {
  const { report, base, zone } = options;
  const page = readPage(text, false);
  if ('problem' in page) {
    const tell = teller(report, { file, line: page.line }, { id: file, subject: file });
    return loseEvent('incident', page.problem, tell, report);
  }
  const field = (name: string): string => textOf(page, name);
  const lineOf = (name: string): number => page.fields.get(name)?.line ?? 1;
  const id = idOf(page);
  const title = field('title') || titleFrom(file);
  const identity = id !== '' && !options.sharedIds.has(id) ? id : file;
  const about = { id: identity, subject: title };
  const tell = teller(report, { file, line: 1 }, about);
  const tellAt = (kind: Kind, line: number, reason?: string): void => tell(kind, reason, { file, line });
  const timeOf = (written: string, line: number): Instant | undefined => {
    const time = readStatusfyTime(written, zone.name);
    if (!time) return undefined;
    const readAs = zone.given
      ? `was read as ${zone.name}, the zone from --zone.`
      : 'was read as UTC, as in Statusfy. To use another zone, add --zone.';
    if (!time.zoned) tellAt('time-without-zone', line, `${written} has no zone and ${readAs}`);
    if (time.readAs !== undefined)
      tellAt('time-corrected', line, `${written} does not exist, so it was read as ${time.readAs}, as in Statusfy.`);
    return toSecond(time.instant);
  };
  const bodyOf = (markdown: string, line: number): string => {
    if (EMOJI.test(markdown)) tellAt('emoji-kept-as-text', line);
    return bodyWithNotes(markdownToBody(markdown, base), tell, { file, line });
  };

  tellOfRepairs(page, file, tell);
  if (field('title') === '') tellAt('title-added', 1);
  for (const key of page.fields.keys())
    if (!KEYS.has(key)) tellAt('detail-left-out', lineOf(key), `Statusfy has no key “${key}”.`);
  const date = dateOf();
  const posts = readPosts();

  const severity = field('severity')
    .toLowerCase()
    .replace(/[\s_-]+/g, '-');
  const mention = { place: { file, line: lineOf('affectedsystems') }, about };
  const named = [...new Set(namesOf(page).flatMap((name) => options.systems.keysOf(name, mention)))];
  const words = posts.map(({ word }) => word).filter((word) => word !== 'update' && word !== 'postmortem');
  const isPlanned = severity === 'under-maintenance';
  const isOver = isPlanned ? words.some(isEnd) : isEnd(words.at(-1) ?? '');
  const isResolved = flagOf(field('resolved'));
  if (isOver && isResolved === false) tellAt('end-disputed', lineOf('resolved'));
  const address = identity === id ? `/incidents/${id}` : undefined;
  const facts = {
    identity,
    address,
    place: { file },
    title,
    named,
    posts,
    closed: isOver || isResolved === true,
    tell,
    report,
  };
  const minutes = Number.parseFloat(field('duration'));
  const length = minutes > 0 ? Math.ceil(minutes) * millisecondsInMinute : undefined;
  if (!isPlanned) {
    const status = STATUSES[severity];
    const reason = `“${severity}” is not a Statusfy severity, so it was read as degraded performance.`;
    if (!status) tellAt('unknown-severity', lineOf('severity'), reason);
    const impact = named.length === 0 ? IMPACTS[status ?? 'degraded_performance'] : undefined;
    const startPlace = { file, line: lineOf('date') };
    const endedAt = isOver ? undefined : endAfter(posts.at(-1)?.at ?? date);
    const all = { ...facts, impact, endedAt, started: date, startPlace, status: status ?? 'degraded_performance' };
    return incidentFrom(all);
  }
  const from = timeOf(field('scheduled'), lineOf('scheduled'));
  const start = from ?? date ?? posts[0]?.at;
  const until = start === undefined || length === undefined ? undefined : start + length;
  const isAnnounced = from !== undefined && until !== undefined;
  const endedAt = isOver || isAnnounced ? undefined : endAfter(posts.at(-1)?.at ?? start);
  const window = { from, until, starts: [date], ends: [endedAt], isAnnounced };
  return maintenanceFrom({
    ...facts,
    ...window,
    endedAt,
    windowPlace: { file, line: lineOf('severity') },
  });

  /** The date in the front matter, else the day in the file's name, as Statusfy's own command writes it there. */
  function dateOf(): Instant | undefined {
    const line = lineOf('date');
    const said = timeOf(field('date'), line);
    if (said !== undefined) return said;
    const [, inName] = /(?:^|\/)(\d{4}-\d{2}-\d{2})[^/]*$/.exec(file) ?? [];
    const day = inName === undefined ? undefined : timeOf(`${inName}T00:00Z`, line);
    if (day !== undefined)
      tellAt('start-missing', line, `Its date is “${field('date')}”, so the day in its file name was used.`);
    return day;
  }

  /** When it was over, as far as the file tells beside its updates: after its duration, or when it was last touched. */
  function endAfter(after: Instant | undefined): Instant | undefined {
    if (isResolved !== true) return undefined;
    const byLength = length === undefined || date === undefined ? undefined : date + length;
    const end = byLength ?? timeOf(field('modified'), lineOf('modified'));
    return end !== undefined && end > (after ?? -Infinity) ? end : undefined;
  }

  /** The file's own text, which has the time of the incident, and its containers, oldest first. */
  function readPosts(): Post[] {
    const inFile = (page as Page).bodyLine;
    const body = readBody((page as Page).body.replace(LANGUAGE, ''), inFile);
    for (const line of body.timeless) tellAt('update-time-unknown', line);
    if (body.isTextBehind) tellAt('text-behind-update', inFile);
    const ordered = inOrder(body.updates.map(postOf));
    const own = bodyOf(withDescription(body.text, field('description')), inFile);
    const at = Math.min(date ?? Infinity, ordered[0]?.at ?? Infinity);
    if (own === '' || !Number.isFinite(at)) return ordered;
    return [{ word: 'update', at, body: own, place: { file, line: inFile } }, ...ordered];
  }

  function postOf(update: Container): Post {
    const { title: name, time, line, isProper } = update;
    const written = name
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_');
    const isOwn = WORDS.has(written);
    const word = isOwn ? written : (statusMeant(name) ?? 'update');
    if (!isProper)
      tellAt('update-from-text', line, `“${name} | ${time}” is not an update in Statusfy, but was imported as one.`);
    if (!isOwn) tellAt('unknown-status', line, `“${name}” was imported as ${word}. Its name is in the text.`);
    const markdown = isOwn || name === '' ? update.text : `**${escapeMarkdown(name)}**\n\n${update.text}`;
    return {
      word,
      at: corrected(timeOf(time, line) ?? 0, update),
      body: bodyOf(markdown, line),
      place: { file, line },
    };
  }

  /** A time long before the incident is on the wrong day: it becomes the first such time from the incident on. */
  function corrected(at: Instant, { time, line }: Container): Instant {
    if (date === undefined || at >= date - EARLY) return at;
    const later = at + Math.ceil((date - at) / millisecondsInDay) * millisecondsInDay;
    const day = new Date(later).toISOString().slice(0, 10);
    tellAt('time-corrected', line, `${time} is before the incident, so its day was changed to ${day}.`);
    return later;
  }
}

/** The id that a file gives its incident; empty for none. */
export function idOf(page: Page): string {
  return textOf(page, 'id');
}

function textOf(page: Page, name: string): string {
  return cleanLine(fieldText(page, name)).replace(/^(null|~)$/, '');
}

/** A list, or names separated by commas. */
function namesOf(page: Page): string[] {
  const value = page.fields.get('affectedsystems')?.value;
  const names = Array.isArray(value) ? value.map(String) : textOf(page, 'affectedsystems').split(',');
  return names.map(cleanLine).filter((name) => name !== '');
}

function isEnd(word: string): boolean {
  return word === 'resolved' || word === 'completed' || word === 'cancelled';
}

/** The description is what Statusfy's lists show of an incident; mostly it repeats the text. */
function withDescription(text: string, description: string): string {
  const plain = (value: string): string => value.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');
  const isRepeated = description === '' || plain(text).includes(plain(description).trim());
  return isRepeated ? text : `${description}\n\n${text}`.trim();
}

function escapeMarkdown(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
