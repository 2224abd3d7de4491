import type { Instant } from '../../../src/core/model.ts';
import { readTime } from '../times.ts';

export interface StatusfyTime {
  instant: Instant;
  /** Whether the source states the zone. */
  zoned: boolean;
  /** Set when no calendar has the day: the one it was read as. */
  readAs?: string;
}

const LOOSE =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?(\s*[ap]m)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
const DAY = 86_400_000;

/**
 * Reads a time as people write it in a Statusfy file: figures may lack a leading zero, and a day beyond the end
 * of its month runs into the next one, as it does on Statusfy's own page (`2020-09-31` is 1 October).
 * @param zone IANA name, for times that state none
 */
export function readStatusfyTime(text: string, zone: string): StatusfyTime | undefined {
  const match = LOOSE.exec(text.trim());
  if (!match) return undefined;
  const [
    ,
    year = '',
    month = '',
    day = '',
    hour = '0',
    minute = '00',
    second = '00',
    fraction = '',
    half = '',
    stated = '',
  ] = match;
  const clock = `${two(hour)}:${minute}:${second}${fraction}${half}${stated.replace(/gmt/i, 'UTC')}`;
  const at = (date: string) => readTime(`${date}T${clock}`, zone);
  const written = `${year}-${two(month)}-${two(day)}`;
  const time = at(written);
  if (time) return time;
  const first = Date.parse(`${year}-${two(month)}-01T00:00Z`);
  if (Number.isNaN(first) || Number(day) < 1 || Number(day) > 31) return undefined;
  const readAs = new Date(first + (Number(day) - 1) * DAY).toISOString().slice(0, 10);
  const next = readAs === written ? undefined : at(readAs);
  return next && { ...next, readAs };
}

function two(figures: string): string {
  return figures.padStart(2, '0');
}
