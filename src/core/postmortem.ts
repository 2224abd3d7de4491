import { incidentState } from './incident.ts';
import type { Incident, IncidentUpdate, Instant } from './model.ts';
import type { SiteSettings } from './schema/site.ts';

/** What became of the word that an incident will be explained. */
export interface PostmortemPromise {
  due: Instant;
  state: 'due' | 'delivered' | 'overdue';
  /** The first that was given. */
  delivered?: IncidentUpdate;
}

/** For so long after an incident its missing postmortem is spoken of; what lies further back was before the promise. */
const SPOKEN_OF = 30 * 86_400_000;

/**
 * When an incident's postmortem is due, and whether it came: by the newest `Postmortem by` since its end, else by
 * `postmortems` of the site, counted from its end. Nothing while the incident is open, where none was promised, and
 * long after.
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

/** How soon after its end the site promises a postmortem of such an incident, in milliseconds; `null` for no promise. */
export function postmortemWithin(
  { impact }: Pick<Incident, 'impact'>,
  settings: SiteSettings['postmortems'],
): number | null {
  return impact === 'critical' || impact === 'major' ? settings[impact] : null;
}
