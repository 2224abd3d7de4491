import type { Instant } from '../days.ts';
import { affectedComponents, incidentState } from '../incident.ts';
import type { Incident } from '../model.ts';
import type { UpdatePromise } from '../promises.ts';
import { promisesOf } from '../promises.ts';

/** How an incident was told and ended. Lengths of time are milliseconds. */
export interface IncidentRecord {
  incident: Incident;
  /** Ids of components, in the order they were named. */
  components: readonly string[];
  open: boolean;
  /** From `started` to the first update; 0 when that was not later. */
  firstUpdate: number;
  /** Those with a date of their own, postmortems aside. */
  updates: number;
  /** The longest time in which nothing was said while it was open, from `started` on. */
  silence: { from: Instant; length: number };
  /** Oldest first. */
  promises: readonly UpdatePromise[];
  /**
   * From `started` until customers were no longer affected: `Ended`, else the time of Resolved. Of one that was
   * reopened it is the last end, and the time between counts.
   */
  resolvedAfter?: number;
}

/**
 * What the record says of an incident.
 * @param now up to when the silence of an open one is counted; nothing else depends on it but open promises
 * @param grace milliseconds by which an update may be late and its promise still counts as kept
 */
export function incidentRecord(incident: Incident, now: Instant, grace: number): IncidentRecord {
  const { started, updates } = incident;
  const { open, endedAt } = incidentState(incident);
  return {
    incident,
    components: affectedComponents(incident),
    open,
    firstUpdate: Math.max((updates[0]?.at ?? started) - started, 0),
    updates: updates.filter(({ word }) => word !== 'postmortem').length,
    silence: longestSilence(incident, now),
    promises: promisesOf(updates, now, grace),
    ...(endedAt !== undefined && { resolvedAfter: endedAt - started }),
  };
}

/** Nobody waits for word of what is resolved, so the time after a Resolved update is none. */
function longestSilence({ started, updates }: Incident, now: Instant): IncidentRecord['silence'] {
  let longest = { from: started, length: Math.max((updates[0]?.at ?? now) - started, 0) };
  updates.forEach(({ at, status }, index) => {
    const length = (updates[index + 1]?.at ?? now) - at;
    if (status !== 'resolved' && length > longest.length) longest = { from: at, length };
  });
  return longest;
}

/** What several numbers of one kind come to. */
export interface Spread {
  count: number;
  /** The one in the middle, of an even count the mean of the two there. */
  median: number;
  mean: number;
  greatest: number;
}

/** `undefined` of no numbers at all. */
export function spreadOf(numbers: readonly number[]): Spread | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  const greatest = sorted.at(-1);
  if (greatest === undefined) return undefined;
  const half = sorted.length / 2;
  const [low = 0, high = low] = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1);
  return {
    count: sorted.length,
    median: (low + high) / 2,
    mean: sorted.reduce((sum, number) => sum + number, 0) / sorted.length,
    greatest,
  };
}
