import { eventPath } from '../../src/core/events.ts';
import type { Body, StatusEvent, Update } from '../../src/core/model.ts';
import type { FieldChange } from './fields.ts';
import { changedFields, eventFields, updateFields } from './fields.ts';
import type { Naming } from './naming.ts';
import type { Pair } from './pairs.ts';
import { pairEvents, pairUpdates } from './pairs.ts';
import { looksSame, shownText } from './shown.ts';
import type { WordChange } from './word-changes.ts';
import { wordChanges } from './word-changes.ts';

type Kind = 'added' | 'removed' | 'changed';

/** A text that reads otherwise than before. */
export interface TextChange {
  after: Body;
  /** Word by word; all the same where only its look differs. */
  words: WordChange[];
}

/** An update that comes, goes or says something else. */
export interface UpdateChange {
  kind: Kind;
  /** As it is after the change; as it was when it is removed. */
  update: Update;
  /** Empty unless it is changed. */
  fields: FieldChange[];
  text?: TextChange;
}

/** An incident or maintenance that comes, goes or says something else. */
export interface EventChange {
  kind: Kind;
  /** As it is after the change; as it was when it is removed. */
  event: StatusEvent;
  before?: StatusEvent;
  /** Empty unless it is changed. */
  fields: FieldChange[];
  announcement?: TextChange;
  /** Oldest first. */
  updates: UpdateChange[];
}

/** What happens to incidents and maintenance, newest first. */
export function eventChanges(
  before: readonly StatusEvent[],
  after: readonly StatusEvent[],
  naming: Naming,
): EventChange[] {
  const of = (events: readonly StatusEvent[], kind: StatusEvent['kind']) => events.filter((one) => one.kind === kind);
  return (['incident', 'maintenance'] as const)
    .flatMap((kind) => pairEvents(of(before, kind), of(after, kind)))
    .flatMap((pair) => eventChange(pair, naming));
}

function eventChange({ before, after }: Pair<StatusEvent>, naming: Naming): EventChange[] {
  if (!after)
    return [{ kind: 'removed', event: before, fields: [], updates: updateChanges(before.updates, [], naming) }];
  if (!before) return [{ kind: 'added', event: after, fields: [], updates: updateChanges([], after.updates, naming) }];
  if (written(before) === written(after)) return [];
  const fields = [
    ...(before.id === after.id
      ? []
      : [{ field: 'address', label: 'Address', before: pathOf(before), after: pathOf(after) }]),
    ...changedFields(eventFields(before, naming), eventFields(after, naming)),
  ];
  const announcement = textChange(announcementOf(before), announcementOf(after));
  const updates = updateChanges(before.updates, after.updates, naming);
  if (fields.length === 0 && !announcement && updates.length === 0) return [];
  return [{ kind: 'changed', event: after, before, fields, ...(announcement && { announcement }), updates }];
}

function updateChanges(before: readonly Update[], after: readonly Update[], naming: Naming): UpdateChange[] {
  return pairUpdates(before, after).flatMap(({ before: old, after: now }): UpdateChange[] => {
    if (!now) return old ? [{ kind: 'removed', update: old, fields: [] }] : [];
    if (!old) return [{ kind: 'added', update: now, fields: [] }];
    const fields = changedFields(updateFields(old, naming), updateFields(now, naming));
    const text = textChange(old.body, now.body);
    return fields.length > 0 || text ? [{ kind: 'changed', update: now, fields, ...(text && { text }) }] : [];
  });
}

function textChange(before: Body | undefined, after: Body | undefined): TextChange | undefined {
  if (looksSame(before, after)) return undefined;
  const words = wordChanges(before ? shownText(before) : '', after ? shownText(after) : '');
  return { after: after ?? { type: 'root', children: [] }, words };
}

export function announcementOf(event: StatusEvent): Body | undefined {
  return event.kind === 'maintenance' ? event.announcement : undefined;
}

/** The event's address below the page's own. */
export function pathOf(event: StatusEvent): string {
  return `/${eventPath(event)}`;
}

/** Equal for what is written the same: most events of a long history, which then need no closer look. */
function written(event: StatusEvent): string {
  return JSON.stringify(event, (key, value: unknown) => (key === 'line' || key === 'file' ? undefined : value));
}
