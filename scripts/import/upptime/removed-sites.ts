import { addedUpdate, TEXTS } from '../lifecycle.ts';
import type { ImportedIncident } from '../model.ts';
import type { Report } from '../report.ts';
import type { Sites } from './sites.ts';

/** Ends an incident that is open only because its sites are no longer checked, with their last check. */
export function endedWithSites(incident: ImportedIncident, sites: Sites, report: Report): ImportedIncident {
  const removed = Object.keys(incident.components).map((key) => sites.removed(key));
  if (incident.closed || removed.length === 0 || removed.includes(undefined)) return incident;
  const last = incident.updates.at(-1)?.at ?? incident.started;
  const at = Math.max(last, ...removed.map((site) => site?.lastSeen ?? last));
  const update = { word: 'resolved' as const, at, body: TEXTS.siteRemoved };
  const end = addedUpdate(incident, update, 'site-removed', report);
  return { ...incident, closed: true, endedAt: at, updates: [...incident.updates, end] };
}
