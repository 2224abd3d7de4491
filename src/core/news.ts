import { affectedComponents } from './incident.ts';
import type { Ledger } from './ledger.ts';
import type { Message } from './messages.ts';
import { ANNOUNCEMENT, messagesOf } from './messages.ts';
import type { Maintenance, StatusEvent } from './model.ts';
import { memoize } from './memoize.ts';

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
  const isNews = ({ event, message }: NewsItem) =>
    event.kind === 'incident' || message.id !== ANNOUNCEMENT || announced.has(event);
  return events
    .flatMap((event) => messagesOf(event, now).map((message, index) => ({ event, message, index })))
    .filter(isNews)
    .sort((a, b) => b.message.at - a.message.at || compareText(a.event.id, b.event.id) || b.index - a.index);
}

/** The news of everything, newest first. */
export const allNews = memoize((ledger: Ledger): readonly NewsItem[] => {
  const { incidents, maintenance } = ledger.content;
  return newsOf([...incidents, ...maintenance], ledger);
});

/** By the id of a component, the news of the events that ever named it, newest first. */
export const newsByComponent = memoize((ledger: Ledger): ReadonlyMap<string, readonly NewsItem[]> => {
  const named = memoize((event: StatusEvent) => affectedComponents(event));
  const news = new Map<string, NewsItem[]>();
  for (const item of allNews(ledger)) {
    for (const id of named(item.event)) {
      const own = news.get(id);
      if (own) own.push(item);
      else news.set(id, [item]);
    }
  }
  return news;
});

/** Of a series the earliest occurrence; all other maintenance. */
const firstOccurrences = memoize((maintenance: readonly Maintenance[]): ReadonlySet<StatusEvent> => {
  const first = new Map<string, Maintenance>();
  for (const one of maintenance) {
    const key = one.series ?? one.id;
    const earlier = first.get(key);
    if (!earlier || one.scheduled < earlier.scheduled) first.set(key, one);
  }
  return new Set<StatusEvent>(first.values());
});

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The event as of this message, without later updates. */
export function eventUntil({ event, message }: NewsItem): StatusEvent {
  const { update, at } = message;
  const last = event.updates.findLastIndex((one) => (update ? one.id === update.id : one.at <= at));
  return { ...event, updates: event.updates.slice(0, last + 1) } as StatusEvent;
}
