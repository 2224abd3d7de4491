import type { Ledger } from '../../core/ledger.ts';
import type { NewsItem } from '../../core/messages.ts';
import { newsOf } from '../../core/messages.ts';
import { bodyText } from '../../reader/markdown/html.ts';
import type { FeedContext } from '../feed.ts';
import { eventPath } from '../../core/events.ts';
import { isOver, isRunning } from '../../core/maintenance.ts';
import type { MaintenanceStatus } from '../../core/vocabulary.ts';

/** One message of an event, as it is sent to subscribers. */
export interface Notice extends NewsItem {
  /** `incidents/ID/u-20261120T092000Z`, the end of its feed id. */
  id: string;
  /** The id of messages by the clock in earlier versions, before they were in feeds. */
  formerId?: string;
}

/** Every message that is public by the ledger's instant, oldest first. Cheap: renders nothing. */
export function noticesOf(ledger: Ledger): Notice[] {
  const { incidents, maintenance } = ledger.content;
  return newsOf([...incidents, ...maintenance], ledger)
    .reverse()
    .map(({ event, message }) => {
      const path = eventPath(event);
      const byClock = message.clock === 'started' || message.clock === 'ended';
      const former = byClock && { formerId: `${path}clock-${message.word}` };
      return { id: path + message.id, event, message, ...former };
    });
}

/**
 * Its status and text in plain words: what tells a corrected time from something new. It holds no time, no area and no
 * component, and does not depend on the page's language.
 */
export function essenceOf({ message }: Notice, _context: FeedContext): string {
  const texts = message.bodies().map(({ body }) => bodyText(body));
  return [message.word, ...texts].join(' ').normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Where the event stands with this message: `identified`, `in_progress`. */
function standingOf({ message }: Notice): string {
  return message.update?.status ?? message.word;
}

/** Whether nothing is wrong and no work is to be done any more, so that nothing is promised. */
export function isOverWith(notice: Notice): boolean {
  const standing = standingOf(notice);
  return standing === 'resolved' || isOver(standing as MaintenanceStatus);
}

/** Whether components have now what the message says: neither before the work nor long after. */
export function saysStatuses(notice: Notice): boolean {
  if (notice.event.kind === 'incident') return !isPostmortem(notice);
  const standing = standingOf(notice) as MaintenanceStatus;
  return isRunning(standing) || standing === 'completed';
}

export function isPostmortem({ message }: Notice): boolean {
  return message.word === 'postmortem';
}
