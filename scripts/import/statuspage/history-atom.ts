import { millisecondsInMinute } from 'date-fns/constants';
import { cleanLine } from '../../lib/text.ts';
import type { Instant } from '../../../src/core/days.ts';
import { parseAtomFeed } from 'feedsmith';
import { pageName } from '../site-text.ts';
import { CommandError } from '../../lib/errors.ts';
import type { SourcePlace } from '../model.ts';
import { listFile, note, type Report } from '../report.ts';
import { offsetOf } from '../../../src/core/time-text.ts';
import { readTime } from '../../lib/times.ts';
import { readWritten, ZONES } from '../written-time.ts';
import type { Document } from './shape.ts';

/** A time as Statuspage's feeds show it: `Nov 20, 03:25 UTC`, or `Nov 20, 03:25 - 05:00 UTC` for announced work. */
interface ShownTime {
  from: DayTime;
  to?: DayTime;
  /** As it stands; empty when none does. */
  zone: string;
}

/** A day of any year, from month 1, and a time of day in milliseconds. */
interface DayTime {
  month: number;
  day: number;
  clock: number;
}

const ZONED = /^(?<times>.*?)\s*(?<zone>(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|(?![ap]m$)[a-z]{1,5})?$/i;

/** Reads a time as it is shown; nothing when it is none. */
function readShownTime(text: string): ShownTime | undefined {
  const { times = '', zone = '' } = ZONED.exec(text.trim())?.groups ?? {};
  const [from, to] = times.split(/\s*[-–]\s*/).map(readWritten);
  if (!from?.day || from.clock === undefined) return undefined;
  const start = { ...from.day, clock: from.clock };
  return { from: start, zone, ...(to?.clock !== undefined && { to: { ...start, ...to.day, clock: to.clock } }) };
}

/** The instant of a shown time in the year in which it is nearest to `anchor`. `offset` is in minutes. */
function nearestTo(anchor: Instant, { month, day, clock }: DayTime, offset: number): Instant {
  const year = new Date(anchor).getUTCFullYear();
  const instants = [year - 1, year, year + 1].map(
    (one) => Date.UTC(one, month - 1, day) + clock - offset * millisecondsInMinute,
  );
  return instants.reduce((best, one) => (Math.abs(one - anchor) < Math.abs(best - anchor) ? one : best));
}

/** The end that is shown with a time, the first one after it. */
function endAfter(start: Instant, { to }: ShownTime, offset: number): Instant | undefined {
  if (!to) return undefined;
  const end = nearestTo(start, to, offset);
  return end > start ? end : nearestTo(start, { ...to, day: to.day + 1 }, offset);
}

/**
 * How many minutes a zone's clock is ahead of UTC, and whether that had to be guessed: where its abbreviation means several
 * things or nothing that is known, the newest update, whose time the feed also gives in full, decides.
 * @param newest what is shown of the newest update
 * @param published when that update was published
 */
function offsetIn(zone: string, newest: DayTime, published: Instant): { minutes: number; isGuessed: boolean } {
  const fixed = offsetOf(zone);
  const known = ZONES[zone.toUpperCase()] ?? (fixed === undefined ? [] : [fixed]);
  const [only] = known;
  if (only !== undefined && known.length === 1) return { minutes: only, isGuessed: false };
  const difference = (minutes: number): number => Math.abs(nearestTo(published, newest, minutes) - published);
  const candidates = known.length > 0 ? known : Array.from({ length: 105 }, (_, index) => (index - 48) * 15);
  const minutes = candidates.reduce((a, b) => (difference(b) < difference(a) ? b : a));
  return { minutes, isGuessed: true };
}

/** A Statuspage's history has so many entries, the newest. */
const SERVED = 25;
const UPDATE = /<p>\s*<small>(?<time>.*?)<\/small>\s*<br\s*\/?>\s*<strong>(?<status>.*?)<\/strong>\s*-?\s*/gs;
const PLANNED =
  /<(p|strong|b)>[^<]*(?:<strong>)?\s*THIS IS A SCHEDULED EVENT\s*<small>(?<time>.*?)<\/small>(?:<\/strong>)?\s*<\/\1>/is;

const PLANNED_STATUS = /^(scheduled|in progress|verifying|completed)$/i;

/** What feedsmith gives for an entry, as far as it is read. */
interface Entry {
  id?: string | undefined;
  title?: { value?: string | undefined } | undefined;
  published?: string | undefined;
  updated?: string | undefined;
  content?: { value?: string | undefined } | undefined;
  links?: readonly { href?: string | undefined; rel?: string | undefined }[] | undefined;
}

/** Whether a source is the Atom history of a Statuspage, by its name. */
export function isHistoryAtom(source: string): boolean {
  return /\.(atom|xml)(\.txt)?([?#].*)?$/i.test(source);
}

/**
 * The Atom history of a Statuspage in the shape of its API v2, one document an entry. What the feed leaves open
 * is guessed and goes into the report: years, and what some abbreviations of zones mean.
 * @throws {CommandError} when it is no Atom feed
 */
export function readHistoryAtom(text: string, file: string, report: Report): Document[] {
  const feed = parse(text, file);
  listFile(report, file, 'Atom history');
  const place: SourcePlace = { file };
  const address = feed.links?.find(({ rel }) => rel !== 'self')?.href;
  const name = pageName((feed.title?.value ?? '').replace(/\s*- Incident History$/i, '')) || undefined;
  const page = { name, url: address && URL.canParse(address) ? new URL(address).origin : undefined };
  const entries = feed.entries ?? [];
  const subject = page.name ?? file;
  if (entries.length > 0) {
    note(report, 'year-guessed', place, { subject });
    note(report, 'impact-missing', place, { subject });
  }
  if (entries.length >= SERVED)
    note(report, 'newest-only', place, { subject }, 'A history contains only the newest 25 incidents.');
  const zones = new Set<string>();
  const documents = entries.map((entry): Document => {
    const at = { file, line: lineOf(text, entry.id) };
    return { place: at, value: { incident: incidentOf(entry, at, zones, report) } };
  });
  return [{ place, value: { page } }, ...documents];
}

function parse(text: string, file: string): { title?: Entry['title']; links?: Entry['links']; entries?: Entry[] } {
  try {
    return parseAtomFeed(text) as ReturnType<typeof parse>;
  } catch {
    throw new CommandError(
      `${file} is not an Atom feed.\nNothing was written. Expected the /history.atom of a Statuspage.`,
    );
  }
}

function incidentOf(entry: Entry, place: SourcePlace, zones: Set<string>, report: Report): object {
  const url = entry.links?.find(({ rel }) => rel !== 'self')?.href ?? '';
  const id = /\/incidents\/([\w-]+)/.exec(url)?.[1] ?? /(\w+)$/.exec(entry.id ?? '')?.[1] ?? entry.id ?? place.line;
  const name = cleanLine(entry.title?.value ?? '');
  const about = { id: String(id), subject: name };
  const published = readTime(entry.published ?? entry.updated ?? '')?.instant;
  const content = entry.content?.value ?? '';
  const planned = readShownTime(textOf(PLANNED.exec(content)?.groups?.['time'] ?? ''));
  const parts = published === undefined ? [] : partsOf(content.replace(PLANNED, ''));
  const newest = parts.find(({ time }) => time)?.time ?? planned;
  const offset = (zone: string): number => {
    if (!newest || published === undefined) return 0;
    const { minutes, isGuessed } = offsetIn(zone, newest.from, published);
    if (isGuessed && !zones.has(zone)) {
      zones.add(zone);
      note(report, 'zone-guessed', place, about, `“${zone}” was read as ${minutes} minutes ahead of UTC.`);
    }
    return minutes;
  };
  let anchor: Instant = published ?? 0;
  const incident_updates = parts.map(({ time, shown, status, body }) => {
    // One that cannot be told keeps the text as its neighbour's, and says what stood there.
    if (time) anchor = nearestTo(anchor, time.from, offset(time.zone));
    else
      note(
        report,
        'update-time-unknown',
        place,
        about,
        `“${shown}” is not a time, so the time of the nearest update was used.`,
      );
    return { status, body, display_at: new Date(anchor).toISOString() };
  });
  if (incident_updates.length === 0 && published !== undefined) {
    note(
      report,
      'update-time-unknown',
      place,
      about,
      'It is not divided into updates, so its text was imported as one.',
    );
    incident_updates.push({ status: 'update', body: content, display_at: new Date(published).toISOString() });
  }
  const from = planned && nearestTo(published ?? 0, planned.from, offset(planned.zone));
  const until = planned && from !== undefined ? endAfter(from, planned, offset(planned.zone)) : undefined;
  return {
    id,
    name,
    url,
    status: statusOf(incident_updates[0]?.status),
    impact: parts.some(({ status }) => PLANNED_STATUS.test(status)) || planned ? 'maintenance' : 'minor',
    updated_at: entry.updated,
    ...(from !== undefined && { scheduled_for: new Date(from).toISOString() }),
    ...(until !== undefined && { scheduled_until: new Date(until).toISOString() }),
    incident_updates,
  };
}

interface Part {
  time: ShownTime | undefined;
  /** The time as it stands. */
  shown: string;
  status: string;
  body: string;
}

function partsOf(content: string): Part[] {
  const matches = [...content.matchAll(UPDATE)];
  return matches.map((match, index) => {
    const end = matches[index + 1]?.index ?? content.length;
    const shown = textOf(match.groups?.['time'] ?? '');
    const body = content
      .slice(match.index + match[0].length, end)
      .trim()
      .replace(/<\/p>$/, '');
    return { time: readShownTime(shown), shown, status: textOf(match.groups?.['status'] ?? ''), body };
  });
}

function statusOf(status: string | undefined): string {
  return (status ?? '').toLowerCase().replace(/\s+/g, '_');
}

function textOf(html: string): string {
  return cleanLine(html.replace(/<[^>]*>/g, '').replaceAll('&nbsp;', ' '));
}

function lineOf(text: string, id: string | undefined): number {
  const index = id === undefined ? -1 : text.indexOf(`<id>${id}</id>`);
  return text.slice(0, Math.max(0, index)).split('\n').length;
}
