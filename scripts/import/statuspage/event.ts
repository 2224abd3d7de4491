import { millisecondsInMinute } from 'date-fns/constants';
import { cleanLine } from '../../lib/text.ts';
import type { Instant } from '../../../src/core/days.ts';
import { COMPONENT_STATUSES, type ComponentStatus, type Impact, IMPACTS } from '../../../src/core/vocabulary.ts';
import { htmlToBody, markdownToBody } from '../markdown.ts';
import type { ImportedEvent, SourcePlace, StatusesByKey } from '../model.ts';
import { incidentFrom, inOrder, maintenanceFrom, maintenanceWord, type Post, bodyWithNotes } from '../pipeline.ts';
import { loseUpdate, type Report, type Tell, teller } from '../report.ts';
import { readTime, toSecond } from '../../lib/times.ts';
import {
  affectedSchema,
  type Located,
  namedSchema,
  problemOf,
  type RawEvent,
  type RawNamed,
  type RawUpdate,
  updateSchema,
  updatesOf,
  within,
} from './shape.ts';
import type { ComponentIndex } from '../components.ts';

/** What events are read with. */
interface EventOptions {
  /** What relative links in texts start from. */
  base: string | undefined;
  components: ComponentIndex<RawNamed>;
  report: Report;
}

interface EventContext extends EventOptions {
  event: RawEvent;
  place: SourcePlace;
  about: { id: string; subject: string };
  tell: Tell;
}

/** An update whose time could be read, to the millisecond. */
interface TimedUpdate {
  raw: RawUpdate;
  at: Instant;
  place: SourcePlace;
}

const MAINTENANCE_STATUSES = new Set(['scheduled', 'in_progress', 'verifying', 'completed']);
const CLOSED = new Set(['resolved', 'postmortem', 'completed']);
const OPEN = new Set(['investigating', 'identified', 'monitoring']);
/** How an incident's components were affected, as far as its impact tells. */
const STATUSES: Readonly<Record<Impact, ComponentStatus>> = {
  none: 'operational',
  minor: 'degraded_performance',
  major: 'partial_outage',
  critical: 'major_outage',
};

/**
 * The incident or maintenance that Statuspage has under either name: the two share a shape, and saved feeds mix them.
 * Nothing when it does not say when it was.
 */
export function readEvent(
  { value: event, place }: Located<RawEvent>,
  listedAs: ImportedEvent['kind'],
  options: EventOptions,
): ImportedEvent | undefined {
  const named = cleanLine(event.name ?? event.title ?? '');
  const title = named || 'Untitled';
  const about = { id: event.id, subject: title };
  const tell = teller(options.report, place, about);
  if (!named) tell('title-added');
  const context: EventContext = { ...options, event, place, about, tell };
  const posts = readPosts(context);
  const isMaintenance =
    listedAs === 'maintenance' ||
    Boolean(event.scheduled_for) ||
    posts.some(({ word }) => MAINTENANCE_STATUSES.has(word));
  const timeIn = (text: string | null | undefined): Instant | undefined => {
    const time = readTime(text ?? '');
    return time && toSecond(time.instant);
  };
  const impact = impactOf(context);
  const endedAt = timeIn(event.resolved_at);
  const started = timeIn(event.started_at);
  const facts = {
    identity: event.id,
    // A number is no address, only its place in a feed.
    ...(!/^\d+$/.test(event.id) && { address: `/incidents/${event.id}` }),
    place,
    title,
    impact,
    named: namedKeys(context),
    posts,
    endedAt,
    closed: Boolean(event.resolved_at) || CLOSED.has(event.status ?? ''),
    tell,
    report: options.report,
  };
  if (!isMaintenance) {
    const status = STATUSES[impact ?? 'minor'];
    const begun = started ?? timeIn(event.created_at);
    return incidentFrom({ ...facts, started: begun, status, isStatusGuessed: true });
  }
  const running = posts.find(({ word }) => maintenanceWord(word) === 'in_progress')?.at;
  return maintenanceFrom({
    ...facts,
    from: timeIn(event.scheduled_for),
    until: timeIn(event.scheduled_until),
    starts: [running, started],
    ends: [endedAt],
  });
}

/** `maintenance` is an impact of Statuspage's that says nothing beyond the kind. */
function impactOf({ event, tell }: EventContext): Impact | undefined {
  const impact = (event.impact ?? '').toLowerCase();
  const known = IMPACTS.find((one) => one === impact);
  if (!known && impact !== 'maintenance') tell('unknown-impact', `“${impact}” is not an impact in Candor.`);
  return known;
}

/** Keys of the components that the event as a whole names, in the source's order. */
function namedKeys({ event, place, about, components }: EventContext): string[] {
  const keys = (event.components ?? []).flatMap((value) => {
    const named = namedSchema.safeParse(value).data;
    return named ? components.keysOf(named, { place, about }) : [];
  });
  return [...new Set(keys)];
}

function readPosts(context: EventContext): Post[] {
  const { event, place, tell, report } = context;
  const name = event.incident_updates ? 'incident_updates' : 'updates';
  const timed = updatesOf(event).flatMap((value, index): TimedUpdate[] => {
    const at = within(place, `${name}[${index}]`);
    const parsed = updateSchema.safeParse(value);
    const time = parsed.success ? timeOf(parsed.data, at, tell) : undefined;
    if (time !== undefined && parsed.success) return [{ raw: parsed.data, at: time, place: at }];
    loseUpdate(parsed.success ? 'It has no time that can be read.' : problemOf(parsed.error), tell, report, at);
    return [];
  });
  const ordered = inOrder(timed, true);
  const words = wordsOf(event, ordered);
  return ordered.map((update, index) => postOf(update, words[index] ?? '', context));
}

/**
 * The word of each update. Who posts a review after the end often leaves an open status on it; the incident did not
 * open again if `resolved_at` is no later than its Resolved update. Such an update is a postmortem if it is written like
 * one, under a heading, and otherwise says nothing of status.
 */
function wordsOf(event: RawEvent, updates: readonly TimedUpdate[]): string[] {
  const resolved = updates.findLastIndex(({ raw }) => statusOf(raw) === 'resolved');
  const endedAt = readTime(event.resolved_at ?? '')?.instant;
  const isOver = endedAt !== undefined && (updates[resolved]?.at ?? -Infinity) >= endedAt - millisecondsInMinute;
  return updates.map(({ raw }, index) => {
    const status = statusOf(raw);
    if (!isOver || index < resolved || !OPEN.has(status)) return status;
    return /^\s*#{1,6} /.test(raw.body ?? '') ? 'postmortem' : 'update';
  });
}

/** An update's status in small letters with underscores: `in_progress`. */
function statusOf(raw: RawUpdate): string {
  return (raw.status ?? '')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

function postOf({ raw, at, place }: TimedUpdate, word: string, context: EventContext): Post {
  const { base, tell } = context;
  const status = statusOf(raw);
  if (word !== status) tell('status-after-end', `“${status}” after the end became ${word}.`, place);
  const isPostmortem = word === 'postmortem';
  if (isPostmortem) tell('postmortem-markdown', undefined, place);
  const source = raw.body ?? raw.message ?? '';
  const body = bodyWithNotes(isPostmortem ? markdownToBody(source, base) : htmlToBody(source, base), tell, place);
  const edited = editedAt(raw, at);
  const components = affectedIn(raw, place, context);
  return { word, at: toSecond(at), body, components, ...(edited !== undefined && { edited }), place };
}

function timeOf(raw: RawUpdate, place: SourcePlace, tell: Tell): Instant | undefined {
  for (const text of [raw.display_at, raw.at, raw.created_at, raw.updated_at]) {
    const time = readTime(text ?? '');
    if (!time) continue;
    if (!time.zoned) tell('time-without-zone', undefined, place);
    return time.instant;
  }
  return undefined;
}

/** When the text was last touched. Within a minute after it had been published, that was no correction. */
function editedAt(raw: RawUpdate, at: Instant): Instant | undefined {
  const created = readTime(raw.created_at ?? '')?.instant ?? at;
  const updated = readTime(raw.updated_at ?? '')?.instant ?? at;
  return updated - Math.max(at, created) > millisecondsInMinute ? toSecond(updated) : undefined;
}

function affectedIn(raw: RawUpdate, place: SourcePlace, { about, components, tell }: EventContext): StatusesByKey {
  const statuses: Record<string, ComponentStatus> = {};
  for (const value of raw.affected_components ?? []) {
    const affected = affectedSchema.safeParse(value).data;
    const status = COMPONENT_STATUSES.find((one) => one === affected?.new_status);
    const keys = affected ? components.keysOf({ id: affected.code, name: affected.name }, { place, about }) : [];
    for (const key of keys) if (status) statuses[key] = status;
    if (keys.length > 0 && !status)
      tell('detail-left-out', `“${affected?.new_status}” is not a valid component status.`, place);
  }
  return statuses;
}
