import type { Public } from '../publish/published.ts';
import type { Instant } from '../../src/core/days.ts';
import type { Channel } from '../../src/core/schema/channel.ts';
import type { Notice } from '../../src/formats/notices/notice.ts';
import type { Line, NoticeRecord, Recorded } from './record.ts';
import { eventOf, EVERY_CHANNEL } from './record.ts';
import type { Candidate } from './match.ts';
import { matchUpdates } from './match.ts';

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
 * @param record what was sent; nothing on the first run, which sends nothing
 */
export function planNotices(
  { notices, contentHash, imported, now, newest }: Public,
  channels: readonly Channel[],
  record: NoticeRecord | undefined,
): Plan {
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

/** Whether it is too old to send. An undated announcement can be sent until the work starts. */
export function isOld({ event, message }: Notice, now: Instant): boolean {
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
