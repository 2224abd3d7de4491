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
