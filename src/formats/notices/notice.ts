import type { Ledger } from '../../core/ledger.ts';
import type { NewsItem } from '../../core/messages.ts';
import { allNews } from '../../core/messages.ts';
import { bodyText } from '../../reader/markdown/html.ts';
import type { FeedContext } from '../context.ts';
import { eventPath } from '../../core/events.ts';
import { isOver, isRunning } from '../../core/maintenance.ts';
import type { MaintenanceStatus } from '../../core/vocabulary.ts';

/** One message of an event, as it is sent to subscribers. */
export interface Notice extends NewsItem {
  /** `incidents/ID/u-20261120T092000Z`, the end of its feed id. */
  id: string;
  /** The id of messages by the clock in earlier versions, before they were in feeds. */
  formerId?: string;
  /** What it links to, where it is on no page. */
  url?: string;
}

/** All messages until the ledger's instant, oldest first. Fast: renders nothing. */
export function noticesOf(ledger: Ledger): Notice[] {
  return allNews(ledger)
    .toReversed()
    .map(({ event, message }) => {
      const path = eventPath(event);
      const byClock = message.clock === 'started' || message.clock === 'ended';
      const former = byClock && { formerId: `${path}clock-${message.word}` };
      return { id: path + message.id, event, message, ...former };
    });
}

/**
 * Status and plain text, to distinguish a corrected time from a new update. Without times, areas and components, and
 * independent of the page's language.
 */
export function essenceOf({ message }: Notice, _context: FeedContext): string {
  const texts = message.bodies().map(({ body }) => bodyText(body));
  return [message.word, ...texts].join(' ').normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** The event's status with this message: `identified`, `in_progress`. */
function standingOf({ message }: Notice): string {
  return message.update?.status ?? message.word;
}

/** Whether the event is closed with this message, so that nothing is promised. */
export function isOverWith(notice: Notice): boolean {
  const standing = standingOf(notice);
  return standing === 'resolved' || isOver(standing as MaintenanceStatus);
}

/** Whether the components' statuses in the message apply now: not before the maintenance, and not long after. */
export function saysStatuses(notice: Notice): boolean {
  if (notice.event.kind !== 'maintenance') return notice.event.kind === 'incident' && !isPostmortem(notice);
  const standing = standingOf(notice) as MaintenanceStatus;
  return isRunning(standing) || standing === 'completed';
}

export function isPostmortem({ message }: Notice): boolean {
  return message.word === 'postmortem';
}
