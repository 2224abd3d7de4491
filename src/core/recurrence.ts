import { RRuleTemporal } from 'rrule-temporal';
import type { Instant } from './model.ts';

/** How far ahead the occurrences of recurring maintenance are announced. */
export const ANNOUNCED_AHEAD = 60 * 86_400_000;

const PARTS = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS', 'WKST'];
/** What stands behind parts that take numbers. */
const NUMBERS: Readonly<Record<string, RegExp>> = {
  INTERVAL: /^[1-9]\d{0,3}$/,
  COUNT: /^[1-9]\d{0,4}$/,
  BYMONTH: /^([1-9]|1[0-2])(,([1-9]|1[0-2]))*$/,
  BYMONTHDAY: /^-?([1-9]|[12]\d|3[01])(,-?([1-9]|[12]\d|3[01]))*$/,
};
const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];

/**
 * Why a text is no rule of recurrence that maintenance can follow; nothing when it is one.
 * The rules are those of RFC 5545, section 3.3.10, from daily to yearly.
 */
export function ruleProblem(rule: string): string | undefined {
  const parts = rule.split(';').map((part) => part.split('='));
  const unknown = parts.find(([name = '', value]) => !PARTS.includes(name.toUpperCase()) || !value);
  if (unknown) return `“${unknown.join('=')}” is no part of a rule; known are ${PARTS.join(', ')}`;
  const names = parts.map(([name]) => name?.toUpperCase());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) return `${twice} stands twice in it`;
  const wrong = parts.find(([name = '', value = '']) => !(NUMBERS[name.toUpperCase()] ?? /./).test(value));
  if (wrong) return `“${wrong.join('=')}” has no number that it can have`;
  const frequency = parts.find(([name]) => name?.toUpperCase() === 'FREQ')?.[1]?.toUpperCase() ?? '';
  if (!FREQUENCIES.includes(frequency)) return `A rule begins with FREQ, which is one of ${FREQUENCIES.join(', ')}`;
  try {
    occurrences(rule, Date.UTC(2026, 0, 1), 'UTC').all((_, index) => index < 1);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * The instants at which something that recurs begins, oldest first. Times of day are those of the zone, so that
 * 02:00 stays 02:00 when clocks change. On a day on which clocks skip that time nothing begins, and where they show it
 * twice it begins the first time (RFC 5545, 3.3.10 and 3.3.5).
 * @param first the beginning that the rule counts from, itself an occurrence only if the rule says so
 * @param last the latest instant that is asked for
 */
export function occurrencesOf(rule: string, first: Instant, zone: string, last: Instant): Instant[] {
  return occurrences(rule, first, zone)
    .between(new Date(first), new Date(last), true)
    .map(({ epochMilliseconds }) => epochMilliseconds);
}

function occurrences(rule: string, first: Instant, zone: string): RRuleTemporal {
  const dtstart = Temporal.Instant.fromEpochMilliseconds(first).toZonedDateTimeISO(zone);
  return new RRuleTemporal({ rruleString: rule.toUpperCase(), dtstart });
}
