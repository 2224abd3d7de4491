import { z } from 'zod';
import { Problem } from '../problem.ts';

/** In place of a channel's name: the line holds for every channel, also for those that come later. */
export const EVERY_CHANNEL = '*';

/**
 * What became of an update: `sent`; or why it is not to be sent: `known` was public before a channel began or came with
 * an import, `old` was public for too long before it could be sent, `narrowed` is not what the channel is for. Of updates
 * that are known already, for every channel: `moved` has another id now, `reworded` another text, `gone` is no more.
 * `back` is public again. `sending` is about to be sent: without a later line the run was stopped, and it may have arrived.
 * Of updates that a channel did not get altogether: `part` has gone to some of its addresses, `unanswered` may have
 * arrived, `unsent` has not. `begun` stands for no update: the channel is new.
 */
const HOW = [
  'begun',
  'known',
  'sending',
  'sent',
  'old',
  'narrowed',
  'part',
  'unanswered',
  'unsent',
  'moved',
  'reworded',
  'gone',
  'back',
] as const;

const lineSchema = z.object({
  /** When the run that wrote it began. */
  at: z.iso.datetime(),
  channel: z.string().min(1),
  /** `incidents/ID/u-…`; nothing where a channel begins. */
  update: z.string().optional(),
  /** Of its status and text: what tells a corrected time from something new. */
  essence: z.string().optional(),
  how: z.enum(HOW),
  /** Of a moved one the id that it had before. */
  from: z.string().optional(),
  /** How many of the channel's addresses are done with it. */
  reached: z.number().optional(),
  /** Of an update about to be sent: how often it may have arrived afterwards. */
  attempt: z.number().optional(),
});

/** One line of the record of what was sent. */
export type Line = z.output<typeof lineSchema>;

/** @throws {Problem} when a line is none: to send everything again would be worse than to stop */
export function readLines(text: string): Line[] {
  return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, index + 1)]));
}

function readLine(text: string, number: number): Line {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch {
    throw new Problem(
      `Line ${number} of the record of what was sent cannot be read, so nothing is sent: who could tell what would be ` +
        'sent twice? Mend it on the branch notices. To begin anew, delete that branch: then all that is public now ' +
        'counts as sent.',
    );
  }
}

export function writeLines(lines: readonly Line[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
