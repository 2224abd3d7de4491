import type { Instant } from '../days.ts';
import type { ComponentStatus } from '../vocabulary.ts';
import { worstStatus } from '../vocabulary.ts';
import type { Alert } from './rule.ts';

/**
 * The stages of an alert: only its end was received so far (`early`), it fires but is not announced yet (`waiting`), it
 * is announced (`told`), or nothing is left to announce (`over`).
 */
export const RECORD_STAGES = ['early', 'waiting', 'told', 'over'] as const;
export type RecordStage = (typeof RECORD_STAGES)[number];

/** What is remembered of one alert of a rule. */
export interface AlertRecord {
  /** Derived from the key that its system uses. */
  key: string;
  stage: RecordStage;
  /** When it began. */
  since: Instant;
  /** When it ended; left out while it fires. */
  until?: Instant;
  /** When the previous episode ended. A resolved message with this time or an earlier one is a repetition. */
  before?: Instant;
  /** The components that it affects, with their statuses. */
  components: Readonly<Record<string, ComponentStatus>>;
  /** The fields that a template may still use, as Markdown. */
  fields: Readonly<Record<string, string>>;
}

/** Records have no fractions of a second, so times differ by at least this much. */
const SECOND = 1000;

type Statuses = AlertRecord['components'];

/** One message of a monitoring system. */
export interface AlertMessage
  extends Pick<AlertRecord, 'key' | 'components' | 'fields'>, Pick<Alert, 'state' | 'start' | 'end' | 'firingAt'> {
  /** When it was received, if not now: a job can be run again. */
  received?: Instant;
}

/**
 * Adds messages to the records. Messages with times can arrive in any order, and repeated messages change nothing.
 * @param now when the messages were received, for those without a time
 */
export function withMessages(
  records: readonly AlertRecord[],
  messages: readonly AlertMessage[],
  now: Instant,
): AlertRecord[] {
  const byKey = new Map(records.map((record) => [record.key, record]));
  for (const message of messages) {
    const record = withMessage(byKey.get(message.key), message, now);
    if (record) byKey.set(message.key, record);
  }
  return [...byKey.values()];
}

function withMessage(known: AlertRecord | undefined, message: AlertMessage, now: Instant): AlertRecord | undefined {
  const arrived = Math.min(message.received ?? now, now);
  switch (message.state) {
    case 'firing':
      return fired(known, message, arrived);
    case 'resolved':
      return resolved(known, message, arrived);
    case 'unknown':
      // Missing data is not the end of an alert, so the incident stays open.
      return known;
  }
}

function fired(known: AlertRecord | undefined, message: AlertMessage, arrived: Instant): AlertRecord {
  const { key, components, fields, start } = message;
  const since = Math.min(start ?? arrived, arrived);
  if (!known) return { key, stage: 'waiting', since, components, fields };
  const again = episodeAfter(known, message, arrived);
  if (again !== undefined) {
    return { key, stage: 'waiting', since: again, ...(known.until && { before: known.until }), components, fields };
  }
  if (known.stage === 'early' && isBeginningOf(known, start)) {
    return { ...known, stage: 'waiting', since: Math.min(since, known.since), components, fields };
  }
  if (known.until !== undefined) return known;
  // With a later start, it ended and fired again in between. A late message about that end must not end it now.
  const latest = start === undefined ? known : { ...known, since: Math.max(since, known.since) };
  if (!isWorse(components, known.components)) return latest;
  return { ...latest, stage: 'waiting', components: worstOf([known.components, components]), fields };
}

/** Whether an alert affects components more than before, for example because its severity changed. */
function isWorse(components: Statuses, before: Statuses): boolean {
  return Object.entries(components).some(
    ([id, status]) => worstStatus([before[id] ?? 'operational', status]) !== (before[id] ?? 'operational'),
  );
}

/** The worst status of each component. */
export function worstOf(said: readonly Statuses[]): Record<string, ComponentStatus> {
  const all: Record<string, ComponentStatus> = {};
  for (const statuses of said) {
    for (const [id, status] of Object.entries(statuses)) all[id] = worstStatus([all[id] ?? 'operational', status]);
  }
  return all;
}

/**
 * When an ended alert fired again: its later start, else the time that the message describes, else when it was received.
 * Undefined if the message is older than the end.
 */
function episodeAfter(
  { stage, since, until }: AlertRecord,
  { start, firingAt = start === undefined ? 'received' : undefined }: AlertMessage,
  arrived: Instant,
): Instant | undefined {
  if (until === undefined) return undefined;
  if (start !== undefined && start > since && start >= until) return Math.min(start, arrived);
  if (typeof firingAt === 'number') return firingAt - until >= SECOND ? Math.min(firingAt, arrived) : undefined;
  // The end arrived before the start.
  const isBeginning = stage === 'early' && start !== undefined;
  return firingAt === 'received' && !isBeginning && arrived >= until ? arrived : undefined;
}

/** Whether this start belongs to an end that arrived before it, and not to an earlier episode. */
function isBeginningOf({ since, until }: AlertRecord, start: Instant | undefined): boolean {
  return start === undefined || start >= since || since === until;
}

function resolved(known: AlertRecord | undefined, message: AlertMessage, arrived: Instant): AlertRecord {
  const { key, components, fields, start } = message;
  const end = Math.min(message.end ?? arrived, arrived);
  const since = Math.min(start ?? end, end);
  const early: AlertRecord = { key, stage: 'early', since, until: end, components, fields };
  if (!known) return early;
  if (known.until === undefined) {
    // Without a start, it is unclear which episode this ends. It ends the current one, so that nothing stays open forever.
    if (start === undefined)
      return end <= (known.before ?? -Infinity) ? known : { ...known, until: Math.max(end, known.since) };
    return end < known.since ? known : { ...known, until: end };
  }
  if (end <= known.until) return known;
  const isNext = start !== undefined && start > known.until && known.stage !== 'told';
  return isNext ? early : { ...known, until: end };
}

/** Merges two sets of records. For the same start, an end wins over none, and the later stage over the earlier. */
export function mergeRecords(some: readonly AlertRecord[], others: readonly AlertRecord[]): AlertRecord[] {
  const merged = new Map(some.map((record) => [record.key, record]));
  for (const record of others) {
    const known = merged.get(record.key);
    merged.set(record.key, known ? later(known, record) : record);
  }
  return [...merged.values()];
}

function later(one: AlertRecord, other: AlertRecord): AlertRecord {
  if (one.since !== other.since) return one.since > other.since ? one : other;
  const last = RECORD_STAGES.indexOf(other.stage) > RECORD_STAGES.indexOf(one.stage) ? other : one;
  const until = one.until ?? other.until;
  return { ...last, ...(until !== undefined && { until }) };
}

/** The records that fire, oldest first. */
export function firingOf(records: readonly AlertRecord[]): AlertRecord[] {
  return records.filter(({ until }) => until === undefined).sort((a, b) => a.since - b.since);
}
