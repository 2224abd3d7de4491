import { millisecondsInMinute, secondsInHour } from 'date-fns/constants';
import { milliseconds } from 'date-fns/milliseconds';
import type { Instant } from './days.ts';
import { addDays, dayOf } from './days.ts';
import {
  formatTime,
  namedOffset,
  nearestClock,
  normalizeSigns,
  offsetOf,
  parseClock,
  parseTime,
  readWrittenTime,
  withOffset,
} from './time-text.ts';
import type { WrittenTime } from './time-text.ts';

/** The context for reading a time in words. */
interface TimeWords {
  /** The current time, for “now”, “today” and “tomorrow”. */
  now: Instant;
  /** The start for durations and times without a date. By default, `now`. */
  from?: Instant;
  /** Whether durations and times without a date are before or after `from`. */
  direction: 'after' | 'before';
  /** The site's time zone, an IANA name, for times without a zone. */
  zone: string;
}

/** An instant, or a sentence that says what is wrong. */
type TimeInWords = { instant: Instant } | { problem: string };

const HALF_DAY = milliseconds({ hours: 12 });
const DURATION = /^(?:(?<days>\d{1,3})d)?(?:(?<hours>\d{1,4}(?:[.,]\d{1,2})?)h)?(?:(?<minutes>\d{1,5})m)?$/;
const UNIT = /(?<=\d\s*)(days?|hours?|hrs?|minutes?|mins?)(?![a-z])/g;

/** The start of the minute that an instant lies in. */
export function minuteOf(instant: Instant): Instant {
  return Math.floor(instant / millisecondsInMinute) * millisecondsInMinute;
}

/** Reads `2h`, `1h30m` or `20 minutes` as milliseconds. Undefined if the text is not a duration. */
export function readDuration(text: string): number | undefined {
  const short = text
    .trim()
    .toLowerCase()
    .replace(/\b(half|quarter of) (an|a) hour\b/g, (_, part: string) => (part === 'half' ? '30 min' : '15 min'))
    .replace(/\b(an|a|one) (?=hour|minute|day)/g, '1 ')
    .replace(UNIT, (unit) => unit.charAt(0))
    .replace(/\band\b|\s+/g, '');
  const match = short === '' ? undefined : DURATION.exec(short)?.groups;
  if (!match) return undefined;
  const { days = 0, hours = 0, minutes = 0 } = match;
  // Two decimals of an hour are whole seconds.
  const seconds = Math.round(Number(String(hours).replace(',', '.')) * secondsInHour);
  return milliseconds({ days: Number(days), minutes: Number(minutes), seconds });
}

/**
 * Reads a time as people say and write it: `now`, `30m`, `half an hour ago`, `14:30`, `10:50 pm CET`, `tomorrow 02:00`,
 * `28.11.2026 21:43`, a Unix timestamp, and everything that the content format accepts. Without a zone, it is in the
 * site's. If a text can mean two times, the problem names both.
 */
export function readTimeWords(text: string, { now, from = now, direction, zone }: TimeWords): TimeInWords {
  const words = normalizeSigns(text);
  if (/^(right )?now$/i.test(words)) return { instant: minuteOf(now) };
  const exact = parseTime(words, zone);
  if ('instant' in exact) return exact;

  const stamp = /^@?(?<seconds>[12]\d{9})(?:\d{3})?$/.exec(words)?.groups;
  if (stamp) return { instant: Number(stamp['seconds']) * 1000 };
  const away = relative(words, direction);
  if (away !== undefined) return { instant: minuteOf(from) + away };

  const written = readWrittenTime(words, dayOf(now, zone));
  if (written === 'impossible') return { problem: `“${words}” is a time that does not exist.` };
  const [day, other] = written?.days ?? [];
  if (!written) {
    return {
      problem: `“${words}” is not a valid time. Use a form such as 30m, 2h, 20 minutes ago, 14:30, tomorrow 02:00 or ${formatTime(minuteOf(now))}.`,
    };
  }
  if (day === undefined) return bareClock(written, from, direction, zone);
  if (other === undefined) return onDay(day, written, zone);
  const forms = [day, other].map((one) => onDay(one, written, zone));
  const times = forms.map((form) => ('instant' in form ? formatTime(form.instant) : form.problem));
  return { problem: `“${words}” could mean two days. Write ${times.join(', or ')}.` };
}

/** Milliseconds from now for `30m`, `in 2 hours` or `half an hour ago`. */
function relative(words: string, direction: TimeWords['direction']): number | undefined {
  const match =
    /^(?<ahead>(?:in|within) )?(?:about |around |~ ?)?(?<length>.*?)(?<later> from now)?(?<ago> ago)?$/i.exec(words);
  const { ahead, length = '', later, ago } = match?.groups ?? {};
  const duration = (ahead ?? later) && ago ? undefined : readDuration(length);
  if (duration === undefined) return undefined;
  return ago || (!ahead && !later && direction === 'before') ? -duration : duration;
}

/** Writes an instant with the offset of a zone, or UTC. */
export function formatTimeIn(instant: Instant, zone: string): string {
  const offset =
    offsetOf(zone) ?? Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).offsetNanoseconds / 60e9;
  return withOffset(instant + offset * millisecondsInMinute, offset);
}

/**
 * The zone that the times in a text are written in: `UTC`, or an offset as `+01:00`, whichever is most frequent.
 */
export function zoneSpoken(text: string): string | undefined {
  const counts = new Map<string, number>();
  for (const [, written = ''] of text.matchAll(/\d:\d{2}(?::\d{2})?[ \t]*(utc|z|[+-]\d{2}:\d{2})(?![\w:])/gi)) {
    const offset = offsetOf(written);
    if (offset === undefined) continue;
    const zone = offset === 0 ? 'UTC' : written;
    counts.set(zone, (counts.get(zone) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/**
 * The correct form of a time that the content format does not accept, if its meaning is clear.
 * @param spoken the zone of the file's other times. Without it, the written zone stays
 */
export function suggestTime(text: string, context: TimeWords & { spoken?: string | undefined }): string | undefined {
  const { spoken, ...against } = context;
  const zone = spoken ?? context.zone;
  const exact = parseTime(normalizeSigns(text), zone);
  if ('problem' in exact && exact.problem.expected !== undefined && spoken === undefined) return exact.problem.expected;
  const result = readTimeWords(text, { ...against, zone });
  return 'instant' in result ? formatTimeIn(result.instant, zone) : undefined;
}

/**
 * Writes a time for a labelled line, without its date if it is clear from the update.
 * @param at the time of the update
 * @param zone to write the time in
 */
export function writeTimeNear(instant: Instant, at: Instant, direction: 'after' | 'before', zone = 'UTC'): string {
  const full = formatTimeIn(instant, zone);
  const short = full.slice('2026-11-20 '.length);
  const clock = parseClock(short);
  const same = clock && nearestClock(clock, at, direction) === instant && Math.abs(instant - at) <= HALF_DAY;
  return same ? short : full;
}

function bareClock(written: WrittenTime, from: Instant, direction: TimeWords['direction'], zone: string): TimeInWords {
  const offset = offsetOf(written.zone);
  if (offset !== undefined) {
    return { instant: nearestClock({ milliseconds: written.clock, offset }, from, direction) };
  }
  const today = dayOf(from, zone);
  const step = direction === 'after' ? 1 : -1;
  for (const day of [today, addDays(today, step), addDays(today, 2 * step)]) {
    const result = onDay(day, written, zone);
    if ('problem' in result) return result;
    if (direction === 'after' ? result.instant > from : result.instant <= from) return result;
  }
  return { problem: `${clockText(written)} is ambiguous on these days. Write the date too.` };
}

function onDay(day: string, { clock, zone: named }: WrittenTime, siteZone: string): TimeInWords {
  const wall = Date.parse(`${day}T00:00Z`) + clock;
  const fixed = named === '' ? undefined : (offsetOf(named) ?? namedOffset(named, wall));
  if (fixed !== undefined) return { instant: wall - fixed * millisecondsInMinute };
  if (named !== '') return { problem: `“${named}” is not a known time zone. Write the offset, as in +01:00, or UTC.` };
  return onLocalDay(day, wall, siteZone);
}

function clockText({ clock }: WrittenTime): string {
  return `“${new Date(clock).toISOString().slice(11, 16)}”`;
}

/** When clocks change, a time of day can occur twice or never. Then it is an error, not a guess. */
function onLocalDay(day: string, wall: number, zone: string): TimeInWords {
  const local = Temporal.PlainDateTime.from(new Date(wall).toISOString().slice(0, 19));
  const [earlier, later] = (['earlier', 'later'] as const).map(
    (disambiguation) => local.toZonedDateTime(zone, { disambiguation }).epochMilliseconds,
  );
  if (earlier === undefined || earlier !== later) {
    const clock = local.toPlainTime().toString().slice(0, 5);
    const problem = `Clocks change in ${zone} on ${day}, so ${clock} does not name one point in time. Write it in UTC, as ${formatTime(later ?? wall)}.`;
    return { problem };
  }
  return { instant: earlier };
}
