import type { Sleep } from '../github/client.ts';

/** What one try to send something came to. */
export type Outcome =
  | { sent: true; note?: string }
  | {
      sent: false;
      /** A full sentence without any secret. */
      why: string;
      /** Whether the same may do in a moment. */
      passing: boolean;
      /** How long the other side asks to wait, in milliseconds. */
      pause?: number;
      /** Whether it is this message that is refused, and another may do. */
      onlyThis?: true;
      /** Whether it went out and nothing came back: it may have arrived, so that a further try may be a second message. */
      unanswered?: true;
      /** How many of the addresses of a mail are done with it. */
      reached?: number;
    };

/** How long to wait before each further try. */
const PAUSES = [1_000, 4_000, 15_000];
/** No try waits longer, whatever the other side asks for. */
const LONGEST_PAUSE = 60_000;

/**
 * Tries again while the other side is down for a moment.
 * @param enough ends the whole run
 */
export async function persist(send: () => Promise<Outcome>, sleep: Sleep, enough: AbortSignal): Promise<Outcome> {
  for (const pause of [...PAUSES, undefined]) {
    if (enough.aborted) return OVER;
    const outcome = await send();
    if (outcome.sent || !outcome.passing || pause === undefined || enough.aborted) return outcome;
    if ((outcome.pause ?? 0) > LONGEST_PAUSE) return outcome;
    await sleep(Math.max(pause, outcome.pause ?? 0));
  }
  throw new RangeError('The last try returns.');
}

const OVER: Outcome = { sent: false, why: 'The time of this run was over.', passing: true };
