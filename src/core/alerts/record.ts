import type { Instant } from '../model.ts';
import type { ComponentStatus } from '../vocabulary.ts';

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
  /** The components that it names, and what becomes of them. */
  components: Readonly<Record<string, ComponentStatus>>;
  /** Those named fields of it that a template may still ask for, as Markdown. */
  fields: Readonly<Record<string, string>>;
}

/** One message of a monitor, as it comes into the records. */
export interface AlertMessage extends Pick<AlertRecord, 'key' | 'components' | 'fields'> {
  state: 'firing' | 'resolved';
  start?: Instant;
  end?: Instant;
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
    const known = byKey.get(message.key);
    byKey.set(message.key, message.state === 'firing' ? fired(known, message, now) : resolved(known, message, now));
  }
  return [...byKey.values()];
}

function fired(known: AlertRecord | undefined, message: AlertMessage, now: Instant): AlertRecord {
  const { key, components, fields, start } = message;
  const since = Math.min(start ?? now, now);
  if (!known || isNewEpisode(known, start)) return { key, stage: 'waiting', since, components, fields };
  if (known.stage === 'early' && isBeginningOf(known, start)) {
    return { ...known, stage: 'waiting', since: Math.min(since, known.since), components, fields };
  }
  // It ended and began again in between; the late message about that end must not end it now.
  const isAgain = known.until === undefined && start !== undefined && since > known.since;
  return isAgain ? { ...known, since } : known;
}

/** Whether an alert that had ended has begun again. One without a start can only have: its end was received before. */
function isNewEpisode({ since, until }: AlertRecord, start: Instant | undefined): boolean {
  return until !== undefined && (start === undefined || (start > since && start >= until));
}

/** Whether it is the beginning that an early end lacked, and not that of an alert before it. */
function isBeginningOf({ since, until }: AlertRecord, start: Instant | undefined): boolean {
  return start === undefined || start >= since || since === until;
}

function resolved(known: AlertRecord | undefined, message: AlertMessage, now: Instant): AlertRecord {
  const { key, components, fields, start } = message;
  const end = Math.min(message.end ?? now, now);
  const since = Math.min(start ?? end, end);
  const early: AlertRecord = { key, stage: 'early', since, until: end, components, fields };
  if (!known) return early;
  if (known.until === undefined) return end < known.since ? known : { ...known, until: end };
  if (end <= known.until) return known;
  const isNext = start !== undefined && start > known.until && known.stage !== 'told';
  return isNext ? early : { ...known, until: end };
}

/** Those that fire, the first to begin first. */
export function firingOf(records: readonly AlertRecord[]): AlertRecord[] {
  return records.filter(({ until }) => until === undefined).sort((a, b) => a.since - b.since);
}
