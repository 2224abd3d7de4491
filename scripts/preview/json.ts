import type { EventChange, UpdateChange } from './event-changes.ts';
import { headlineOf } from './headline.ts';
import type { Told } from './sections.ts';
import { shownText } from './shown.ts';

/** A preview for programs: the values as they are compared, with instants in milliseconds and texts without markup. */
export function printJson({ comparison, errors, warnings, kept, unreadBefore }: Told): string {
  const diagnostics = { errors, warnings, kept, unreadBefore };
  if (!comparison) return JSON.stringify(diagnostics, null, 2);
  const { now, pageStatus, overall, statuses, uptimes, events, entries, promises, page } = comparison;
  const told = {
    ...{ headline: headlineOf(comparison), now, pageStatus, overall, statuses, uptimes, entries, page },
    events: events.map(eventData),
    promises: promises.map(({ event, answered, next, ...promise }) => ({
      ...{ event: event.id, ...promise },
      answered: answered.map(({ due, state }) => ({ due, state })),
      ...(next && { next: { due: next.due, state: next.state } }),
    })),
  };
  return JSON.stringify({ ...told, ...diagnostics }, null, 2);
}

function eventData({ kind, event, fields, announcement, updates }: EventChange) {
  const { id, file, title } = event;
  const changed = { fields, ...(announcement && { announcement: announcement.words }) };
  return { kind, event: event.kind, id, file, title, ...changed, updates: updates.map(updateData) };
}

function updateData({ kind, update, fields, text }: UpdateChange) {
  const { id, word, at, body } = update;
  return { kind, id, word, at, text: shownText(body), fields, ...(text && { words: text.words }) };
}
