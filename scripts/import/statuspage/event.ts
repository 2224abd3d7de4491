import type { Instant } from '../../../src/core/model.ts';
import { IMPACTS, type Impact } from '../../../src/core/vocabulary.ts';
import { cleanLine } from '../clean.ts';
import { note } from '../report.ts';
import { readTime, toSecond } from '../times.ts';
import type { RawEvent } from './shape.ts';
import { namedSchema } from './shape.ts';
import type { EventContext } from './updates.ts';

const MAINTENANCE_STATUSES = new Set(['scheduled', 'in_progress', 'verifying', 'completed']);
const CLOSED = new Set(['resolved', 'postmortem', 'completed']);

/** Whether what Statuspage calls an incident is a maintenance: the two share a shape, and saved feeds mix them. */
export function isMaintenance(event: RawEvent, statuses: readonly string[]): boolean {
  return Boolean(event.scheduled_for) || statuses.some((status) => MAINTENANCE_STATUSES.has(status));
}

export function isClosed(event: RawEvent): boolean {
  return Boolean(event.resolved_at) || CLOSED.has(event.status ?? '');
}

/** Its title in one line, as far as it has one. */
export function titleOf(event: RawEvent): string {
  return cleanLine(event.name ?? event.title ?? '');
}

/** The time in a field; nothing when it is empty or cannot be read. */
export function timeIn(
  { event }: EventContext,
  field: 'started_at' | 'created_at' | 'resolved_at' | 'scheduled_for' | 'scheduled_until',
): Instant | undefined {
  const time = readTime(event.value[field] ?? '');
  return time && toSecond(time.instant);
}

/** `maintenance` is an impact of Statuspage's that says nothing beyond the kind. */
export function impactOf({ event, title, report }: EventContext): Impact | undefined {
  const impact = (event.value.impact ?? '').toLowerCase();
  const known = IMPACTS.find((one) => one === impact);
  if (!known && impact !== 'maintenance') {
    note(
      report,
      'unknown-impact',
      event.place,
      { id: event.value.id, subject: title },
      `“${impact}” is no impact in Candor.`,
    );
  }
  return known;
}

/** Keys of the components that the event as a whole names, in the source's order. */
export function namedKeys({ event, title, components }: EventContext): string[] {
  const about = { id: event.value.id, subject: title };
  const keys = (event.value.components ?? []).flatMap((value) => {
    const named = namedSchema.safeParse(value).data;
    return named ? components.keysOf({ named, place: event.place, about }) : [];
  });
  return [...new Set(keys)];
}
