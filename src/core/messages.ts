import { millisecondsInDay } from 'date-fns/constants';
import type { Instant } from './days.ts';
import { affectedAreas } from './areas.ts';
import { affectedGroups } from './groups.ts';
import { affectedComponents } from './incident.ts';
import { isRunning, maintenancePhases, phaseAt, plannedAt, remindersOf } from './maintenance.ts';
import type {
  Announcement,
  Body,
  Incident,
  IncidentUpdate,
  Maintenance,
  NewsEvent,
  StatusEvent,
  TimeWindow,
  Update,
} from './model.ts';
import { ANNOUNCED_AHEAD } from './recurrence.ts';
import { latestStatuses } from './timeline.ts';
import { updateIdAt } from './events.ts';
import type { ComponentStatus, IncidentWord, MaintenanceStatus, MaintenanceWord } from './vocabulary.ts';
import type { Ledger } from './ledger.ts';
import { memoize } from './memoize.ts';

/** The id of the one message of an announcement, and of the one that announces a maintenance if its first update does not. */
export const ANNOUNCEMENT = 'announcement';

type Statuses = Readonly<Record<string, ComponentStatus>>;

/** Messages without a written update: caused by the clock, or by an exception of a series. */
type ClockUpdate = 'reminder' | 'started' | 'ended' | 'moved' | 'cancelled';

/** A text of a message, with a prefix for the ids in it. */
export interface MessageBody {
  body: Body;
  idPrefix: string;
  /** Its language, if it is not the site's first. */
  lang?: string | undefined;
}

/**
 * One message of an event, for all outputs. A maintenance also has messages for its announcement, and for its start and
 * end by the clock.
 */
export interface Message {
  /** Unique within its event: an update's id, `announcement`, `u-20261201T020000Z-started`, `…-ended`. */
  id: string;
  /** The keyword of its heading. */
  word: IncidentWord | MaintenanceWord | 'announcement';
  /** The event's status with this message, `postmortem` or `announcement`. */
  status: string;
  at: Instant;
  /** When its text was last changed. */
  changed: Instant;
  /** Whether it has a written text. */
  hasText: boolean;
  /** Its texts, in order. A function, because the texts of many incidents are parsed only if they are shown. */
  bodies(): readonly MessageBody[];
  /** The update that it comes from. */
  update?: StatusEvent['updates'][number];
  clock?: ClockUpdate;
  /** The new window, if an exception of a series moved it. */
  window?: TimeWindow;
  /** Its file has no valid time for it. `at` is an assumption, or the time of publication. */
  undated?: true;
  /** All components named so far, in the order they were named. */
  components: readonly string[];
  /** Statuses before and after. Missing components are operational. */
  before: Statuses;
  after: Statuses;
}

/** All messages until `now`, oldest first. Never empty. */
export function messagesOf(event: StatusEvent, now: Instant): Message[] {
  const messages = event.kind === 'incident' ? incidentMessages(event) : maintenanceMessages(event, now);
  for (const message of messages) {
    message.at = Math.min(message.at, now);
    message.changed = Math.min(message.changed, now);
  }
  return messages;
}

/** The time of the newest message, without creating messages. */
export function newestMessage(event: StatusEvent, now: Instant): Instant {
  const written = event.updates.at(-1)?.at;
  if (event.kind === 'incident') return Math.min(written ?? event.started, now);
  const excepted = event.exception?.announced ?? -Infinity;
  const latest = Math.max(written ?? -Infinity, excepted, ...clockPhases(event, now).map(({ from }) => from));
  return Math.min(now, Math.max(latest, announcedAt(event, now)));
}

/**
 * When a maintenance was announced: by its `announced`, else by its first update, else 60 days before it starts, like
 * occurrences of a series. Never later than its start or `now`. If it starts in more than 60 days, it counts as announced
 * today (in UTC), so that all builds of a day are the same.
 */
function announcedAt(maintenance: Maintenance, now: Instant): Instant {
  const { from: scheduled } = plannedAt(maintenance, -Infinity);
  const known = saidToBeAnnounced(maintenance);
  if (known < Infinity) return Math.min(known, scheduled, now);
  const assumed = scheduled - ANNOUNCED_AHEAD;
  return assumed <= now ? assumed : Math.floor(now / millisecondsInDay) * millisecondsInDay;
}

/** When its file says that it was announced: by `announced`, or its first update. `Infinity` if it does not. */
function saidToBeAnnounced(maintenance: Maintenance): Instant {
  return Math.min(maintenance.announced ?? Infinity, firstInTime(maintenance)?.at ?? Infinity);
}

/** The first update, if it is before the start. */
function firstInTime(maintenance: Maintenance): Maintenance['updates'][number] | undefined {
  const [first] = maintenance.updates;
  return first && first.at <= plannedAt(maintenance, -Infinity).from ? first : undefined;
}

/** A written update. Fields that few messages need are computed on access. */
class IncidentMessage implements Message {
  readonly id: string;
  readonly word: IncidentWord;
  readonly status: string;
  readonly hasText = true;
  readonly update: IncidentUpdate;
  readonly undated?: true;
  at: Instant;
  changed: Instant;
  readonly #incident: Incident;
  readonly #index: number;

  constructor(incident: Incident, update: IncidentUpdate, index: number) {
    this.id = update.id;
    this.word = update.word;
    this.status = update.word === 'postmortem' ? 'postmortem' : update.status;
    this.update = update;
    if (update.undated) this.undated = true;
    this.at = update.at;
    this.changed = update.edited ?? update.at;
    this.#incident = incident;
    this.#index = index;
  }

  bodies() {
    return [bodyOf(this.update)];
  }

  get components() {
    return affectedComponents(this.#until(this.#index + 1));
  }

  get before() {
    if (this.#index > 0) return latestStatuses(this.#until(this.#index));
    return this.update.status === 'resolved' ? this.#incident.components : {};
  }

  get after() {
    return latestStatuses(this.#until(this.#index + 1));
  }

  #until(count: number): Incident {
    return { ...this.#incident, updates: this.#incident.updates.slice(0, count) };
  }
}

function incidentMessages(incident: Incident): Message[] {
  return incident.updates.map((update, index) => new IncidentMessage(incident, update, index));
}

type Draft = Omit<Message, 'status' | 'components' | 'before' | 'after'>;

function maintenanceMessages(maintenance: Maintenance, now: Instant): Message[] {
  return messagesFrom(maintenance, [
    ...writtenIn(maintenance, now),
    ...clockPhases(maintenance, now).map(byClock),
    ...exceptionIn(maintenance, now),
  ]);
}

function messagesFrom(maintenance: Maintenance, drafts: Draft[]): Message[] {
  const phases = maintenancePhases(maintenance);
  let before: Statuses = {};
  return drafts
    .sort((a, b) => a.at - b.at)
    .map((draft) => {
      const status = draft.id === ANNOUNCEMENT ? 'scheduled' : phaseAt(phases, draft.at).status;
      const updates = maintenance.updates.filter(({ at }) => at <= draft.at);
      const statuses = Object.assign({}, maintenance.components, ...updates.map(({ components }) => components));
      const after = isRunning(status) ? (statuses as Statuses) : {};
      const components = affectedComponents({ ...maintenance, updates });
      const message = { ...draft, status, components, before, after };
      before = after;
      return message;
    });
}

/**
 * The announcement is a separate message, unless the first update is Scheduled and the file has no `announced`. Then its
 * text comes before the text of that update.
 */
function writtenIn(maintenance: Maintenance, now: Instant): Draft[] {
  const { id, announced, announcement, announcementLang, updates } = maintenance;
  const bodies = announcement ? [{ body: announcement, idPrefix: `e-${id}-`, lang: announcementLang }] : [];
  const [first, ...others] = updates.map(written);
  const early = firstInTime(maintenance);
  if (first && early && announced === undefined)
    return [{ ...first, bodies: () => [...bodies, ...first.bodies()] }, ...others];
  if (first && early?.word === 'scheduled' && !announcement) return [first, ...others];
  const at = announcedAt(maintenance, now);
  const own: Draft = {
    id: ANNOUNCEMENT,
    word: 'scheduled',
    at,
    changed: at,
    hasText: bodies.length > 0,
    bodies: () => bodies,
    ...(announced === undefined && { undated: true }),
  };
  return [own, ...(first ? [first, ...others] : [])];
}

function bodyOf({ id, body, lang }: Update<IncidentWord> | Update<MaintenanceWord>): MessageBody {
  return { body, idPrefix: `${id}-`, lang };
}

function written(update: Update<IncidentWord> | Update<MaintenanceWord>): Draft {
  const { id, word, at, edited } = update;
  return {
    id,
    word,
    at,
    changed: edited ?? at,
    hasText: true,
    bodies: () => [bodyOf(update)],
    update: update as StatusEvent['updates'][number],
    ...(update.undated && { undated: true }),
  };
}

interface ClockPhase {
  status: MaintenanceStatus;
  from: Instant;
}

function clockPhases(maintenance: Maintenance, now: Instant): ClockPhase[] {
  return maintenancePhases(maintenance).filter(
    ({ status, by, from }) => by === 'clock' && status !== 'scheduled' && from > -Infinity && from <= now,
  );
}

function byClock({ status, from }: ClockPhase): Draft {
  const clock = status === 'completed' ? 'ended' : 'started';
  return {
    id: `${updateIdAt(from)}-${clock}`,
    word: status,
    at: from,
    changed: from,
    hasText: false,
    bodies: () => [],
    clock,
  };
}

/** The message that an occurrence was moved or cancelled. Without an announcement, it was cancelled from the beginning. */
function exceptionIn(maintenance: Maintenance, now: Instant): Draft[] {
  const { cancelled, exception, updates } = maintenance;
  const at = exception?.announced ?? announcedAt(maintenance, now);
  const said = { at, changed: at, hasText: false, bodies: () => [], ...(!exception && { undated: true as const }) };
  const id = updateIdAt(at);
  if (cancelled && (exception || !updates.some(({ word }) => word === 'cancelled')))
    return [{ ...said, id: `${id}-cancelled`, word: 'cancelled', clock: 'cancelled' }];
  if (exception?.window)
    return [{ ...said, id: `${id}-moved`, word: 'update', clock: 'moved', window: exception.window }];
  return [];
}

/**
 * When subscribers are reminded of a maintenance, oldest first. Without a known announcement nobody is, because it may
 * come after that.
 */
export function reminderTimes(maintenance: Maintenance, { content }: Pick<Ledger, 'content'>): Instant[] {
  const announced = saidToBeAnnounced(maintenance);
  const ahead = maintenance.remind ?? content.site.remind;
  if (ahead.length === 0 || announced === Infinity) return [];
  return remindersOf(maintenance, ahead).filter((at) => at > announced);
}

/** Reminders until now. They are news, and not part of the record on the maintenance's page. */
function reminders(event: StatusEvent, ledger: Ledger): Message[] {
  if (event.kind === 'incident') return [];
  const past = reminderTimes(event, ledger).filter((at) => at <= ledger.now);
  return messagesFrom(
    event,
    past.map((at) => ({
      id: `${updateIdAt(at)}-reminder`,
      word: 'scheduled',
      at,
      changed: at,
      hasText: false,
      bodies: () => [],
      clock: 'reminder',
    })),
  );
}

/** The one message of an announcement. Its id does not change with its time, so that it is sent once. */
function announcementMessage({ id, from, components, body, bodyLang }: Announcement): Message {
  return {
    id: ANNOUNCEMENT,
    word: 'announcement',
    status: 'announcement',
    at: from,
    changed: from,
    hasText: true,
    bodies: () => [{ body, idPrefix: `e-${id}-`, lang: bodyLang }],
    components: Object.keys(components),
    before: {},
    after: {},
  };
}

/** What subscribers get of an event until now, oldest first. */
function newsIn(event: NewsEvent, ledger: Ledger): NewsItem[] {
  if (event.kind === 'announcement')
    return event.from <= ledger.now ? [{ event, message: announcementMessage(event) }] : [];
  const messages = messagesOf(event, ledger.now);
  const all = [...messages, ...reminders(event, ledger)].sort((a, b) => a.at - b.at);
  return all.map((message) => ({ event, message }));
}

/** A message that subscribers get, with its event. */
export interface NewsItem {
  event: NewsEvent;
  message: Message;
}

/**
 * The messages in feeds and notices, newest first; at the same instant by event id, later message first. A series of
 * maintenance is announced once, with its first occurrence: otherwise sixty days of occurrences would appear at once and
 * push out everything else.
 */
export function newsOf(events: readonly NewsEvent[], ledger: Ledger): NewsItem[] {
  const announced = firstOccurrences(ledger.content.maintenance);
  const isNews = ({ event, message }: NewsItem) =>
    event.kind !== 'maintenance' || message.id !== ANNOUNCEMENT || announced.has(event);
  return events
    .flatMap((event) => newsOfEvent(event, ledger))
    .filter(isNews)
    .sort((a, b) => b.message.at - a.message.at || compareText(a.event.id, b.event.id));
}

/** The messages of one event, newest first. Every occurrence of a series begins with its announcement. */
export function newsOfEvent(event: NewsEvent, ledger: Ledger): NewsItem[] {
  return newsIn(event, ledger).reverse();
}

/** The messages of all events, newest first. */
export const allNews = memoize((ledger: Ledger): readonly NewsItem[] => {
  const { incidents, maintenance, announcements } = ledger.content;
  return newsOf([...incidents, ...maintenance, ...announcements], ledger);
});

/** The messages of all events that name a component, newest first, by the component's id. */
export const newsByComponent = memoize((ledger: Ledger) => newsBy(ledger, affectedComponents));

/** The messages of all events that name a component of a group, newest first, by the group's id. */
export const newsByGroup = memoize((ledger: Ledger) => newsBy(ledger, (event) => affectedGroups(event, ledger)));

/** The messages of all events that affect an area, newest first, by the area's id. */
export const newsByArea = memoize((ledger: Ledger) =>
  newsBy(ledger, (event) => affectedAreas(event, ledger.content.site)),
);

/** @param keysOf each once */
function newsBy(
  ledger: Ledger,
  keysOf: (event: NewsEvent) => Iterable<string>,
): ReadonlyMap<string, readonly NewsItem[]> {
  const keys = memoize((event: NewsEvent) => keysOf(event));
  const news = new Map<string, NewsItem[]>();
  for (const item of allNews(ledger)) {
    for (const key of keys(item.event)) news.getOrInsertComputed(key, () => []).push(item);
  }
  return news;
}

/** The first occurrence of each series, and all other maintenance. */
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
export function eventUntil({ event, message }: NewsItem): NewsEvent {
  const { update, at } = message;
  const last = event.updates.findLastIndex((one) => (update ? one.id === update.id : one.at <= at));
  return { ...event, updates: event.updates.slice(0, last + 1) } as NewsEvent;
}
