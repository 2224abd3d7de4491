import type { StatusEvent } from '../../core/model.ts';
import type { ComponentStatus } from '../../core/vocabulary.ts';
import { bodyOf } from './body.ts';
import type { StatuspageContext } from './context.ts';
import { statuspageId } from './ids.ts';
import type { Message } from '../../core/messages.ts';
import { timeIn } from './times.ts';

/** A message of an incident or maintenance. */
export interface StatuspageUpdate {
  id: string;
  status: string;
  /** HTML. */
  body: string;
  incident_id: string;
  created_at: string;
  updated_at: string;
  display_at: string;
  /** Every component named until then, retired ones too. */
  affected_components: AffectedComponent[];
  deliver_notifications: boolean;
  custom_tweet: null;
  tweet_id: null;
}

export interface AffectedComponent {
  /** The component's id. */
  code: string;
  name: string;
  old_status: ComponentStatus;
  new_status: ComponentStatus;
}

export function updateOf(event: StatusEvent, message: Message, { feed }: StatuspageContext): StatuspageUpdate {
  const { site, components } = feed.ledger.content;
  const at = timeIn(site.time_zone, message.at);
  return {
    id: statuspageId('update', event.id, idOf(message)),
    status: statuspageStatus(message.status),
    body: (message.word === 'cancelled' ? `${feed.words.say('word.cancelled')} - ` : '') + bodyOf(event, message, feed),
    incident_id: statuspageId('event', event.id),
    created_at: at,
    updated_at: timeIn(site.time_zone, message.changed),
    display_at: at,
    affected_components: message.components.map((id) => ({
      code: statuspageId('component', id),
      name: components.get(id)?.name ?? id,
      old_status: message.before[id] ?? 'operational',
      new_status: message.after[id] ?? 'operational',
    })),
    deliver_notifications: true,
    custom_tweet: null,
    tweet_id: null,
  };
}

/** Statuspage has no cancelled maintenance: it is completed, and its text says why. */
export function statuspageStatus(status: string): string {
  return status === 'cancelled' ? 'completed' : status;
}

/** Ids of messages by the clock from before they were in feeds; clients know them. */
function idOf({ id, word, clock }: Message): string {
  return clock ? `clock-${word}` : id;
}
