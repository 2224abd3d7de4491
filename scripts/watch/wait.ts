import type { Instant } from '../../src/core/days.ts';
import { z } from 'zod';
import { formatTime } from '../../src/core/time-text.ts';
import type { GitHub } from '../lib/github.ts';
import type { Sleep } from '../lib/retry.ts';
import { CommandError } from '../lib/errors.ts';
import { startWorkflow } from '../lib/github.ts';

/** What one round of looking and telling finds. */
export interface Round {
  now: Instant;
  /** When something is next to be done. */
  next?: Instant;
  /** Why nobody could be told, if it may be over in a few minutes. */
  failure?: CommandError;
}

interface Waiting {
  round: () => Promise<Round>;
  /** Whether somebody has meanwhile published something that this run does not know. */
  outdated: () => Promise<boolean>;
  sleep: Sleep;
  say: (text: string) => Promise<void>;
  /** Milliseconds after which the waiting ends, whatever is still to come. */
  atMost: number;
}

/** What is due later is left to the schedule, and to the next push. */
const HORIZON = 86_400_000;
const AGAIN = 5 * 60_000;

/**
 * Looks, tells, and waits until something is next to be done, again and again.
 * @returns `done` when nothing is to be done within a day; else the waiting has to go on in another run: `bound` when the
 * time is up, `outdated` when there is something newer to look at
 * @throws {CommandError} when the time is up and GitHub still does not answer
 */
export async function watchAndWait({
  round,
  outdated,
  sleep,
  say,
  atMost,
}: Waiting): Promise<'done' | 'bound' | 'outdated'> {
  let { now, next, failure } = await round();
  const end = now + atMost;
  for (;;) {
    if (failure) await say(failure.message);
    const wake = failure ? now + AGAIN : next;
    if (wake === undefined || wake > now + HORIZON) return 'done';
    if (wake > end) {
      await say(`The next check is at ${formatTime(wake)}. This run waits until ${formatTime(end)}.`);
      await sleep(Math.max(0, end - now));
      if (failure) throw failure;
      return 'bound';
    }
    await say(`Waiting until ${formatTime(wake)}.`);
    const before = now;
    await sleep(wake - now);
    if (await outdated()) return 'outdated';
    ({ now, next, failure } = await round());
    if (now <= before) {
      throw new CommandError('STATUS_NOW is set, so time does not pass and there is nothing to wait for.');
    }
  }
}

const WORKFLOW = 'watch.yml';

const commitSchema = z.object({ sha: z.string() });

/**
 * Whether the branch has moved on since this run began. A push replaces the run that waits, but one that is made with a
 * workflow's own token starts none, and nobody is to be called for an update that has long come.
 */
export async function isOutdated({ ref, commit, request }: GitHub): Promise<boolean> {
  if (ref === undefined || commit === undefined) return false;
  try {
    const { body } = await request('GET', `/commits/${encodeURIComponent(ref)}`);
    const newest = commitSchema.safeParse(body).data?.sha;
    return newest !== undefined && newest !== commit;
  } catch (error) {
    if (error instanceof CommandError) return false;
    throw error;
  }
}

/**
 * Lets another run go on waiting, since none may wait longer.
 * @returns what was done, as a sentence
 * @throws {CommandError} when GitHub refuses
 */
export async function startAgain(github: GitHub): Promise<string> {
  if (github.ref === undefined) return 'This run has ended. Run it again to continue waiting.';
  await startWorkflow(github, WORKFLOW);
  return 'Started another run, which continues waiting.';
}
