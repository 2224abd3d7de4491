import { timesFor } from '../../i18n/dates.ts';

const { lang, dataset } = document.documentElement;
const tag = dataset['dates'] ?? lang;
const dates = timesFor(tag, Intl.DateTimeFormat().resolvedOptions().timeZone);
const ago = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });

/** The error of a clock, in milliseconds, that nobody notices. */
const TOLERANCE = 120_000;
let wrongBy = 0;

/**
 * Milliseconds since 1970, by the host's clock where the reader's is known to be wrong; never before the page was
 * built, and counted from then where the build's clock was set.
 */
export function now(): number {
  const { now: fixed, built = 0 } = dataset;
  return fixed ? Number(fixed) + performance.now() : Math.max(Date.now() - wrongBy, Number(built));
}

/** Reads the host's time from a response. `Age` says how long a cache has kept it. */
export function setClock({ headers }: Response): void {
  const host = Date.parse(headers.get('date') ?? '') + Number(headers.get('age')) * 1000;
  if (!Number.isFinite(host)) return;
  const difference = Date.now() - host;
  wrongBy = Math.abs(difference) > TOLERANCE ? difference : 0;
}

/** Shows times in the reader's time zone, with the site's in their title. In lists by day, the other way round. */
export function tellTimes(): void {
  let before = 0;
  for (const element of document.querySelectorAll('time')) {
    const instant = Date.parse(element.dateTime);
    const { form, ago: relative, fixed } = element.dataset;
    if (fixed !== undefined) {
      element.title = dates.dateTime(instant);
      continue;
    }
    element.title ||= element.textContent;
    const isEnd = form === 'end';
    let away = distance((isEnd ? before : instant) - now());
    if (relative) away = away.replaceAll(' ', '');
    let text =
      form === 'full' ? dates.dateTime(instant) : isEnd ? dates.end(instant, before) : dates.near(instant, now());
    // No line breaks in either.
    if (relative !== undefined) text = glued(text) + (relative || ' (@)').replace('@', glued(away));
    if (form === 'ago') text = away;
    if (element.textContent !== text) element.textContent = text;
    before = instant;
  }
}

function glued(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

function distance(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  const size = Math.abs(minutes);
  if (size < 60) return ago.format(minutes, 'minute');
  return size < 2880 ? ago.format(Math.round(minutes / 60), 'hour') : ago.format(Math.round(minutes / 1440), 'day');
}
