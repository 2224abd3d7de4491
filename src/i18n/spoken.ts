import type { Message } from '../core/messages.ts';
import type { Words } from './words.ts';

/** What a message says where the clock or an exception of a series speaks, and nobody wrote anything. */
export function spokenByClock({ clock }: Pick<Message, 'clock'>, words: Words): string {
  if (clock === undefined) return '';
  return words.say(`maintenance.by_clock.${clock}`);
}
