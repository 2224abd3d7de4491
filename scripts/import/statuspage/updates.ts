import type { Instant } from '../../../src/core/model.ts';
import { COMPONENT_STATUSES, type ComponentStatus } from '../../../src/core/vocabulary.ts';
import { type Body, htmlToBody, markdownToBody } from '../markdown/html-to-markdown.ts';
import type { Place } from '../model.ts';
import { note, type Report } from '../report.ts';
import { readTime, toSecond } from '../times.ts';
import { updatesOf, within } from './collect.ts';
import type { ComponentIndex } from './components.ts';
import { affectedSchema, type Located, problemOf, type RawEvent, type RawUpdate, updateSchema } from './shape.ts';
import type { Impact } from '../../../src/core/vocabulary.ts';

/** An update whose time could be read, to the millisecond. */
interface TimedUpdate {
  raw: RawUpdate;
  at: Instant;
  place: Place;
}

const OPEN = new Set(['investigating', 'identified', 'monitoring']);
const MINUTE = 60_000;

/** An update's status in small letters with underscores: `in_progress`. */
function statusOf(raw: RawUpdate): string {
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
function statusesOf(event: RawEvent, updates: readonly TimedUpdate[]): string[] {
  const resolved = updates.findLastIndex(({ raw }) => statusOf(raw) === 'resolved');
  const endedAt = readTime(event.resolved_at ?? '')?.instant;
  const isOver = endedAt !== undefined && (updates[resolved]?.at ?? -Infinity) >= endedAt - MINUTE;
  return updates.map(({ raw }, index) => {
    const status = statusOf(raw);
    if (!isOver || index < resolved || !OPEN.has(status)) return status;
    return /^\s*#{1,6} /.test(raw.body ?? '') ? 'postmortem' : 'update';
  });
}

/** An update with its times and text read, its status still in the source's word. */
export interface ReadUpdate {
  /** `in_progress`, `resolved` … in small letters with underscores. */
  status: string;
  at: Instant;
  body: string;
  edited?: Instant;
  /** What the source says of components here, by key; nothing when it says nothing. */
  affected?: Record<string, ComponentStatus>;
  place: Place;
}

export interface EventContext {
  event: Located<RawEvent>;
  title: string;
  /** What relative links in texts start from. */
  base: string | undefined;
  components: ComponentIndex;
  report: Report;
}

/** Text that is touched within a minute was not corrected but published. */
const EDIT = 60_000;

/** The updates of an event, oldest first; those at one time in the order they were written. */
export function readUpdates(context: EventContext): ReadUpdate[] {
  const timed = timedUpdates(context);
  const statuses = statusesOf(context.event.value, timed);
  return timed.map((update, index) => readUpdate(update, statuses[index] ?? '', context));
}

function timedUpdates(context: EventContext): TimedUpdate[] {
  const { event, report } = context;
  const values = updatesOf(event.value);
  const name = event.value.incident_updates ? 'incident_updates' : 'updates';
  report.read.updates += values.length;
  const timed = values.flatMap((value, index): TimedUpdate[] => {
    const place = within(event.place, `${name}[${index}]`);
    const parsed = updateSchema.safeParse(value);
    if (!parsed.success) return lose(context, place, problemOf(parsed.error));
    const at = timeOf(parsed.data, context, place);
    return at === undefined
      ? lose(context, place, 'It has no time that can be read.')
      : [{ raw: parsed.data, at, place }];
  });
  const isOldestFirst = (timed[0]?.at ?? 0) < (timed.at(-1)?.at ?? 0);
  return (isOldestFirst ? timed : timed.toReversed()).sort((a, b) => a.at - b.at);
}

function readUpdate({ raw, at, place }: TimedUpdate, status: string, context: EventContext): ReadUpdate {
  const edited = editedAt(raw, at);
  const affected = affectedIn(raw, context, place);
  if (status !== statusOf(raw)) {
    const reason = `“${statusOf(raw)}” after the end became ${status}.`;
    note(context.report, 'status-after-end', place, { id: context.event.value.id, subject: context.title }, reason);
  }
  return {
    status,
    at: toSecond(at),
    body: bodyOf(raw, status, context, place),
    ...(edited !== undefined && { edited }),
    ...(affected && { affected }),
    place,
  };
}

function bodyOf(raw: RawUpdate, status: string, context: EventContext, place: Place): string {
  const source = raw.body ?? raw.message ?? '';
  const about = { id: context.event.value.id, subject: context.title };
  const { markdown, notes }: Body =
    status === 'postmortem' ? markdownToBody(source, context.base) : htmlToBody(source, context.base);
  if (status === 'postmortem') note(context.report, 'postmortem-markdown', place, about);
  for (const { kind, detail } of notes) note(context.report, kind, place, about, detail);
  return markdown;
}

function timeOf(raw: RawUpdate, context: EventContext, place: Place): Instant | undefined {
  for (const text of [raw.display_at, raw.at, raw.created_at, raw.updated_at]) {
    const time = readTime(text ?? '');
    if (!time) continue;
    if (!time.zoned)
      note(context.report, 'time-without-zone', place, { id: context.event.value.id, subject: context.title });
    return time.instant;
  }
  return undefined;
}

/** When the text was last touched, if that was after it had been published. */
function editedAt(raw: RawUpdate, at: Instant): Instant | undefined {
  const created = readTime(raw.created_at ?? '')?.instant ?? at;
  const updated = readTime(raw.updated_at ?? '')?.instant ?? at;
  return updated - Math.max(at, created) > EDIT ? toSecond(updated) : undefined;
}

function affectedIn(
  raw: RawUpdate,
  { event, title, components, report }: EventContext,
  place: Place,
): Record<string, ComponentStatus> | undefined {
  const statuses: Record<string, ComponentStatus> = {};
  for (const value of raw.affected_components ?? []) {
    const affected = affectedSchema.safeParse(value).data;
    const status = COMPONENT_STATUSES.find((one) => one === affected?.new_status);
    const about = { id: event.value.id, subject: title };
    const keys = affected ? components.keysOf({ named: { id: affected.code, name: affected.name }, place, about }) : [];
    for (const key of keys) if (status) statuses[key] = status;
    if (keys.length > 0 && !status) {
      note(report, 'detail-left-out', place, about, `“${affected?.new_status}” is not a component status.`);
    }
  }
  return Object.keys(statuses).length > 0 ? statuses : undefined;
}

function lose({ event, title, report }: EventContext, place: Place, reason: string): [] {
  note(report, 'update-unreadable', place, { id: event.value.id, subject: title }, reason);
  report.notWritten.updates += 1;
  return [];
}

type Statuses = Record<string, ComponentStatus>;

/** What the front matter says of components, and what each update changes, in the order of the updates. */
interface StatusChanges {
  initial: Statuses;
  changes: (Statuses | undefined)[];
}

interface Reported {
  affected?: Statuses;
  /** Whether it ends the event, or comes after its end: in Candor all components are operational then. */
  over: boolean;
}

/** From what each update says of components to what changes at it. */
export function statusChanges(updates: readonly Reported[]): StatusChanges {
  const initial: Statuses = updates[0]?.over ? {} : { ...updates[0]?.affected };
  let current = initial;
  const changes = updates.map(({ affected = {}, over }, index) => {
    if (index === 0 || over) return undefined;
    const changed = Object.entries(affected).filter(([key, status]) => current[key] !== status);
    current = { ...current, ...affected };
    return changed.length > 0 ? Object.fromEntries(changed) : undefined;
  });
  return { initial, changes };
}

/** How an incident's components were affected, as far as its impact tells. */
export function statusOfImpact(impact: Impact | undefined): ComponentStatus {
  switch (impact) {
    case 'critical':
      return 'major_outage';
    case 'major':
      return 'partial_outage';
    case 'none':
      return 'operational';
    default:
      return 'degraded_performance';
  }
}
