import type { Ledger } from './ledger.ts';
import type { Message } from './messages.ts';
import { ANNOUNCEMENT, messagesOf } from './messages.ts';
import type { Maintenance, StatusEvent } from './model.ts';

/** A message that subscribers get, with its event. */
export interface NewsItem {
  event: StatusEvent;
  message: Message;
}

/**
 * What feeds and notices carry of some events, newest first; those of the same instant by the event's id, the later
 * message first. A series of maintenance is announced once, with its first occurrence: otherwise sixty days of
 * occurrences would be announced at one moment and push out everything else.
 */
export function newsOf(events: readonly StatusEvent[], { content, now }: Ledger): NewsItem[] {
  const announced = firstOccurrences(content.maintenance);
  return events
    .flatMap((event) =>
      messagesOf(event, now)
        .map((message, index) => ({ event, message, index }))
        .filter(({ message }) => event.kind === 'incident' || message.id !== ANNOUNCEMENT || announced.has(event)),
    )
    .sort((a, b) => b.message.at - a.message.at || compareText(a.event.id, b.event.id) || b.index - a.index);
}

const remembered = new WeakMap<readonly Maintenance[], ReadonlySet<StatusEvent>>();

/** Of a series the earliest occurrence; all other maintenance. */
function firstOccurrences(maintenance: readonly Maintenance[]): ReadonlySet<StatusEvent> {
  const known = remembered.get(maintenance);
  if (known) return known;
  const first = new Map<string, Maintenance>();
  for (const one of maintenance) {
    const key = one.series ?? one.id;
    const earlier = first.get(key);
    if (!earlier || one.scheduled < earlier.scheduled) first.set(key, one);
  }
  const occurrences = new Set<StatusEvent>(first.values());
  remembered.set(maintenance, occurrences);
  return occurrences;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The event as of this message, without later updates. */
export function eventUntil({ event, message }: NewsItem): StatusEvent {
  const { update, at } = message;
  const last = event.updates.findLastIndex((one) => (update ? one.id === update.id : one.at <= at));
  return { ...event, updates: event.updates.slice(0, last + 1) } as StatusEvent;
}
