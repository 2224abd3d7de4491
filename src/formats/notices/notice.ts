import type { Ledger } from '../../core/ledger.ts';
import type { Maintenance, StatusEvent } from '../../core/model.ts';
import { bodyText } from '../../reader/html.ts';
import type { FeedContext } from '../feed.ts';
import { eventPath } from '../statuspage/addresses.ts';
import type { Message } from '../statuspage/messages.ts';
import { ANNOUNCEMENT, messagesOf } from '../statuspage/messages.ts';

/** One message of an event, as it is sent to subscribers. */
export interface Notice {
  /** `incidents/ID/u-20261120T092000Z`, the end of its feed id; where the clock speaks `maintenance/ID/clock-in_progress`. */
  id: string;
  event: StatusEvent;
  message: Message;
}

/** Every message that is public by the ledger's instant, oldest first. Cheap: renders nothing. */
export function noticesOf({ content, now }: Ledger): Notice[] {
  const announced = firstOccurrences(content.maintenance);
  const isTold = (event: StatusEvent, { id }: Message) =>
    event.kind === 'incident' || id !== ANNOUNCEMENT || (announced.has(event) && !event.calledOff);
  return [...content.incidents, ...content.maintenance]
    .flatMap((event) =>
      messagesOf(event, now)
        .filter((message) => isTold(event, message))
        .map((message): Notice => ({ id: eventPath(event) + message.id, event, message })),
    )
    .sort((a, b) => a.message.at - b.message.at);
}

/**
 * Its status and text in plain words: what tells a corrected time from something new. It holds no time, no area and no
 * component, and does not depend on the page's language.
 */
export function essenceOf({ message }: Notice, _context: FeedContext): string {
  const texts = message.bodies.map(({ body }) => bodyText(body));
  return [message.word, ...texts].join(' ').normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Of work that recurs the beginning of the series, with which all of it is announced; of other work all. */
function firstOccurrences(maintenance: readonly Maintenance[]): ReadonlySet<StatusEvent> {
  const first = new Map<string, Maintenance>();
  for (const one of maintenance) {
    const key = one.series ?? one.id;
    const known = first.get(key);
    if (!known || one.scheduled < known.scheduled) first.set(key, one);
  }
  return new Set(first.values());
}
