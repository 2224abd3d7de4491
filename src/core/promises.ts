import { milliseconds } from 'date-fns/milliseconds';
import type { Instant } from './days.ts';
import type { Incident, IncidentUpdate, Update } from './model.ts';
import { incidentState } from './incident.ts';
import type { SiteSettings } from './schema/site.ts';
import type { Impact } from './vocabulary.ts';
import { isClosing } from './vocabulary.ts';

/** `due`: in the future. `kept`: the next update came in time. `late`: it came later. `overdue`: it has not come yet. */
type PromiseState = 'due' | 'kept' | 'late' | 'overdue';

/** The time that an update promised for the next one, and whether it was kept. */
export interface UpdatePromise {
  update: Update;
  due: Instant;
  state: PromiseState;
  /** The update that came next, if one did. */
  answer?: Update;
}

/**
 * The promise of an update, if it made one.
 * @param answer the next update
 * @param grace how late an update can be, in milliseconds, while its promise still counts as kept
 */
export function promiseOf(
  update: Update,
  answer: Update | undefined,
  now: Instant,
  grace: number,
): UpdatePromise | undefined {
  const due = update.nextUpdate;
  if (due === undefined || isClosing(update.status)) return undefined;
  if (answer) return { update, due, answer, state: answer.at <= due + grace ? 'kept' : 'late' };
  return { update, due, state: now <= due + grace ? 'due' : 'overdue' };
}

/**
 * All promises of an event's updates while it was open, oldest first.
 * @param updates oldest first
 */
export function promisesOf(updates: readonly Update[], now: Instant, grace: number): UpdatePromise[] {
  return updates.flatMap((update, index) => promiseOf(update, updates[index + 1], now, grace) ?? []);
}

/** The promise that is still open, if the newest update made one. */
export function openPromise(updates: readonly Update[], now: Instant, grace: number): UpdatePromise | undefined {
  return promisesOf(updates.slice(-1), now, grace)[0];
}

const TWO_HOURS = milliseconds({ hours: 2 });

/**
 * The update interval by `promises.rhythm`, in milliseconds.
 * @param started when the incident began
 * @param at when the update is posted
 */
export function updateInterval(
  impact: Impact,
  started: Instant,
  at: Instant,
  { rhythm }: SiteSettings['promises'],
): number {
  if (at - started >= TWO_HOURS) return rhythm.after_2h;
  return impact === 'none' ? rhythm.minor : rhythm[impact];
}

/** The promise of a postmortem. */
interface PostmortemPromise {
  due: Instant;
  state: 'due' | 'delivered' | 'overdue';
  /** The first postmortem. */
  delivered?: IncidentUpdate;
}

/** How long a missing postmortem is shown. Older incidents may be from before the site promised postmortems. */
const SPOKEN_OF = milliseconds({ days: 30 });

/**
 * When an incident's postmortem is due, and whether it was published. The newest `Postmortem by` since its end counts,
 * else the site's `postmortems`. Undefined while the incident is open, if none is promised, and after 30 days.
 */
export function postmortemOf(
  incident: Incident,
  now: Instant,
  settings: SiteSettings['postmortems'],
): PostmortemPromise | undefined {
  const { resolvedAt } = incidentState(incident);
  if (resolvedAt === undefined) return undefined;
  const since = incident.updates.filter(({ at }) => at >= resolvedAt);
  const agreed = since.findLast(({ postmortemBy }) => postmortemBy !== undefined)?.postmortemBy;
  const within = postmortemWithin(incident, settings);
  const due = agreed ?? (within === null ? undefined : resolvedAt + within);
  if (due === undefined) return undefined;
  const delivered = since.find(({ word }) => word === 'postmortem');
  if (delivered) return { due, state: 'delivered', delivered };
  if (now > Math.max(due, resolvedAt + SPOKEN_OF)) return undefined;
  return { due, state: now <= due ? 'due' : 'overdue' };
}

/** How soon after its end the site promises a postmortem for an incident, in milliseconds. `null` for no promise. */
export function postmortemWithin(
  { impact }: Pick<Incident, 'impact'>,
  settings: SiteSettings['postmortems'],
): number | null {
  return impact === 'critical' || impact === 'major' ? settings[impact] : null;
}
