import { createHash } from 'node:crypto';
import type { Published } from '../publish/published.ts';
import type { Instant } from '../../src/core/days.ts';
import { plannedAt } from '../../src/core/maintenance.ts';
import type { Channel } from '../../src/core/schema/channel.ts';
import type { Notice } from '../../src/formats/notices/notice.ts';
import type { Line, NoticeRecord, Recorded } from './record.ts';
import { eventOf, EVERY_CHANNEL, ownPart } from './record.ts';
import { UNDATED_ID } from '../../src/reader/events/partial.ts';
import type { FeedContext } from '../../src/formats/context.ts';
import { essenceOf } from '../../src/formats/notices/notice.ts';

/** An update that is public, as far as it is compared with the record. */
interface Candidate {
  id: string;
  /** The id it was recorded with by earlier versions of Candor. */
  formerId?: string | undefined;
  /** Whether somebody wrote a text for it; where the clock speaks, one is like the other. */
  written: boolean;
  /** Worked out when it is asked for: most are found by their id. */
  contentHash: () => string;
}

/**
 * Finds what is public in the record: by id, then by status and text among what was public the last time and is no more.
 * So a corrected time, a corrected text or a renamed file is not sent again, and neither is an update that only now has
 * a readable time.
 * @param candidates oldest first
 * @returns the recorded update of each that is known, by its id
 */
function matchUpdates(candidates: readonly Candidate[], record: NoticeRecord): Map<string, Recorded> {
  const matching = new Matching(candidates, record);
  matching.bySharedInstant();
  matching.byId();
  matching.byText();
  return matching.found;
}

class Matching {
  readonly found = new Map<string, Recorded>();
  readonly #taken = new Set<Recorded>();
  readonly #candidates: readonly Candidate[];
  readonly #record: NoticeRecord;

  constructor(candidates: readonly Candidate[], record: NoticeRecord) {
    this.#candidates = candidates;
    this.#record = record;
  }

  /**
   * Updates of one instant are numbered in their order, so that one which is put before another takes over its id.
   * Where their number has changed, they are told apart by text.
   */
  bySharedInstant(): void {
    const present = Map.groupBy(this.#candidates, ({ id }) => instantOf(id));
    const recorded = Map.groupBy(this.#record.updates.values(), ({ id }) => instantOf(id));
    for (const [instant, updates] of present) {
      const known = recorded.get(instant) ?? [];
      if (known.length === 0 || known.length === updates.length) continue;
      for (const one of updates) {
        const same = known.find((other) => this.#isFree(other) && other.contentHash === one.contentHash());
        if (same) this.#pair(one, same);
      }
    }
  }

  byId(): void {
    const present = new Set(this.#candidates.map(({ id }) => id));
    for (const one of this.#unmatched()) {
      const same = [one.id, one.formerId].map((id) => this.#record.updates.get(id ?? '')).find((other) => other);
      if (same && !this.#taken.has(same)) this.#pair(one, same);
    }
    // An older commit is published again.
    for (const one of this.#unmatched()) {
      const same = this.#record.former(one.id);
      if (same && !this.#taken.has(same) && !present.has(same.id)) this.#pair(one, same);
    }
  }

  byText(): void {
    const events = this.#renamedEvents();
    const lost = Map.groupBy(
      [...this.#record.updates.values()].filter((other) => this.#isFree(other)),
      ({ id }) => eventOf(id),
    );
    for (const one of this.#unmatched()) {
      const event = eventOf(one.id);
      const renamed = (lost.get(events.get(event) ?? '') ?? []).filter((other) => this.#isFree(other));
      const own = (lost.get(event) ?? []).filter((other) => this.#isFree(other));
      const same =
        renamed.find(({ id }) => ownPart(id) === ownPart(one.id)) ??
        [...own, ...renamed].find(({ contentHash }) => contentHash === one.contentHash()) ??
        [...own, ...renamed].find(({ id }) => ownPart(id) === UNDATED_ID);
      if (same) this.#pair(one, same);
    }
  }

  /** Matches what another file said at the same time in the same words. @returns the former name of each renamed event */
  #renamedEvents(): Map<string, string> {
    const present = new Set(this.#candidates.map(({ id }) => eventOf(id)));
    const key = (id: string, contentHash: string) => `${ownPart(id)} ${contentHash}`;
    const lost = [...this.#record.updates.values()].filter((other) => this.#isFree(other));
    const byKey = new Map(lost.map((other) => [key(other.id, other.contentHash), other]));
    const renamed = new Map<string, string>();
    if (lost.length === 0) return renamed;
    for (const one of this.#unmatched()) {
      const same = one.written ? byKey.get(key(one.id, one.contentHash())) : undefined;
      if (!same || !this.#isFree(same)) continue;
      const former = eventOf(same.id);
      if (!present.has(former)) renamed.set(eventOf(one.id), former);
      this.#pair(one, same);
    }
    return renamed;
  }

  #unmatched(): Candidate[] {
    return this.#candidates.filter(({ id }) => !this.found.has(id));
  }

  #isFree(other: Recorded): boolean {
    return !other.gone && !this.#taken.has(other);
  }

  #pair(one: Candidate, recorded: Recorded): void {
    this.found.set(one.id, recorded);
    this.#taken.add(recorded);
  }
}

/** The id without the number that tells updates of one instant apart. */
function instantOf(id: string): string {
  return id.replace(/(\/u-\d{8}T\d{6}Z)-\d+$/, '$1');
}

/** What tells a corrected time from something new, short enough for the record; each worked out once. */
export function contentHashes(context: FeedContext): (notice: Notice) => string {
  const known = new WeakMap<Notice, string>();
  return (notice) => {
    const contentHash = known.get(notice) ?? hashOf(essenceOf(notice, context));
    known.set(notice, contentHash);
    return contentHash;
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** What has been public for longer is no news any more. */
const NEWS = 7 * 86_400_000;

/** What one run has to do. */
export interface Plan {
  /** What is recorded before anything is sent. */
  lines: Line[];
  /** By channel what is to be sent, oldest first. */
  deliveries: Map<Channel, Notice[]>;
}

/**
 * Works out which updates are news to which channel.
 * @param newest whether it is of the newest commit: what another one does not have is not gone for that
 * @param record what was sent; nothing on the first run, which sends nothing
 */
export function planNotices(
  { context, notices, imported, now }: Published,
  newest: boolean,
  channels: readonly Channel[],
  record: NoticeRecord | undefined,
): Plan {
  const contentHash = contentHashes(context);
  const at = new Date(now).toISOString();
  const line = (channel: string, how: Line['how'], notice?: Notice): Line => ({
    at,
    channel,
    ...(notice && { update: notice.id, essence: contentHash(notice) }),
    how,
  });
  const begin = ({ name }: Channel) => line(name, 'begun');
  if (!record) {
    const known = notices.map((notice) => line(EVERY_CHANNEL, 'known', notice));
    return { lines: [...channels.map(begin), ...known], deliveries: new Map() };
  }

  const candidates = notices.map((notice): Candidate & { notice: Notice } => ({
    notice,
    id: notice.id,
    formerId: notice.formerId,
    written: notice.message.hasText,
    contentHash: () => contentHash(notice),
  }));
  const found = matchUpdates(candidates, record);
  const events = new Set([...[...record.updates.keys()].map(eventOf), ...[...found.keys()].map(eventOf)]);
  const isImported = (notice: Notice) => {
    const origin = found.has(notice.id) ? undefined : imported(notice);
    return origin === 'as it came' || (origin === 'edited' && !events.has(eventOf(notice.id)));
  };

  const lines = newest ? goneLines(record, found, at) : [];
  const deliveries = new Map<Channel, Notice[]>();
  for (const notice of notices) {
    const recorded = found.get(notice.id);
    if (recorded && recorded.id !== notice.id) {
      lines.push({ ...line(EVERY_CHANNEL, 'moved', notice), from: recorded.id });
    } else if (recorded && !isOld(notice, now) && recorded.contentHash !== contentHash(notice)) {
      lines.push(line(EVERY_CHANNEL, 'reworded', notice));
    } else if (recorded?.gone) {
      lines.push({ at, channel: EVERY_CHANNEL, update: notice.id, how: 'back' });
    }
  }
  const fresh = notices.filter((notice) => !isImported(notice));
  lines.push(...notices.filter(isImported).map((notice) => line(EVERY_CHANNEL, 'known', notice)));
  for (const channel of channels) {
    const { name } = channel;
    const isDone = ({ id }: Notice) => {
      const done = found.get(id)?.done;
      return done !== undefined && (done.has(name) || done.has(EVERY_CHANNEL));
    };
    const open = fresh.filter((notice) => !isDone(notice));
    if (!record.knows(name)) {
      lines.push(begin(channel), ...open.map((notice) => line(name, 'known', notice)));
      continue;
    }
    const isFollowing = (notice: Notice) => record.hasReceived(name, eventOf(found.get(notice.id)?.id ?? notice.id));
    const news: Notice[] = [];
    for (const notice of open) {
      if (isOld(notice, now)) lines.push(line(name, 'old', notice));
      else if (isFor(channel, notice) || isFollowing(notice)) news.push(notice);
      else lines.push(line(name, 'narrowed', notice));
    }
    if (news.length > 0) deliveries.set(channel, news);
  }
  return { lines, deliveries };
}

/** Whether it is too old to send. A reminder and an undated announcement can be sent until the work starts. */
export function isOld({ event, message }: Notice, now: Instant): boolean {
  if (message.clock === 'reminder' && event.kind === 'maintenance') return plannedAt(event, message.at).from <= now;
  return message.undated && event.kind === 'maintenance' ? event.scheduled <= now : message.at < now - NEWS;
}

/** What was public and is no more: the same words later are news again. */
function goneLines(record: NoticeRecord, found: ReadonlyMap<string, Recorded>, at: string): Line[] {
  const present = new Set(found.values());
  return [...record.updates.values()]
    .filter((one) => !one.gone && !present.has(one))
    .map(({ id }) => ({ at, channel: EVERY_CHANNEL, update: id, how: 'gone' }));
}

/** Whether an update is among those that a channel is narrowed to. */
export function isFor({ components, impacts }: Channel, { event, message }: Notice): boolean {
  const impact = event.kind === 'maintenance' ? 'maintenance' : event.impact;
  if (impacts && !impacts.includes(impact)) return false;
  return !components || message.components.some((id) => components.includes(id));
}
