import type { Instant } from '../days.ts';
import type { ComponentStatus } from '../vocabulary.ts';
import { worstStatus } from '../vocabulary.ts';
import type { Alert } from './rule.ts';

/**
 * What became of an alert: only its end was received so far (`early`), it began and customers were told nothing yet
 * (`waiting`), they were told that something is wrong (`told`), or there is nothing left to tell (`over`).
 */
export const RECORD_STAGES = ['early', 'waiting', 'told', 'over'] as const;
export type RecordStage = (typeof RECORD_STAGES)[number];

/** What is remembered of one alert of a rule. */
export interface AlertRecord {
  /** Made from what its system calls it by. */
  key: string;
  stage: RecordStage;
  /** When it began. */
  since: Instant;
  /** When it ended; nothing while it fires. */
  until?: Instant;
  /** When the previous episode ended, if any: an end that is no later is the same end again. */
  before?: Instant;
  /** The components that it names, and what becomes of them. */
  components: Readonly<Record<string, ComponentStatus>>;
  /** Those named fields of it that a template may still ask for, as Markdown. */
  fields: Readonly<Record<string, string>>;
}

/** Records have no fractions of a second, so times differ by at least this much. */
const SECOND = 1000;

type Statuses = AlertRecord['components'];

/** One message of a monitor, as it comes into the records. */
export interface AlertMessage
  extends Pick<AlertRecord, 'key' | 'components' | 'fields'>, Pick<Alert, 'state' | 'start' | 'end' | 'firingAt'> {
  /** When it was received, if that was not now, as when a job is run again. */
  received?: Instant;
}

/**
 * Records with more messages. The order in which messages arrive does not matter as far as they carry their times, and a
 * message that comes again changes nothing.
 * @param now when the messages were received: the time of what does not say one
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
      // No data: the incident stays as it is until the alert is known to be over.
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
  // With a later start it ended and began again in between; the late message about that end must not end it now.
  const latest = start === undefined ? known : { ...known, since: Math.max(since, known.since) };
  if (!isWorse(components, known.components)) return latest;
  return { ...latest, stage: 'waiting', components: worstOf([known.components, components]), fields };
}

/** Whether an alert has grown since, as it does when its severity changes. */
function isWorse(components: Statuses, before: Statuses): boolean {
  return Object.entries(components).some(
    ([id, status]) => worstStatus([before[id] ?? 'operational', status]) !== (before[id] ?? 'operational'),
  );
}

/** The worst that is said of each component. */
export function worstOf(said: readonly Statuses[]): Record<string, ComponentStatus> {
  const all: Record<string, ComponentStatus> = {};
  for (const statuses of said) {
    for (const [id, status] of Object.entries(statuses)) all[id] = worstStatus([all[id] ?? 'operational', status]);
  }
  return all;
}

/**
 * When an ended alert began again, from a firing message: its later start, otherwise the time that the message
 * describes, otherwise when it was received. Nothing if the message is older than the end.
 */
function episodeAfter(
  { stage, since, until }: AlertRecord,
  { start, firingAt = start === undefined ? 'received' : undefined }: AlertMessage,
  arrived: Instant,
): Instant | undefined {
  if (until === undefined) return undefined;
  if (start !== undefined && start > since && start >= until) return Math.min(start, arrived);
  if (typeof firingAt === 'number') return firingAt - until >= SECOND ? Math.min(firingAt, arrived) : undefined;
  // The end arrived first, so its start is still to come.
  const isBeginning = stage === 'early' && start !== undefined;
  return firingAt === 'received' && !isBeginning && arrived >= until ? arrived : undefined;
}

/** Whether it is the beginning that an early end lacked, and not that of an alert before it. */
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
    // Without a start nobody can tell of which beginning it is the end, and nothing may stay open for ever.
    if (start === undefined)
      return end <= (known.before ?? -Infinity) ? known : { ...known, until: Math.max(end, known.since) };
    return end < known.since ? known : { ...known, until: end };
  }
  if (end <= known.until) return known;
  const isNext = start !== undefined && start > known.until && known.stage !== 'told';
  return isNext ? early : { ...known, until: end };
}

/** What two places remember, once for each alert: of the same beginning the end that one of them knows, and the later stage. */
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

/** Those that fire, the first to begin first. */
export function firingOf(records: readonly AlertRecord[]): AlertRecord[] {
  return records.filter(({ until }) => until === undefined).sort((a, b) => a.since - b.since);
}
