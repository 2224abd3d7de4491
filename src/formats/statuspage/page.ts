import { createHash } from 'node:crypto';
import { newestMessage } from '../../core/messages.ts';
import { pageIdentity } from '../../core/events.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { Instant } from '../../core/days.ts';
/** The page, as in every document. */
export interface StatuspagePage {
  id: string;
  name: string;
  /** Without a slash at the end, since clients put `/api/v2/…` behind it. */
  url: string;
  time_zone: string;
  updated_at: string;
}

export function pageOf(ledger: Ledger): StatuspagePage {
  const { site } = ledger.content;
  const { name, url, time_zone: zone } = site;
  return {
    id: statuspageId('page', pageIdentity(site)),
    name,
    url: url.href.replace(/\/$/, ''),
    time_zone: zone,
    updated_at: timeIn(zone, lastChange(ledger)),
  };
}

/** The last message or correction; else the start of the record, or now. */
function lastChange({ content, now, firstRecord }: Ledger): Instant {
  let last = -Infinity;
  for (const event of [...content.incidents, ...content.maintenance]) {
    last = Math.max(last, newestMessage(event, now), ...event.updates.map(({ edited }) => edited ?? last));
  }
  return last > -Infinity ? last : (firstRecord ?? now);
}

const LENGTH = 12;

const SPACE = 36n ** BigInt(LENGTH);

/**
 * An id in Statuspage's form: twelve lower-case letters and digits. A hash of what never changes, so it is the same in
 * every build. Among 100,000, two are equal with a probability of one in a billion.
 * @param path the event, or the event and its update
 */
export function statuspageId(kind: 'page' | 'group' | 'component' | 'event' | 'update', ...path: string[]): string {
  const hash = createHash('sha256')
    .update([kind, ...path].join('\0'))
    .digest('hex');
  return (BigInt(`0x${hash}`) % SPACE).toString(36).padStart(LENGTH, '0');
}

/**
 * A time as Statuspage writes it, with milliseconds and the offset of the zone at that instant:
 * `2026-11-20T10:20:00.000+01:00`, and `Z` where there is none.
 * @param zone an IANA name
 */
export function timeIn(zone: string, instant: Instant): string {
  const time = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  if (time.offsetNanoseconds === 0) return new Date(instant).toISOString();
  return time.toString({ fractionalSecondDigits: 3, timeZoneName: 'never' });
}
