import { timesFor } from '../../i18n/dates.ts';
import { now } from './clock.ts';

const { lang, dataset } = document.documentElement;
const dates = timesFor(lang, Intl.DateTimeFormat().resolvedOptions().timeZone);
const ago = new Intl.RelativeTimeFormat(dataset['dates'] ?? lang, { numeric: 'auto' });

/** Shows times in the reader's zone with the site's zone in their title; in lists by the site's days, the other way round. */
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
    let text = form === 'full' ? dates.dateTime(instant) : dates.near(instant, isEnd ? before : now());
    if (relative !== undefined) text += ` (${distance((isEnd ? before : instant) - now())})`;
    if (element.textContent !== text) element.textContent = text;
    before = instant;
  }
}

function distance(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  const size = Math.abs(minutes);
  if (size < 60) return ago.format(minutes, 'minute');
  return size < 2880 ? ago.format(Math.round(minutes / 60), 'hour') : ago.format(Math.round(minutes / 1440), 'day');
}
