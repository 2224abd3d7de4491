import type { Words } from '../../src/i18n/words.ts';
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
import { hasText } from '../../src/reader/events/updates.ts';
import { parseMarkdown } from '../../src/reader/markdown/markdown.ts';
import type { Body } from './markdown.ts';
import type { ImportedEvent, ImportedUpdate, SourcePlace, StatusesByKey } from './model.ts';
import { type Kind, loseEvent, NO_TIME, note, PLURALS, type Report, type Tell } from './report.ts';

/**
 * A message of the source about an event, once its time is known. Its word is the source's own, in small letters with
 * underscores: `in_progress`, `canceled`. Its components are all that it speaks of, whether that is new or not.
 */
export type Post = ImportedUpdate<string>;

/** What a source says of an event beside its posts. */
interface EventFacts {
  identity: string;
  address?: string | undefined;
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
  report: Report;
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

/** The incident that posts tell of, counted; nothing if neither they nor the source say when it was. */
export function incidentFrom(facts: IncidentFacts): ImportedEvent | undefined {
  const { posts, tell, place, started: said, startPlace = place } = facts;
  const start = Math.min(said ?? Infinity, posts[0]?.at ?? Infinity);
  if (!Number.isFinite(start)) return loseEvent('incident', NO_TIME, tell, facts.report);
  if (said === undefined) tell('start-missing', undefined, startPlace);
  else if (said > start) tell('started-late', undefined, startPlace);

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
  const components = { ...initial, ...withStatus(others, facts.status) };
  return eventOf(facts, words, changes, { kind: 'incident', components, start });
}

/** The maintenance that posts tell of, counted; nothing if neither they nor the source say when it was. */
export function maintenanceFrom(facts: MaintenanceFacts): ImportedEvent | undefined {
  const { posts, tell, announcement } = facts;
  const window = windowOf(facts);
  if (!window) return loseEvent('maintenance', NO_TIME, tell, facts.report);
  const words = posts.map((post, index): MaintenanceWord => {
    const isOwn = MAINTENANCE_WORDS.some((one) => one === post.word);
    // Who investigates before it begins does not begin it.
    const isEarly = post.at < window.start && OPEN.has(post.word);
    const word = isEarly ? 'update' : maintenanceWord(post.word);
    if (!isOwn) tell('unknown-status', `“${post.word}” was read as ${word.replace('_', ' ')}.`, post.place);
    const isAnnouncement = facts.isAnnounced && index === 0 && post.at <= window.start && word === 'update';
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
  const components = { ...withStatus(planned, 'under_maintenance'), ...initial };
  const own = { ...window, ...(announcement && { announcement }) };
  return eventOf(facts, words, changes, { kind: 'maintenance', components, ...own });
}

/** From when to when a maintenance was to be; what the source leaves open is told from its posts. */
function windowOf({ from, until, starts, ends, posts, place, windowPlace = place, tell }: MaintenanceFacts) {
  const start = [from, ...starts, posts[0]?.at].find((at) => at !== undefined);
  if (start === undefined) return undefined;
  if (from === undefined || (until ?? from) <= start) tell('window-missing', undefined, windowPlace);
  const over = posts.find(({ word }) => ['completed', 'cancelled'].includes(maintenanceWord(word)))?.at;
  const end = [until, over, ...ends].find((at) => at !== undefined && at > start);
  return { start, until: end ?? start + millisecondsInHour };
}

function eventOf(
  { identity, address, place, title, impact, endedAt, closed, posts, report }: EventFacts,
  words: readonly (IncidentWord | MaintenanceWord)[],
  changes: readonly (StatusesByKey | undefined)[],
  own: Pick<ImportedEvent, 'kind' | 'components' | 'start' | 'until' | 'announcement'>,
): ImportedEvent {
  report.read[PLURALS[own.kind]] += 1;
  report.read.updates += posts.length;
  const updates = posts.map(({ components: _, ...post }, index) => {
    const components = changes[index];
    return { ...post, word: words[index] ?? 'update', ...(components && { components }) };
  });
  const facts = {
    ...(address !== undefined && { address }),
    ...(impact && { impact }),
    ...(endedAt !== undefined && { endedAt }),
    closed,
  };
  return { identity, place, title, ...facts, ...own, updates };
}

function withStatus(keys: readonly string[], status: ComponentStatus): StatusesByKey {
  return Object.fromEntries(keys.map((key) => [key, status]));
}

function incidentWord({ word, place }: Post, tell: Tell): IncidentWord {
  const known = INCIDENT_WORDS.find((one) => one === word) ?? IN_INCIDENT[word];
  if (!known) tell('unknown-status', `“${word}” is not a status in Candor.`, place);
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

/** How an event begins and ends, by its kind. Customers read the texts, so they say no more than is known. */
const LIFECYCLES = {
  incident: {
    /** An update with one of these says nothing of whether it is over. */
    silent: ['update', 'postmortem'],
    ends: ['resolved'],
    /** Whether only an update ends it; a maintenance is run by the clock until an update starts it. */
    needsEnd: true,
    text: 'import.resolved',
    textByAge: 'import.incident_closed',
  },
  maintenance: {
    silent: ['update', 'scheduled'],
    ends: ['completed', 'cancelled'],
    needsEnd: false,
    text: 'import.completed',
    textByAge: 'import.maintenance_closed',
  },
} as const satisfies Record<ImportedEvent['kind'], unknown>;

type Settle = (event: ImportedEvent, options: LifecycleOptions, report: Report) => ImportedEvent['updates'];

/** In this order: it begins with a status, is over if the source says so, and explains itself only after that. */
const STEPS: readonly Settle[] = [withFirstStatus, withEnd, withLatePostmortems];

function withFirstStatus(event: ImportedEvent, { words }: LifecycleOptions, report: Report): ImportedEvent['updates'] {
  const { kind, start, updates } = event;
  const [first, ...rest] = updates;
  if (!first && kind === 'incident')
    return [
      addedUpdate(
        event,
        { word: 'investigating', at: start, body: words.say('import.no_update') },
        'update-added',
        report,
      ),
    ];
  if (first?.word !== 'update') return updates;
  note(report, 'first-status', first.place, about(event));
  const word = kind === 'incident' ? 'investigating' : first.at < start ? 'scheduled' : 'in_progress';
  return [{ ...first, word }, ...rest];
}

/** Adds the last update that the source has no text for, before the postmortems. */
function withEnd(
  event: ImportedEvent,
  { now, closeOlderThanDays, words }: LifecycleOptions,
  report: Report,
): ImportedEvent['updates'] {
  const { kind, start, until, endedAt, closed, updates } = event;
  const lifecycle = LIFECYCLES[kind];
  const [word] = lifecycle.ends;
  const isOneOf = (words: readonly string[], update: ImportedUpdate): boolean => words.includes(update.word);
  const last = updates.findLast((update) => !isOneOf(lifecycle.silent, update));
  if (last && isOneOf(lifecycle.ends, last)) {
    const apart = Math.abs((endedAt ?? last.at) - (last.ended ?? last.at));
    if (kind === 'incident' && apart > millisecondsInMinute)
      note(report, 'resolved-time-differs', last.place, about(event));
    return updates;
  }
  const needsEnd = lifecycle.needsEnd || last !== undefined;
  const index = updates.findLastIndex((update) => update.word !== 'postmortem') + 1;
  const lastAt = updates[index - 1]?.at ?? start;
  const postmortem = updates[index]?.at;
  const end = (at: Instant, body: string, reason: Kind): ImportedEvent['updates'] =>
    updates.toSpliced(index, 0, addedUpdate(event, { word, at, body }, reason, report));

  if (closed && (needsEnd || endedAt !== undefined)) {
    const planned = until === undefined ? undefined : Math.min(until, now);
    const at = Math.max(lastAt, endedAt ?? postmortem ?? planned ?? lastAt);
    return end(Math.min(at, postmortem ?? at), words.say(lifecycle.text), 'resolved-added');
  }
  if (closed || !needsEnd) return updates;
  const quietFor = now - Math.max(lastAt, until ?? lastAt);
  if (closeOlderThanDays !== undefined && quietFor > closeOlderThanDays * millisecondsInDay)
    return end(lastAt, words.say(lifecycle.textByAge), 'closed-by-age');
  if (now - Math.max(start, until ?? start) > LONG_OPEN) note(report, 'open-long', event.place, about(event));
  return updates;
}

function withLatePostmortems(event: ImportedEvent, _: LifecycleOptions, report: Report): ImportedEvent['updates'] {
  const { updates } = event;
  const resolved = updates.findIndex(({ word }) => word === 'resolved');
  return updates.map((update, index) => {
    if (update.word !== 'postmortem' || (resolved !== -1 && resolved < index)) return update;
    note(report, 'postmortem-early', update.place, about(event));
    return { ...update, word: index === 0 ? 'investigating' : 'update' };
  });
}

export interface LifecycleOptions {
  now: Instant;
  /** Those of the page, for updates that the source has no text for. */
  words: Words;
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
    report.notWritten[PLURALS[event.kind]] += 1;
    return undefined;
  }
  const known = event.updates.filter((update) => !ahead.includes(update)).sort((a, b) => a.at - b.at);
  const updates = known.map((update) => withText(update, event, options.words, report));
  return STEPS.reduce<ImportedEvent>((settled, step) => ({ ...settled, updates: step(settled, options, report) }), {
    ...event,
    updates,
  });
}

/** An update that the source has no text for says so: its status and its time are kept. */
function withText(update: ImportedUpdate, event: ImportedEvent, words: Words, report: Report): ImportedUpdate {
  if (hasText(parseMarkdown(update.body, 1).tree)) return update;
  note(report, 'text-missing', update.place, about(event));
  return { ...update, body: words.say('import.no_text') };
}

/** What a report's entry on an event names. */
export function about(event: { identity: string; title: string }): { id: string; subject: string } {
  return { id: event.identity, subject: event.title };
}

/** An update that the source lacks, reported and counted. */
export function addedUpdate(
  event: { identity: string; title: string; place: SourcePlace },
  update: Pick<ImportedUpdate, 'word' | 'at' | 'body'>,
  kind: Kind,
  report: Report,
): ImportedUpdate {
  note(report, kind, event.place, about(event));
  report.added.updates += 1;
  return { ...update, place: event.place };
}
