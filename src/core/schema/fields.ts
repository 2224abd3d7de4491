import { minutesInDay, minutesInHour } from 'date-fns/constants';
import { milliseconds } from 'date-fns/milliseconds';
import type { Instant } from '../days.ts';
import { z } from 'zod';
import { calendarDay, FIRST_YEAR, LAST_YEAR, startOfDay } from '../days.ts';
import { ruleProblem } from '../recurrence.ts';
import { suggestTime } from '../human-time.ts';
import { parseTime, TIME_PATTERN } from '../time-text.ts';

/** Functions that correct a setting. Each returns undefined if the meaning is unclear. */

/** Corrects a duration: `5 minutes` to `5m`, `1.5 hours` to `90m`. */
function suggestDuration(written: string): string | undefined {
  const match = /^(?<count>\d+(?:[.,]\d+)?)\s*(?<unit>m|h|d)(?:in(?:ute)?s?|rs?|ours?|ays?)?$/i.exec(
    written.trim(),
  )?.groups;
  const unit = match?.['unit']?.toLowerCase();
  const count = Number(match?.['count']?.replace(',', '.'));
  if (!unit || !(count > 0)) return undefined;
  if (Number.isInteger(count)) return `${count}${unit}`;
  const minutes = count * { m: 1, h: minutesInHour, d: minutesInDay }[unit as 'm' | 'h' | 'd'];
  return Number.isInteger(minutes) ? `${minutes}m` : undefined;
}

/** Makes an id from a name: `Check Out` becomes `check-out`. */
export function suggestId(written: string): string | undefined {
  const words = written
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join('-').slice(0, 100).replace(/-$/, '');
}

/** Corrects a colour without `#`, or with three digits. */
export function suggestColour(written: string): string | undefined {
  const digits = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(written.trim())?.[1]?.toLowerCase();
  if (digits === undefined) return undefined;
  return `#${digits.length === 6 ? digits : digits.replace(/./g, '$&$&')}`;
}

/** Adds the scheme to an address: `mailto:` for email. */
export function suggestAddress(written: string): string | undefined {
  if (/^[^\s@/:]+@[^\s@/:]+\.[a-z]{2,}$/i.test(written)) return `mailto:${written}`;
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(\/[^\s?#]*)?$/i.test(written) ? `https://${written}` : undefined;
}

/** Finds the time zone of a city, or one with a similar name: `Berlin`, `europe/berlinn`. */
export function suggestTimeZone(written: string): string | undefined {
  const name = written.trim().toLowerCase().replace(/\s+/g, '_');
  const zones = Intl.supportedValuesOf('timeZone');
  const city = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1).toLowerCase();
  const same = zones.find((zone) => city(zone) === city(name));
  const isNear = (zone: string) =>
    name.length > 5 && (zone.toLowerCase().startsWith(name) || name.startsWith(zone.toLowerCase()));
  return same ?? zones.find(isNear);
}

/** Extra fields of a custom schema issue, for its diagnostic. */
export interface IssueParams {
  ruleId: string;
  /** What to write in place of the value. */
  expected?: string;
}

/** Ids of components and groups. */
export const ID_PATTERN = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A text of one line, not empty. */
export const line = z
  .string()
  .trim()
  .min(1, 'some text')
  .regex(/^[^\u0000-\u001F\u007F-\u009F\uFFFE\uFFFF]*$/, 'text in one line, without control characters')
  .refine((text) => text.isWellFormed(), 'text that is valid Unicode');

/** A text, or one for each language of the page: `{ de: Kasse, en: Checkout }`. */
export const localizedLine = z.union([line, z.record(z.string(), line)]);

export type LocalizedLine = z.output<typeof localizedLine>;

export const id = z
  .string()
  .superRefine(inForm((text) => ID_PATTERN.test(text), 'lowercase letters, digits and single hyphens', suggestId))
  .meta({ pattern: ID_PATTERN.source })
  .max(100, 'at most 100 characters')
  // Every JavaScript object has a property with this name.
  .refine((text) => text !== 'constructor', 'an id other than `constructor`, such as `constructor-1`');

/** Rejects an address with a user name or password, because the page and the repository would show it. */
export function refuseAccount(value: string, context: z.RefinementCtx): void {
  const account = /^(https?:\/\/)[^/?#]*@/i;
  if (!account.test(value)) return;
  const message =
    'The URL contains a user name or password, which everyone who reads the page would see. Remove it, and change the password.';
  const params: IssueParams = { ruleId: 'secret-written', expected: value.replace(account, '$1') };
  context.addIssue({ code: 'custom', message, params: { ...params }, continue: false });
}

/** Ten years, in milliseconds, so that a valid time plus a duration is a valid time. */
const LONGEST = milliseconds({ days: 3650 });

/** Rejects a text in the wrong form, and suggests the correct text if the meaning is clear. */
export function inForm(test: (text: string) => boolean, message: string, meant: (text: string) => string | undefined) {
  return (text: string, context: z.RefinementCtx): void => {
    if (test(text)) return;
    const expected = meant(text);
    const isRight = expected !== undefined && test(expected);
    context.addIssue({ code: 'custom', message, ...(isRight && { params: { expected } }) });
  };
}

const UNITS = { m: 'minutes', h: 'hours', d: 'days' } as const;
const DURATION = /^[1-9]\d*[mhd]$/;

/** A duration, in milliseconds. */
export const duration = z
  .string()
  .superRefine(inForm((text) => DURATION.test(text), 'a duration such as `20m`, `2h` or `3d`', suggestDuration))
  .superRefine(refuseEndless)
  .meta({ pattern: DURATION.source })
  .transform(readLength);

/** Times before a maintenance. More than a month before, most of them are not announced yet. */
export const reminders = z.array(
  duration.superRefine((length, context) => {
    if (length <= milliseconds({ days: 30 })) return;
    const params: IssueParams = { ruleId: 'bad-value', expected: '30d' };
    context.addIssue({ code: 'custom', message: 'A reminder comes at most 30 days before.', params: { ...params } });
  }),
);

/** `none` is `null`. */
export const durationOrNone = z
  .string()
  .superRefine(
    inForm((text) => text === 'none' || DURATION.test(text), 'a duration such as `3d`, or `none`', suggestDuration),
  )
  .superRefine(refuseEndless)
  .meta({ pattern: '^([1-9]\\d*[mhd]|none)$' })
  .transform((text) => (text === 'none' ? null : readLength(text)));

function refuseEndless(text: string, context: z.RefinementCtx): void {
  if (!(readLength(text) > LONGEST)) return;
  const params: IssueParams = { ruleId: 'bad-value', expected: '3650d' };
  context.addIssue({
    code: 'custom',
    message: 'A duration can be at most ten years (3650 days).',
    params: { ...params },
  });
}

function readLength(written: string): number {
  return milliseconds({ [UNITS[written.slice(-1) as 'm' | 'h' | 'd']]: Number(written.slice(0, -1)) });
}

const WRITTEN_TIME = {
  pattern: TIME_PATTERN,
  patternErrorMessage: 'A time must include its time zone, for example 2026-11-20 09:20 UTC.',
  examples: ['2026-11-20 09:20 UTC'],
};

/** The context for reading the times of a file. */
export interface TimeContext {
  /** The site's, an IANA name. */
  zone: string;
  /** The zone of the file's other times, for suggestions. */
  spoken?: string | undefined;
  /** The current time. Without it, only full dates are understood. */
  now?: Instant;
}

/** An instant, written with its zone. */
export function time(against: TimeContext) {
  return z
    .string()
    .meta(WRITTEN_TIME)
    .transform((text, context) => readTime(text, against, context));
}

/** An exception of a series: cancelled or moved, perhaps with the time of its announcement. */
export interface OccurrenceChange {
  /** The new start; left out if it is cancelled. */
  moved?: Instant;
  /** When the change was announced. Without it, the occurrence was never planned otherwise. */
  announced?: Instant;
}

/** `cancelled`, `2026-12-23 02:00 UTC`, or `{moved: …, announced: …}` and `{cancelled: true, announced: …}`. */
export function occurrenceChange(against: TimeContext) {
  const short = z
    .string()
    .meta({ examples: ['cancelled', ...WRITTEN_TIME.examples] })
    .transform((text, context): OccurrenceChange =>
      text === 'cancelled' ? {} : { moved: readTime(text, against, context) },
    );
  const full = z
    .strictObject({
      moved: time(against).optional().describe('The new start time.'),
      cancelled: z.literal('true').optional().describe('Whether it is cancelled.'),
      announced: time(against).optional().describe('When the change was announced.'),
    })
    .refine(({ moved, cancelled }) => (moved === undefined) !== (cancelled === undefined), {
      error: 'either `moved` with the new start, or `cancelled: true`',
    })
    .transform(({ moved, announced }): OccurrenceChange => ({
      ...(moved !== undefined && { moved }),
      ...(announced !== undefined && { announced }),
    }));
  return z.union([short, full]);
}

function readTime(text: string, { zone, spoken, now }: TimeContext, context: z.RefinementCtx): Instant {
  const result = parseTime(text, spoken ?? zone);
  if ('instant' in result) return result.instant;
  const { ruleId, reason } = result.problem;
  const expected =
    now === undefined ? result.problem.expected : suggestTime(text, { now, direction: 'before', zone, spoken });
  const params: IssueParams = { ruleId, ...(expected !== undefined && { expected }) };
  context.addIssue({ code: 'custom', message: reason, params: { ...params } });
  return z.NEVER;
}

/** A rule of recurrence by RFC 5545: `FREQ=WEEKLY;BYDAY=TU`. */
export const recurrence = z
  .string()
  .refine((rule) => ruleProblem(rule) === undefined, {
    error: ({ input }) => `a rule such as \`FREQ=WEEKLY;BYDAY=TU\` (${ruleProblem(String(input)) ?? ''})`,
  })
  .meta({ examples: ['FREQ=WEEKLY;BYDAY=TU'] });

/** A calendar day in the site's zone, as its first instant. */
export function day(zone: string) {
  return z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as `2026-11-20`')
    .refine((text) => calendarDay(text) !== undefined, `a day that exists, from ${FIRST_YEAR} to ${LAST_YEAR}`)
    .transform((text) => startOfDay(text, zone));
}
