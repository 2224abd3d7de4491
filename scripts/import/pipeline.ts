import { millisecondsInDay, millisecondsInHour, millisecondsInMinute } from 'date-fns/constants';
import type { Instant } from '../../src/core/days.ts';
import {
  type ComponentStatus,
  type Impact,
  INCIDENT_STATUSES,
  INCIDENT_WORDS,
  type IncidentWord,
  MAINTENANCE_WORDS,
  type MaintenanceWord,
} from '../../src/core/vocabulary.ts';
import type { Body } from './markdown.ts';
import type {
  ImportedEvent,
  ImportedIncident,
  ImportedMaintenance,
  ImportedUpdate,
  SourcePlace,
  StatusesByKey,
} from './model.ts';
import type { Tell } from './report.ts';
import { hasText } from '../../src/reader/events/updates.ts';
import { parseMarkdown } from '../../src/reader/markdown/markdown.ts';
import { type Kind, note, type Report } from './report.ts';

/** A message of the source about an event, once its time is known. */
export interface Post {
  /** In small letters with underscores, in the source's own word: `in_progress`, `canceled`. */
  word: string;
  at: Instant;
  /** Markdown that holds no line Candor would read as data. */
  body: string;
  /** What it says of components, whether that is new or not. */
  components?: StatusesByKey;
  edited?: Instant;
  /** When it was over, if only this later post says so. */
  ended?: Instant;
  place: SourcePlace;
}

/** What a source says of an event beside its posts. */
interface EventFacts {
  identity: string;
  place: SourcePlace;
  title: string;
  impact?: Impact | undefined;
  /** Keys of the components that the event as a whole names. */
  named: readonly string[];
  /** Oldest first. */
  posts: readonly Post[];
  endedAt?: Instant | undefined;
  closed: boolean;
  tell: Tell;
}

interface IncidentFacts extends EventFacts {
  started: Instant | undefined;
  /** Where the source would say when it started. */
  startPlace?: SourcePlace;
  /** Of the components that no post speaks of. */
  status: ComponentStatus;
  /** Whether that status is told by the impact alone. */
  isStatusGuessed?: boolean;
}

interface MaintenanceFacts extends EventFacts {
  /** Markdown of what was said at no known time, before all posts. */
  announcement?: string | undefined;
  from: Instant | undefined;
  until: Instant | undefined;
  /** When it may have begun, and when it may have ended, most certain first. */
  starts: readonly (Instant | undefined)[];
  ends: readonly (Instant | undefined)[];
  /** Where the source would say from when to when. */
  windowPlace?: SourcePlace;
  /** Whether its first post announces it, if that is no later than its start. */
  isAnnounced?: boolean;
}

/** What an incident's status means in a maintenance that has begun, and the other way round. */
const IN_MAINTENANCE: Readonly<Record<string, MaintenanceWord>> = {
  investigating: 'in_progress',
  identified: 'in_progress',
  monitoring: 'verifying',
  resolved: 'completed',
  canceled: 'cancelled',
};
const OPEN = new Set(['investigating', 'identified', 'monitoring']);
const IN_INCIDENT: Readonly<Record<string, IncidentWord>> = { verifying: 'monitoring', completed: 'resolved' };

/**
 * Posts oldest first, equal times in the order they were written.
 * @param isNewestFirst how the source has them if their times do not say so
 */
export function inOrder<P extends { at: Instant }>(posts: readonly P[], isNewestFirst = false): P[] {
  const apart = (posts.at(-1)?.at ?? 0) - (posts[0]?.at ?? 0);
  const isReversed = apart === 0 ? isNewestFirst : apart < 0;
  return (isReversed ? posts.toReversed() : [...posts]).sort((a, b) => a.at - b.at);
}

/** The Markdown of a message; what it could not hold is told. */
export function bodyWithNotes({ markdown, notes }: Body, tell: Tell, place: SourcePlace): string {
  for (const { kind, detail } of notes) tell(kind, detail, place);
  return markdown;
}

/** The incident that posts tell of; nothing if neither they nor the source say when it was. */
export function incidentFrom(facts: IncidentFacts): ImportedIncident | undefined {
  const { posts, tell, place, started: said, startPlace = place } = facts;
  const first = posts[0]?.at;
  const started = Math.min(said ?? Infinity, first ?? Infinity);
  if (!Number.isFinite(started)) return undefined;
  if (said === undefined) tell('start-missing', undefined, startPlace);
  else if (said > started) tell('started-late', undefined, startPlace);

  const words = posts.map((post) => incidentWord(post, tell));
  const over = overAt(words);
  const { initial, changes } = statusChanges(posts.map((post, index) => (over[index] ? {} : (post.components ?? {}))));
  const known = new Set([initial, ...changes].flatMap((statuses) => Object.keys(statuses ?? {})));
  const others = facts.named.filter((key) => !known.has(key));
  if (facts.isStatusGuessed && others.length > 0) tell('status-from-impact');
  posts.forEach(({ components = {}, place: at }, index) => {
    const stays = over[index] && Object.values(components).some((status) => status !== 'operational');
    if (stays) tell('end-status-left-out', undefined, at);
  });
  return {
    ...commonOf(facts),
    kind: 'incident',
    components: { ...initial, ...withStatus(others, facts.status) },
    started,
    updates: posts.map((post, index) => updateOf(post, words[index] ?? 'update', changes[index])),
  };
}

/** The maintenance that posts tell of; nothing if neither they nor the source say when it was. */
export function maintenanceFrom(facts: MaintenanceFacts): ImportedMaintenance | undefined {
  const { posts, tell } = facts;
  const window = windowOf(facts);
  if (!window) return undefined;
  const { scheduled } = window;
  const words = posts.map((post, index): MaintenanceWord => {
    const isOwn = MAINTENANCE_WORDS.some((one) => one === post.word);
    // Who investigates before it begins does not begin it.
    const isEarly = post.at < scheduled && OPEN.has(post.word);
    const word = isEarly ? 'update' : maintenanceWord(post.word);
    if (!isOwn) tell('unknown-status', `“${post.word}” was read as ${word.replace('_', ' ')}.`, post.place);
    const isAnnouncement = facts.isAnnounced && index === 0 && post.at <= scheduled && word === 'update';
    if (isAnnouncement) tell('first-status', undefined, post.place);
    return isAnnouncement ? 'scheduled' : word;
  });
  const begun = posts.map(({ components }, index) =>
    words[index] === 'in_progress' || words[index] === 'verifying' ? (components ?? {}) : undefined,
  );
  const { initial, changes } = statusChanges(begun);
  const named = [...facts.named, ...posts.flatMap(({ components }) => Object.keys(components ?? {}))];
  const late = new Set(changes.flatMap((change) => Object.keys(change ?? {})));
  const planned = named.filter((key) => !late.has(key));
  return {
    ...commonOf(facts),
    kind: 'maintenance',
    components: { ...withStatus(planned, 'under_maintenance'), ...initial },
    ...window,
    ...(facts.announcement && { announcement: facts.announcement }),
    updates: posts.map((post, index) => updateOf(post, words[index] ?? 'update', changes[index])),
  };
}

/** From when to when a maintenance was to be; what the source leaves open is told from its posts. */
function windowOf({ from, until, starts, ends, posts, place, windowPlace = place, tell }: MaintenanceFacts) {
  const scheduled = [from, ...starts, posts[0]?.at].find((at) => at !== undefined);
  if (scheduled === undefined) return undefined;
  if (from === undefined || (until ?? from) <= scheduled) tell('window-missing', undefined, windowPlace);
  const over = posts.find(({ word }) => ['completed', 'cancelled'].includes(maintenanceWord(word)))?.at;
  const end = [until, over, ...ends].find((at) => at !== undefined && at > scheduled);
  return { scheduled, until: end ?? scheduled + millisecondsInHour };
}

function commonOf({ identity, place, title, impact, endedAt, closed }: EventFacts) {
  return { identity, place, title, ...(impact && { impact }), ...(endedAt !== undefined && { endedAt }), closed };
}

function updateOf<Word extends string>(
  { components: _, ...post }: Post,
  word: Word,
  components: StatusesByKey | undefined,
): ImportedUpdate<Word> {
  return { ...post, word, ...(components && { components }) };
}

function withStatus(keys: readonly string[], status: ComponentStatus): StatusesByKey {
  return Object.fromEntries(keys.map((key) => [key, status]));
}

function incidentWord({ word, place }: Post, tell: Tell): IncidentWord {
  const known = INCIDENT_WORDS.find((one) => one === word) ?? IN_INCIDENT[word];
  if (!known) tell('unknown-status', `“${word}” is no status in Candor.`, place);
  return known ?? 'update';
}

/** What the word of a post means in a maintenance. */
export function maintenanceWord(word: string): MaintenanceWord {
  return MAINTENANCE_WORDS.find((one) => one === word) ?? IN_MAINTENANCE[word] ?? 'update';
}

/** For each word whether the incident is over from it on. */
function overAt(words: readonly IncidentWord[]): boolean[] {
  let over = false;
  return words.map((word) => {
    if (INCIDENT_STATUSES.some((status) => status === word)) over = word === 'resolved';
    return over;
  });
}

/** What the front matter says of components, and what each post changes, in the order of the posts. */
interface StatusChanges {
  initial: StatusesByKey;
  changes: (StatusesByKey | undefined)[];
}

/**
 * From what each post says of components to what changes at it.
 * @param said nothing for a post from before it began; the first other one says how it began
 */
function statusChanges(said: readonly (StatusesByKey | undefined)[]): StatusChanges {
  const start = said.findIndex((statuses) => statuses !== undefined);
  const initial = said[start] ?? {};
  let current = initial;
  const changes = said.map((statuses, index) => {
    if (index === start || !statuses) return undefined;
    const changed = Object.entries(statuses).filter(([key, status]) => current[key] !== status);
    current = { ...current, ...statuses };
    return changed.length > 0 ? Object.fromEntries(changed) : undefined;
  });
  return { initial, changes };
}

type IncidentUpdate = ImportedUpdate<IncidentWord>;

/** An incident that begins with a status, is resolved if the source says so, and explains itself only after that. */
function settleIncident(incident: ImportedIncident, options: LifecycleOptions, report: Report): ImportedIncident {
  const begun = withFirstIncidentStatus(incident, report);
  const resolved = withResolution(incident, begun, options, report);
  return { ...incident, updates: withLatePostmortems(incident, resolved, report) };
}

function withFirstIncidentStatus(incident: ImportedIncident, report: Report): IncidentUpdate[] {
  const [first, ...rest] = incident.updates;
  if (!first) {
    const update = { word: 'investigating' as const, at: incident.started, body: TEXTS.noUpdate };
    return [addedUpdate(incident, update, 'update-added', report)];
  }
  if (first.word !== 'update') return [first, ...rest];
  note(report, 'first-status', first.place, about(incident));
  return [{ ...first, word: 'investigating' }, ...rest];
}

/** Adds the Resolved update that the source has no text for, after the last one that is no postmortem. */
function withResolution(
  incident: ImportedIncident,
  updates: IncidentUpdate[],
  { now, closeOlderThanDays }: LifecycleOptions,
  report: Report,
): IncidentUpdate[] {
  const status = updates.findLast(({ word }) => word !== 'update' && word !== 'postmortem');
  if (status?.word === 'resolved') {
    const apart = Math.abs((incident.endedAt ?? status.at) - (status.ended ?? status.at));
    if (apart > millisecondsInMinute) note(report, 'resolved-time-differs', status.place, about(incident));
    return updates;
  }
  const index = updates.findLastIndex(({ word }) => word !== 'postmortem') + 1;
  const lastAt = updates[index - 1]?.at ?? incident.started;
  const resolve = (at: Instant, body: string, kind: Kind): IncidentUpdate[] =>
    updates.toSpliced(index, 0, addedUpdate(incident, { word: 'resolved', at, body }, kind, report));

  const postmortem = updates[index];
  if (incident.closed) {
    const end = Math.max(lastAt, incident.endedAt ?? postmortem?.at ?? lastAt);
    return resolve(Math.min(end, postmortem?.at ?? end), TEXTS.resolved, 'resolved-added');
  }
  if (closeOlderThanDays !== undefined && now - lastAt > closeOlderThanDays * millisecondsInDay) {
    return resolve(lastAt, TEXTS.incidentClosedByAge, 'closed-by-age');
  }
  if (now - incident.started > LONG_OPEN) note(report, 'open-long', incident.place, about(incident));
  return updates;
}

function withLatePostmortems(
  incident: ImportedIncident,
  updates: readonly IncidentUpdate[],
  report: Report,
): IncidentUpdate[] {
  const resolved = updates.findIndex(({ word }) => word === 'resolved');
  return updates.map((update, index) => {
    if (update.word !== 'postmortem' || (resolved !== -1 && resolved < index)) return update;
    note(report, 'postmortem-early', update.place, about(incident));
    return { ...update, word: index === 0 ? 'investigating' : 'update' };
  });
}

type MaintenanceUpdate = ImportedUpdate<MaintenanceWord>;

/** A maintenance that begins with a status and, where an update started it, ends with one if the source says so. */
function settleMaintenance(
  maintenance: ImportedMaintenance,
  options: LifecycleOptions,
  report: Report,
): ImportedMaintenance {
  const begun = withFirstMaintenanceStatus(maintenance, report);
  return { ...maintenance, updates: withCompletion(maintenance, begun, options, report) };
}

function withFirstMaintenanceStatus(maintenance: ImportedMaintenance, report: Report): MaintenanceUpdate[] {
  const [first, ...rest] = maintenance.updates;
  if (first?.word !== 'update') return [...maintenance.updates];
  note(report, 'first-status', first.place, about(maintenance));
  return [{ ...first, word: first.at < maintenance.scheduled ? 'scheduled' : 'in_progress' }, ...rest];
}

/** Until an update starts it the clock runs a maintenance, and ends it too. */
function withCompletion(
  maintenance: ImportedMaintenance,
  updates: MaintenanceUpdate[],
  { now, closeOlderThanDays }: LifecycleOptions,
  report: Report,
): MaintenanceUpdate[] {
  const { scheduled, until, endedAt, closed } = maintenance;
  const turn = updates.findLast(({ word }) => word !== 'update' && word !== 'scheduled')?.word;
  if (turn === 'completed' || turn === 'cancelled') return updates;
  const lastAt = updates.at(-1)?.at ?? scheduled;
  const startedByUpdate = turn !== undefined;

  if (closed && (startedByUpdate || endedAt !== undefined)) {
    const at = Math.max(lastAt, endedAt ?? Math.min(until, now));
    const update = { word: 'completed' as const, at, body: TEXTS.completed };
    return [...updates, addedUpdate(maintenance, update, 'resolved-added', report)];
  }
  if (closed || !startedByUpdate) return updates;
  if (closeOlderThanDays !== undefined && now - Math.max(lastAt, until) > closeOlderThanDays * millisecondsInDay) {
    const update = { word: 'completed' as const, at: lastAt, body: TEXTS.maintenanceClosedByAge };
    return [...updates, addedUpdate(maintenance, update, 'closed-by-age', report)];
  }
  if (now - Math.max(scheduled, until) > LONG_OPEN) note(report, 'open-long', maintenance.place, about(maintenance));
  return updates;
}

/** Standard texts of updates that the importer adds. Customers read them, so they say no more than is known. */
export const TEXTS = {
  resolved: 'This incident has been resolved.',
  completed: 'The maintenance has been completed.',
  incidentClosedByAge: 'This incident was not updated again and has been closed. When it ended is not known.',
  maintenanceClosedByAge: 'This maintenance was not updated again and has been closed. When it ended is not known.',
  siteRemoved: 'This is no longer checked. We do not know when it worked again.',
  noUpdate: 'No update was published.',
  noText: 'No message was posted with this update.',
} as const;

export interface LifecycleOptions {
  now: Instant;
  /** Closes what is open and had no update for so many days. */
  closeOlderThanDays?: number;
}

/** What is open for longer is probably forgotten. */
const LONG_OPEN = 30 * millisecondsInDay;
/** Candor shows updates up to ten minutes ahead of the clock. */
const AHEAD = 10 * 60_000;

/**
 * The event with its updates as Candor's format allows them; nothing when all of them lie ahead. What had to be
 * added, changed or left out goes into the report.
 */
export function settle(event: ImportedEvent, options: LifecycleOptions, report: Report): ImportedEvent | undefined {
  const ahead = event.updates.filter(({ at }) => at > options.now + AHEAD);
  for (const update of ahead) note(report, 'future-update', update.place, about(event));
  report.notWritten.updates += ahead.length;
  if (ahead.length > 0 && ahead.length === event.updates.length) {
    report.notWritten[event.kind === 'incident' ? 'incidents' : 'maintenance'] += 1;
    return undefined;
  }
  if (event.kind === 'incident') {
    const updates = known(event.updates, ahead).map((update) => withText(update, event, report));
    return settleIncident({ ...event, updates }, options, report);
  }
  const updates = known(event.updates, ahead).map((update) => withText(update, event, report));
  return settleMaintenance({ ...event, updates }, options, report);
}

/** An update that the source has no text for says so: its status and its time are kept. */
function withText<Word extends string>(
  update: ImportedUpdate<Word>,
  event: ImportedEvent,
  report: Report,
): ImportedUpdate<Word> {
  if (hasText(parseMarkdown(update.body, 1).tree)) return update;
  note(report, 'text-missing', update.place, about(event));
  return { ...update, body: TEXTS.noText };
}

/** Those that do not lie ahead, oldest first. */
function known<Word extends string>(
  updates: readonly ImportedUpdate<Word>[],
  ahead: readonly ImportedUpdate[],
): ImportedUpdate<Word>[] {
  return updates.filter((update) => !ahead.includes(update)).sort((a, b) => a.at - b.at);
}

/** What a report's entry on an event names. */
export function about(event: { identity: string; title: string }): { id: string; subject: string } {
  return { id: event.identity, subject: event.title };
}

/** An update that the source lacks, reported and counted. */
export function addedUpdate<Word extends string>(
  event: { identity: string; title: string; place: SourcePlace },
  update: { word: Word; at: Instant; body: string },
  kind: Kind,
  report: Report,
): ImportedUpdate<Word> {
  note(report, kind, event.place, about(event));
  report.added.updates += 1;
  return { ...update, place: event.place };
}
