/** Earlier years come from programs (a zero time), later ones from typing errors. */
export const FIRST_YEAR = 1990;
export const LAST_YEAR = 2199;

/** Midnight UTC of a day `YYYY-MM-DD` that exists, from `FIRST_YEAR` to `LAST_YEAR`. */
export function calendarDay(date: string): number | undefined {
  const instant = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(instant) || !new Date(instant).toISOString().startsWith(date)) return undefined;
  const year = new Date(instant).getUTCFullYear();
  return year < FIRST_YEAR || year > LAST_YEAR ? undefined : instant;
}
