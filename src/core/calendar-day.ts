/** What lies before is a zero of some program, and what lies after is a slip of a key. */
export const FIRST_YEAR = 1990;
export const LAST_YEAR = 2199;

/** Midnight UTC of a day `YYYY-MM-DD` that exists, in the years that a page can tell of. */
export function calendarDay(date: string): number | undefined {
  const instant = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(instant) || !new Date(instant).toISOString().startsWith(date)) return undefined;
  const year = new Date(instant).getUTCFullYear();
  return year < FIRST_YEAR || year > LAST_YEAR ? undefined : instant;
}
