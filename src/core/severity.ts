import { impactOf, incidentState, isNotice } from './incident.ts';
import type { Incident } from './model.ts';
import { latestStatuses } from './timeline.ts';
import type { ComponentStatus, Impact } from './vocabulary.ts';
import { COMPONENT_STATUSES, IMPACTS, worstStatus } from './vocabulary.ts';

/** The component status for an impact, if an incident names no components. */
const STATUS_OF_IMPACT: Readonly<Record<Impact, ComponentStatus>> = {
  none: 'operational',
  minor: 'degraded_performance',
  major: 'partial_outage',
  critical: 'major_outage',
};

/**
 * How bad an incident is, as a component status: while it is open, the worst status that its components have now;
 * afterwards, the worst that they ever had. Only a notice is `operational`.
 */
export function severityOf(incident: Incident): ComponentStatus {
  if (isNotice(incident)) return 'operational';
  const ever = statusesEver(incident);
  if (ever.length === 0) return STATUS_OF_IMPACT[incident.impact];
  const statuses = incidentState(incident).open ? Object.values(latestStatuses(incident)) : ever;
  const worst = worstStatus(statuses);
  return worst === 'operational' ? 'degraded_performance' : worst;
}

/** Whether an incident is open, but every component that it affected works again. */
export function isRecovering(incident: Incident): boolean {
  return (
    incidentState(incident).open &&
    worstStatus(statusesEver(incident)) !== 'operational' &&
    worstStatus(Object.values(latestStatuses(incident))) === 'operational'
  );
}

/** The impact, if its owner set one that does not follow from the components. */
export function impactByHand(incident: Incident): Impact | undefined {
  const ever = statusesEver(incident);
  return incident.partial || ever.length === 0 || incident.impact === impactOf(ever) ? undefined : incident.impact;
}

/**
 * For sorting incidents: the worst first, then by impact, then those that can be read in full, then the newest. An
 * incident of unknown extent comes after all others.
 */
export function compareSeverity(a: Incident, b: Incident): number {
  return rankOf(b) - rankOf(a) || Number(a.partial ?? false) - Number(b.partial ?? false) || b.started - a.started;
}

function rankOf(incident: Incident): number {
  if (incident.partial && statusesEver(incident).length === 0) return -1;
  return COMPONENT_STATUSES.indexOf(severityOf(incident)) * IMPACTS.length + IMPACTS.indexOf(incident.impact);
}

function statusesEver({ components, updates }: Incident): ComponentStatus[] {
  return [components, ...updates.map((update) => update.components ?? {})].flatMap(Object.values<ComponentStatus>);
}
