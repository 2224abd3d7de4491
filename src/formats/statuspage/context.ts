import { createHash } from 'node:crypto';
import type { Ledger } from '../../core/ledger.ts';
import { oncePer } from '../../core/once.ts';
import type { FeedContext } from '../feed.ts';
import type { StatuspageComponent } from './components.ts';
import { componentsOf } from './components.ts';
import type { StatuspagePage } from './documents.ts';
import { pageOf } from './documents.ts';
import type { Instant } from '../../core/model.ts';

/** What every part of a document is made of. */
export interface StatuspageContext {
  feed: FeedContext;
  page: StatuspagePage;
  /** By Statuspage's id, ordered by position. */
  components: ReadonlyMap<string, StatuspageComponent>;
}

type Shared = Omit<StatuspageContext, 'feed'>;

export function statuspageContext(feed: FeedContext): StatuspageContext {
  return { feed, ...sharedOf(feed.ledger) };
}

/** Shared by every document and webhook message, since it is built from all events. */
const sharedOf = oncePer((ledger: Ledger): Shared => {
  const page = pageOf(ledger);
  return { page, components: new Map(componentsOf(ledger, page).map((component) => [component.id, component])) };
});

const LENGTH = 12;
const SPACE = 36n ** BigInt(LENGTH);

/**
 * An id as Statuspage's are: twelve lower-case letters and digits. It follows from what never changes, so every
 * build gives the same one; of the 36^12 there are, 100,000 share one with a chance of one in a billion.
 * @param path what it is the id of, from the outside in: an event, one of its updates
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
