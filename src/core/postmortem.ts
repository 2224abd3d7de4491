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
 * When an incident's postmortem is due by `postmortems`, counted from its end, and whether it came.
 * Nothing while the incident is open, for an impact that is promised none, and long after.
 */
export function postmortemOf(
  incident: Incident,
  now: Instant,
  settings: SiteSettings['postmortems'],
): PostmortemPromise | undefined {
  const { resolvedAt } = incidentState(incident);
  const within = incident.impact === 'critical' || incident.impact === 'major' ? settings[incident.impact] : null;
  if (resolvedAt === undefined || within === null) return undefined;
  const due = resolvedAt + within;
  const delivered = incident.updates.find(({ word, at }) => word === 'postmortem' && at >= resolvedAt);
  if (delivered) return { due, state: 'delivered', delivered };
  if (now > Math.max(due, resolvedAt + SPOKEN_OF)) return undefined;
  return { due, state: now <= due ? 'due' : 'overdue' };
}
