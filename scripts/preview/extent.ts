import type { Comparison } from './compare.ts';
import type { EventChange } from './event-changes.ts';
import type { FieldChange } from './fields.ts';

/** How far a change reaches: to nobody, to words that are published already, or to what customers act on. */
export type Extent = 'nothing' | 'words' | 'values';

export function extentOf({ pageStatus, statuses, uptimes, events, entries, page }: Comparison): Extent {
  const entryChanged = entries.sent.length + entries.again.length + entries.withdrawn.length > 0;
  const pageChanged = page.fields.length > 0 || page.order || page.files.length > 0;
  const values = statuses.length > 0 || uptimes.length > 0 || entryChanged || pageChanged;
  if (values || pageStatus.before !== pageStatus.after || !events.every(onlyWords)) return 'values';
  return events.length > 0 ? 'words' : 'nothing';
}

/** Whether an event says the same as before in other words. */
export function onlyWords({ kind, fields, updates }: EventChange): boolean {
  const worded = updates.every((update) => update.kind === 'changed' && update.fields.every(isEdited));
  return kind === 'changed' && worded && fields.every(({ field }) => field === 'title');
}

/** Texts that read otherwise: of updates, announcements and titles. */
export function wordedTexts(events: readonly EventChange[]): { updates: number; titles: number } {
  const counted = events.map(({ fields, announcement, updates }) => ({
    updates: updates.length + (announcement ? 1 : 0),
    titles: fields.length,
  }));
  return counted.reduce((sum, one) => ({ updates: sum.updates + one.updates, titles: sum.titles + one.titles }), {
    updates: 0,
    titles: 0,
  });
}

function isEdited({ field }: FieldChange): boolean {
  return field === 'edited';
}
