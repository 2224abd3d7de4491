import { setTimeout as pause } from 'node:timers/promises';

/** Waits for so many milliseconds. */
export type Sleep = (milliseconds: number) => Promise<unknown>;

interface RetryOptions<T> {
  /** How long the other side asks to wait, in milliseconds, 0 if it does not say; nothing for a result that is final. */
  wait: (result: T) => number | undefined;
  /** Milliseconds before each further attempt. */
  pauses?: readonly number[];
  sleep?: Sleep;
}

/** Long enough for a server that restarts. */
const PAUSES = [1_000, 4_000, 15_000];
/** The longest wait, whatever the server asks for: the next run catches up. */
const LONGEST_PAUSE = 60_000;

/** Tries something again while its result is not final. @returns the last result */
export async function retry<T>(
  attempt: () => Promise<T>,
  { wait, pauses = PAUSES, sleep = (time) => pause(time) }: RetryOptions<T>,
): Promise<T> {
  for (const atLeast of pauses) {
    const result = await attempt();
    const asked = wait(result);
    if (asked === undefined || asked > LONGEST_PAUSE) return result;
    await sleep(Math.max(atLeast, asked));
  }
  return attempt();
}

/** Pauses that grow, each a little different, so that those who collided do not collide again. */
export function randomPauses(count: number, step: number): number[] {
  return Array.from({ length: count }, (_, index) => step * (index + 1) * (0.5 + Math.random()));
}
