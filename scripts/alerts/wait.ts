import { readClock } from '../../src/reader/clock.ts';
import type { CommandContext } from '../context.ts';
import type { Sleep } from '../github/client.ts';

/** An outcome that is to be looked at again. */
interface Pending {
  rule: string;
  next?: number;
}

/** What is due later is left to the schedule: a job that waits keeps others from running. */
const LONGEST_WAIT = 10 * 60_000;

/**
 * Waits for what comes next, as long as that is soon.
 * @param look looks at these rules again
 */
export async function waitFor(
  outcomes: readonly Pending[],
  env: CommandContext['env'],
  sleep: Sleep,
  look: (rules: readonly string[]) => Promise<readonly Pending[]>,
): Promise<void> {
  const begun = now(env);
  let pending = outcomes.filter(({ next }) => next !== undefined);
  while (pending.length > 0) {
    const next = Math.min(...pending.map((one) => one.next ?? Infinity));
    if (next - begun > LONGEST_WAIT) return;
    await sleep(Math.max(0, next - now(env)) + 1_000);
    // A clock that stands still would never come to an end.
    if (now(env) < next) return;
    pending = (await look(pending.map(({ rule }) => rule))).filter((one) => one.next !== undefined);
  }
}

function now(env: CommandContext['env']): number {
  return readClock(env, { files: [], publicFiles: new Set() });
}
