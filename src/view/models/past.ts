import { recentDays } from '../../core/history.ts';
import type { StatusEvent } from '../../core/model.ts';
import type { ViewContext } from '../context.ts';
import { named, summaryOf, TOLD_MOST } from './event.ts';
import type { EventSummary } from './event.ts';

/** A day with what happened on it, or a line about days on which nothing did. */
export type PastEntry = { kind: 'day'; day: string; events: EventSummary[] } | { kind: 'quiet'; text: string };

/** The last days, newest first. */
export function pastDays(context: ViewContext, count: number): PastEntry[] {
  const { ledger, words, dates } = context;
  const days = recentDays(ledger.content, ledger.now, count);
  const told = new Set(days.flatMap((entry) => (entry.kind === 'day' ? entry.events : [])).slice(0, TOLD_MOST));
  return days.map((entry): PastEntry => {
    if (entry.kind === 'quiet') {
      return { kind: 'quiet', text: words.say('past.quiet', { days: dates.days(entry.first.day, entry.last.day) }) };
    }
    return {
      kind: 'day',
      day: dates.weekday(entry.day.day),
      events: entry.events.map((event) => pastEvent(context, event, told.has(event))),
    };
  });
}

/** What goes on still stands above in full; here it is only named. */
function pastEvent(context: ViewContext, event: StatusEvent, isTold: boolean): EventSummary {
  const { openIncidents, running } = context.ledger;
  const summary = summaryOf(context, event, { headingLevel: 4 });
  if (![...openIncidents, ...running].includes(event)) return isTold ? summary : named(summary);
  const { id: _, more: __, ...rest } = named(summary);
  return rest;
}
