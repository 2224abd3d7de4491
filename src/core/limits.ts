import type { Instant } from './days.ts';
import { milliseconds } from 'date-fns/milliseconds';

/**
 * The longest plausible time between two times of one event, in milliseconds; beyond it, a date is taken for a typing
 * error. In 7,055 incidents of eight companies, two of 25,151 pairs of neighbouring updates are 137 and 197 days apart,
 * all others at most 27.
 */
export const LIMITS = {
  /** From one update to the next, unless that comes after the end. */
  silence: milliseconds({ days: 365 }),
  /** From the start of an incident to its first update. */
  unnoticed: milliseconds({ days: 365 }),
  /** From an update to the next update or fix that it promises. */
  promise: milliseconds({ days: 365 }),
  /** From the start of a maintenance to its end. Longer work is split into several windows. */
  maintenance: milliseconds({ days: 180 }),
} as const;

/** How far ahead of the clock an update can be, because clocks differ. Further ahead is an error. */
export const CLOCKS_DIFFER = 10 * 60_000;

/** The part of a date that is wrong, and the corrected time. */
export interface DateSlip {
  part: 'year' | 'month' | 'order of day and month';
  instant: Instant;
}

type Part = DateSlip['part'];

/** The parts of a date, most frequent typing errors first. */
export const DATE_PARTS: readonly Part[] = ['year', 'month', 'order of day and month'];

/** Below this distance, a wrong month is not certain: maintenance can take a month. */
const SURELY_NOT_MEANT = milliseconds({ days: 60 });

/** The least distance of a wrong time from its neighbour, and the greatest distance once it is corrected. */
const DISTANCES: Readonly<Record<Part, { wrong: number; right: number }>> = {
  year: { wrong: milliseconds({ days: 300 }), right: milliseconds({ days: 45 }) },
  month: { wrong: milliseconds({ days: 25 }), right: milliseconds({ days: 2 }) },
  'order of day and month': { wrong: milliseconds({ days: 25 }), right: milliseconds({ days: 2 }) },
};

/**
 * Finds the one part of a date that is probably wrong.
 * @param near the time that it should be close to
 * @param parts those to check. One long distance in ten looks like a wrong month by chance, so check the month only if
 *   something else is wrong too. A wrong year needs no other evidence
 * @returns undefined if the time is close already, or if no single part explains the distance
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

/** Finds the wrong part of a date if the only evidence is its distance, or that it is on the wrong side. */
export function findLoneSlip(wrong: Instant, near: Instant, side: 'after' | 'before'): DateSlip | undefined {
  const isReversed = side === 'after' ? wrong < near : wrong > near;
  const isFar = Math.abs(wrong - near) > SURELY_NOT_MEANT;
  return findDateSlip(wrong, near, isReversed || isFar ? DATE_PARTS : ['year'], side);
}

/** The candidates with another year, month or order of day and month. */
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
