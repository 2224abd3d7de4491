import { eventIdOf } from '../../src/core/events.ts';
import { formatTime } from '../../src/core/time-text.ts';
import type { Reading } from '../../src/reader/content.ts';
import { headingWord } from '../../src/reader/events/headings.ts';
import type { ScheduledFile, ScheduledUpdate } from '../../src/reader/scheduled.ts';

/** An update that is published later, with its file. */
export type Scheduled = ScheduledUpdate & { in: ScheduledFile };

/** Everything that is published later, soonest first. */
export function scheduledIn({ scheduled }: Pick<Reading, 'scheduled'>): Scheduled[] {
  const updates = scheduled.flatMap((file) => file.updates.map((update) => ({ ...update, in: file })));
  return updates.sort((a, b) => a.at - b.at);
}

/** An update in a line: `Update on 2026-11-20-checkout-errors, at 2026-11-21 09:00 UTC`. */
export function scheduledLine({ at, word, in: { target } }: Scheduled): string {
  return `${headingWord(word)} on ${eventIdOf(target)}, at ${formatTime(at)}`;
}
