import type { Instant } from './days.ts';
import { milliseconds } from 'date-fns/milliseconds';

/**
 * Distances between the times of one event beyond which a date cannot be meant, in milliseconds. In 7,055 incidents of
 * eight companies, with 25,151 pairs of neighbouring updates, two pairs are 137 and 197 days apart, all others at most 27.
 */
export const LIMITS = {
  /** From one update to the next, unless that comes after the end. */
  silence: milliseconds({ days: 365 }),
  /** From the start of an incident to its first update. */
  unnoticed: milliseconds({ days: 365 }),
  /** From an update to the time of the next one, or of a fix, that it promises. */
  promise: milliseconds({ days: 365 }),
  /** From the start of a maintenance to its end: what takes half a year is done in windows. */
  maintenance: milliseconds({ days: 180 }),
} as const;

/** How far ahead of the clock an update may be, since clocks differ: it is shown, and one further ahead is an error. */
export const CLOCKS_DIFFER = 10 * 60_000;

/** A part of a date that was written wrong, and the time that was meant. */
export interface DateSlip {
  part: 'year' | 'month' | 'order of day and month';
  instant: Instant;
}

type Part = DateSlip['part'];

/** All parts, from the one that is mistaken most often. */
export const DATE_PARTS: readonly Part[] = ['year', 'month', 'order of day and month'];

/** Nearer than this, another month may be meant: work of a month, the next update in a month. */
const SURELY_NOT_MEANT = milliseconds({ days: 60 });

/** How far a time lies at least from the one it belongs to when a part of it is wrong, and at most once it is right. */
const DISTANCES: Readonly<Record<Part, { wrong: number; right: number }>> = {
  year: { wrong: milliseconds({ days: 300 }), right: milliseconds({ days: 45 }) },
  month: { wrong: milliseconds({ days: 25 }), right: milliseconds({ days: 2 }) },
  'order of day and month': { wrong: milliseconds({ days: 25 }), right: milliseconds({ days: 2 }) },
};

/**
 * Finds the one part of a date that puts it beside the time it belongs to once it is changed.
 * @param near the time it belongs to
 * @param parts those that are looked at. Of long distances one in ten looks like a slip of the month by chance, so that
 *   something else has to speak for one; of a slip of the year it need not
 * @returns nothing for a time that is near already, and for one that no single part puts right
 */
export function findDateSlip(
  wrong: Instant,
  near: Instant,
  parts: readonly Part[],
  side?: 'after' | 'before',
): DateSlip | undefined {
  const isOnSide = (instant: Instant) => side === undefined || (side === 'after' ? instant >= near : instant <= near);
  for (const part of parts) {
    if (Math.abs(wrong - near) < DISTANCES[part].wrong) continue;
    const fitting = changed(wrong, near, part).filter(
      (instant) => Math.abs(instant - near) <= DISTANCES[part].right && isOnSide(instant),
    );
    const [instant] = fitting.sort((a, b) => Math.abs(a - near) - Math.abs(b - near));
    if (instant !== undefined) return { part, instant };
  }
  return undefined;
}

/** Finds the part that is wrong where nothing but the distance, or the wrong side, speaks for a slip. */
export function findLoneSlip(wrong: Instant, near: Instant, side: 'after' | 'before'): DateSlip | undefined {
  const isReversed = side === 'after' ? wrong < near : wrong > near;
  const isFar = Math.abs(wrong - near) > SURELY_NOT_MEANT;
  return findDateSlip(wrong, near, isReversed || isFar ? DATE_PARTS : ['year'], side);
}

/** The times that have another year, month or order near to a time. */
function changed(wrong: Instant, near: Instant, part: Part): Instant[] {
  const [written, there] = [new Date(wrong), new Date(near)];
  const [year, month, day] = [written.getUTCFullYear(), written.getUTCMonth(), written.getUTCDate()];
  if (part === 'order of day and month') return withDate(wrong, year, day - 1, month + 1);
  return [-1, 0, 1].flatMap((step) =>
    part === 'year'
      ? withDate(wrong, there.getUTCFullYear() + step, month, day)
      : withDate(wrong, year, (there.getUTCMonth() + step + 12) % 12, day),
  );
}

/** The same time of day on another date, if there is one. */
function withDate(instant: Instant, year: number, month: number, day: number): Instant[] {
  const date = new Date(instant);
  date.setUTCFullYear(year, month, day);
  return date.getUTCMonth() === month && date.getUTCDate() === day ? [date.getTime()] : [];
}
