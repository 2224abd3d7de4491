import { dayOf, startOfDay } from './days.ts';
import type { Instant } from './model.ts';

/** A calendar month of the site's zone with its bounds. */
export interface MonthSpan {
  /** `YYYY-MM`. */
  month: string;
  from: Instant;
  /** The first instant of the next one. */
  to: Instant;
}

/**
 * Every month from that of one instant to that of another, oldest first.
 * @param before how many months before the first are wanted too
 */
export function monthsBetween(first: Instant, last: Instant, zone: string, before = 0): MonthSpan[] {
  const end = Temporal.PlainYearMonth.from(dayOf(last, zone).slice(0, 7));
  const months: MonthSpan[] = [];
  let name = Temporal.PlainYearMonth.from(dayOf(first, zone).slice(0, 7)).subtract({ months: before });
  let from = startOfDay(`${name.toString()}-01`, zone);
  while (Temporal.PlainYearMonth.compare(name, end) <= 0) {
    const next = name.add({ months: 1 });
    const to = startOfDay(`${next.toString()}-01`, zone);
    months.push({ month: name.toString(), from, to });
    [name, from] = [next, to];
  }
  return months;
}

/** The place of the month that an instant falls on; that of the first or the last one when it lies outside. */
export function monthIndex(months: readonly MonthSpan[], at: Instant): number {
  let [low, high] = [0, months.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((months[middle]?.from ?? Infinity) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
