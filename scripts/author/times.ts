import { addDays, dayOf } from '../../src/core/days.ts';
import type { Instant } from '../../src/core/model.ts';
import { formatTime, nearestClock, parseClock, parseTime } from '../../src/core/time-text.ts';

/** What a time in words is read against. */
export interface TimeWords {
  /** What “now”, “today” and “tomorrow” mean. */
  now: Instant;
  /** What durations and bare times of day count from; `now` unless given. */
  from?: Instant;
  /** Which side of `from` a bare duration or time of day lies on. */
  direction: 'after' | 'before';
  /** The site's zone, an IANA name, for times that state none. */
  zone: string;
}

/** An instant, or a full sentence that says why there is none. */
export type TimeInWords = { instant: Instant } | { problem: string };

const MINUTE = 60_000;
const HALF_DAY = 12 * 60 * MINUTE;
const DAYS = { yesterday: -1, today: 0, tomorrow: 1 } as const;
const CLOCK = String.raw`(?<clock>\d{1,2}:\d{2})`;
const ZONE = String.raw`\s*(?<zone>UTC|Z|[+-]\d{2}:\d{2})?`;
const CLOCK_ONLY = new RegExp(`^${CLOCK}${ZONE}$`, 'i');
const DAY_AND_CLOCK = new RegExp(
  String.raw`^(?<day>yesterday|today|tomorrow|\d{4}-\d{2}-\d{2})(?:\s+at\s+|\s+|T)${CLOCK}${ZONE}$`,
  'i',
);
const DURATION = /^(?:(?<days>\d{1,3})d)?(?:(?<hours>\d{1,4})h)?(?:(?<minutes>\d{1,5})m)?$/;

/** The start of the minute that an instant lies in. */
export function minuteOf(instant: Instant): Instant {
  return Math.floor(instant / MINUTE) * MINUTE;
}

/** Reads `2h`, `1h30m` or `20 minutes` as milliseconds; nothing if the text is no duration. */
export function readDuration(text: string): number | undefined {
  const short = text
    .trim()
    .toLowerCase()
    .replace(/(?<=\d\s*)(days?|hours?|hrs?|minutes?|mins?)(?![a-z])/g, (unit) => unit.charAt(0))
    .replace(/\band\b|\s+/g, '');
  const match = short === '' ? undefined : DURATION.exec(short)?.groups;
  if (!match) return undefined;
  const { days = 0, hours = 0, minutes = 0 } = match;
  return (Number(days) * 1440 + Number(hours) * 60 + Number(minutes)) * MINUTE;
}

/**
 * Reads a time as people say it: `now`, `30m`, `in 2 hours`, `20 minutes ago`, `14:30`, `tomorrow 02:00`,
 * `2026-11-20 14:30`, and everything that the content format takes. Without a zone it is the site's.
 */
export function readTimeWords(text: string, { now, from = now, direction, zone }: TimeWords): TimeInWords {
  const words = text.trim().replace(/\s+/g, ' ');
  if (/^now$/i.test(words)) return { instant: minuteOf(now) };

  const exact = parseTime(words, zone);
  if ('instant' in exact) return exact;
  if (exact.problem.ruleId === 'time-impossible') return { problem: exact.problem.reason };

  const { ahead, length = '', ago } = /^(?<ahead>in )?(?<length>.*?)(?<ago> ago)?$/i.exec(words)?.groups ?? {};
  const duration = ahead && ago ? undefined : readDuration(length);
  if (duration !== undefined) {
    const back = ago || (!ahead && direction === 'before');
    return { instant: minuteOf(from) + (back ? -duration : duration) };
  }
  const dated = DAY_AND_CLOCK.exec(words)?.groups;
  if (dated) {
    const day = dated['day']?.toLowerCase() ?? '';
    const date = day in DAYS ? addDays(dayOf(now, zone), DAYS[day as keyof typeof DAYS]) : day;
    return dated['zone']
      ? onDay(date, `${dated['clock']} ${dated['zone']}`, zone)
      : onLocalDay(date, dated['clock'] ?? '', zone);
  }
  const bare = CLOCK_ONLY.exec(words)?.groups;
  if (bare) return bareClock(words, bare['clock'] ?? '', from, direction, zone);
  return {
    problem: `“${words}” is not a time that can be read. Write it as 30m, 2h, 20 minutes ago, 14:30, tomorrow 02:00 or ${formatTime(minuteOf(now))}.`,
  };
}

/**
 * The form that a careful person writes in a labelled line: without the date where the reader finds the same
 * instant without it.
 * @param at the time of the update that the line stands in
 */
export function writeTimeNear(instant: Instant, at: Instant, direction: 'after' | 'before'): string {
  const full = formatTime(instant);
  const short = full.slice('2026-11-20 '.length);
  const clock = parseClock(short);
  const same = clock && nearestClock(clock, at, direction) === instant && Math.abs(instant - at) <= HALF_DAY;
  return same ? short : full;
}

function bareClock(
  words: string,
  clock: string,
  from: Instant,
  direction: TimeWords['direction'],
  zone: string,
): TimeInWords {
  const stated = parseClock(words);
  if (stated) return { instant: nearestClock(stated, from, direction) };
  const today = dayOf(from, zone);
  const days = direction === 'after' ? [today, addDays(today, 1)] : [today, addDays(today, -1)];
  for (const day of days) {
    const result = onLocalDay(day, clock, zone);
    if ('problem' in result) return result;
    if (direction === 'after' ? result.instant > from : result.instant <= from) return result;
  }
  return { problem: `“${clock}” cannot be told on these days. Write the date as well.` };
}

function onDay(day: string, clock: string, zone: string): TimeInWords {
  const result = parseTime(`${day} ${clock}`, zone);
  return 'instant' in result ? result : { problem: result.problem.reason };
}

/** A time of day where clocks change may come twice or never; then nobody should guess. */
function onLocalDay(day: string, clock: string, zone: string): TimeInWords {
  const utc = parseTime(`${day} ${clock} UTC`, zone);
  if ('problem' in utc) return { problem: `“${day} ${clock}” is a time that does not exist.` };
  const local = Temporal.PlainDateTime.from(new Date(utc.instant).toISOString().slice(0, 16));
  const [earlier, later] = (['earlier', 'later'] as const).map(
    (disambiguation) => local.toZonedDateTime(zone, { disambiguation }).epochMilliseconds,
  );
  if (earlier === undefined || earlier !== later) {
    const problem = `Clocks change in ${zone} on ${day}, so ${clock} does not name one time. Write it in UTC, as ${formatTime(later ?? utc.instant)}.`;
    return { problem };
  }
  return { instant: earlier };
}
