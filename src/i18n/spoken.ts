import type { Message } from '../core/messages.ts';
import type { Words } from './words.ts';

/** The text of a message by the clock or by an exception of a series. */
export function spokenByClock({ clock }: Pick<Message, 'clock'>, words: Words): string {
  if (clock === undefined) return '';
  return words.say(`maintenance.by_clock.${clock}`);
}
