import { milliseconds } from 'date-fns/milliseconds';
import type { Instant } from './days.ts';
import { RRuleTemporal } from 'rrule-temporal';

/** How far ahead the occurrences of recurring maintenance are announced. */
export const ANNOUNCED_AHEAD = milliseconds({ days: 60 });

/** The most occurrences of one file that have pages: eleven years if daily. The newest count. */
export const MOST_OCCURRENCES = 4000;
/** The most steps that the library takes: more than there are days from 1990 to 2199. */
const MOST_STEPS = 80_000;

const PARTS = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS', 'WKST'];
/** Valid values of the parts of a rule. */
const VALUES: Readonly<Record<string, RegExp>> = {
  INTERVAL: /^[1-9]\d{0,3}$/,
  COUNT: /^[1-9]\d{0,4}$/,
  BYDAY:
    /^([+-]?([1-9]|[1-4]\d|5[0-3]))?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?([1-9]|[1-4]\d|5[0-3]))?(MO|TU|WE|TH|FR|SA|SU))*$/i,
  BYSETPOS: /^[+-]?[1-9]\d{0,2}(,[+-]?[1-9]\d{0,2})*$/,
  WKST: /^(MO|TU|WE|TH|FR|SA|SU)$/i,
  BYMONTH: /^([1-9]|1[0-2])(,([1-9]|1[0-2]))*$/,
  BYMONTHDAY: /^-?([1-9]|[12]\d|3[01])(,-?([1-9]|[12]\d|3[01]))*$/,
};
const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];

/**
 * What is wrong with a rule of recurrence. Undefined if it is valid: a rule of RFC 5545, section 3.3.10, from daily to
 * yearly.
 */
export function ruleProblem(rule: string): string | undefined {
  const parts = rule.split(';').map((part) => part.split('='));
  const unknown = parts.find(([name = '', value]) => !PARTS.includes(name.toUpperCase()) || !value);
  if (unknown) return `“${unknown.join('=')}” is not part of a rule; use ${PARTS.join(', ')}`;
  const names = parts.map(([name]) => name?.toUpperCase());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) return `it has ${twice} twice`;
  const wrong = parts.find(([name = '', value = '']) => !(VALUES[name.toUpperCase()] ?? /./).test(value));
  if (wrong) return `the value in “${wrong.join('=')}” is not valid`;
  const frequency = parts.find(([name]) => name?.toUpperCase() === 'FREQ')?.[1]?.toUpperCase() ?? '';
  if (!FREQUENCIES.includes(frequency)) return `a rule starts with FREQ, followed by one of ${FREQUENCIES.join(', ')}`;
  try {
    occurrences(rule, Date.UTC(2026, 0, 1), 'UTC', Date.UTC(2026, 1, 1));
    return undefined;
  } catch {
    return 'UNTIL must be a day that exists, such as UNTIL=20271231';
  }
}

/**
 * The starts of a recurring event, oldest first. Times of day are in the zone, so 02:00 stays 02:00 when clocks change. If
 * clocks skip that time, there is no occurrence; if they show it twice, the first one counts (RFC 5545, 3.3.10 and 3.3.5).
 * @param first the start of the rule. It is an occurrence only if the rule includes it
 * @param last the end of the search
 */
export function occurrencesOf(rule: string, first: Instant, zone: string, last: Instant): Instant[] {
  const found: Instant[] = [];
  occurrences(rule, first, zone, last).all(({ epochMilliseconds }) => {
    if (epochMilliseconds <= last) found.push(epochMilliseconds);
    return epochMilliseconds <= last;
  });
  return found;
}

/** @param last where the search ends if the rule has no end */
function occurrences(rule: string, first: Instant, zone: string, last: Instant): RRuleTemporal {
  const zoned = (instant: Instant) => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  const rruleString = rule.toUpperCase();
  const end = /UNTIL=/.test(rruleString) ? {} : { until: zoned(Math.max(first, last)) };
  return new RRuleTemporal({ rruleString, dtstart: zoned(first), ...end, maxIterations: MOST_STEPS, cache: false });
}
