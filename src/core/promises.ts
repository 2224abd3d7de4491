import type { Instant, Update } from './model.ts';

/** `due`: still to come. `kept`: the next update came by then, with grace. `late`: it came after. `overdue`: none yet. */
export type PromiseState = 'due' | 'kept' | 'late' | 'overdue';

/** The time by which an update said the next one would come, and what became of it. */
export interface UpdatePromise {
  update: Update;
  due: Instant;
  state: PromiseState;
  /** The update that came next, if one did. */
  answer?: Update;
}

/** After these nothing is open, so nothing is promised. */
const CLOSED: readonly string[] = ['resolved', 'completed', 'cancelled'];

/**
 * What an update promised, if it did, and what became of it.
 * @param answer the update that came next
 * @param grace milliseconds by which an update may be late and its promise still counts as kept
 */
export function promiseOf(
  update: Update,
  answer: Update | undefined,
  now: Instant,
  grace: number,
): UpdatePromise | undefined {
  const due = update.nextUpdate;
  if (due === undefined || CLOSED.includes(update.status)) return undefined;
  if (answer) return { update, due, answer, state: answer.at <= due + grace ? 'kept' : 'late' };
  return { update, due, state: now <= due + grace ? 'due' : 'overdue' };
}

/**
 * Every promise of an event's open updates, oldest first.
 * @param updates oldest first
 */
export function promisesOf(updates: readonly Update[], now: Instant, grace: number): UpdatePromise[] {
  return updates.flatMap((update, index) => promiseOf(update, updates[index + 1], now, grace) ?? []);
}

/** The promise that is still open, if the newest update made one. */
export function openPromise(updates: readonly Update[], now: Instant, grace: number): UpdatePromise | undefined {
  return promisesOf(updates.slice(-1), now, grace)[0];
}
