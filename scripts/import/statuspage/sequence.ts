import type { Instant } from '../../../src/core/model.ts';
import type { Place } from '../model.ts';
import { readTime } from '../times.ts';
import type { RawEvent, RawUpdate } from './shape.ts';

/** An update whose time could be read, to the millisecond. */
export interface TimedUpdate {
  raw: RawUpdate;
  at: Instant;
  place: Place;
}

const OPEN = new Set(['investigating', 'identified', 'monitoring']);
const MINUTE = 60_000;

/** An update's status in small letters with underscores: `in_progress`. */
export function statusOf(raw: RawUpdate): string {
  return (raw.status ?? '')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

/**
 * The status that each update of an event has. Who posts a review after the end often leaves an open status
 * on it; the incident did not open again if `resolved_at` is no later than its Resolved update. Such an
 * update is a postmortem if it is written like one, under a heading, and otherwise says nothing of status.
 */
export function statusesOf(event: RawEvent, updates: readonly TimedUpdate[]): string[] {
  const resolved = updates.findLastIndex(({ raw }) => statusOf(raw) === 'resolved');
  const endedAt = readTime(event.resolved_at ?? '')?.instant;
  const isOver = endedAt !== undefined && (updates[resolved]?.at ?? -Infinity) >= endedAt - MINUTE;
  return updates.map(({ raw }, index) => {
    const status = statusOf(raw);
    if (!isOver || index < resolved || !OPEN.has(status)) return status;
    return /^\s*#{1,6} /.test(raw.body ?? '') ? 'postmortem' : 'update';
  });
}
