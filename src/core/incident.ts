import type { Instant } from './days.ts';
import type { Incident } from './model.ts';
import { memoize } from './memoize.ts';
import type { ComponentStatus, Impact, IncidentStatus } from './vocabulary.ts';
import { COMPONENT_STATUSES, IMPACTS, worstStatus } from './vocabulary.ts';
import { latestStatuses } from './timeline.ts';

/** The state of an incident after its newest update. */
interface IncidentState {
  status: IncidentStatus;
  open: boolean;
  /** The time of the newest Resolved update, if it was not reopened since. */
  resolvedAt?: Instant;
  /** When customers were last affected: `Ended`, else the time of the Resolved update. Never before `started`. */
  endedAt?: Instant;
}

export const incidentState = memoize((incident: Incident): IncidentState => {
  const status = incident.updates.at(-1)?.status ?? 'investigating';
  if (status !== 'resolved') return { status, open: true };
  const lastOpen = incident.updates.findLastIndex((update) => update.status !== 'resolved');
  const since = incident.updates.slice(lastOpen + 1);
  const resolvedAt = Math.min(...since.map(({ at }) => at));
  const ended = Math.min(...since.map((update) => update.ended ?? update.at));
  return { status, open: false, resolvedAt, endedAt: Math.max(ended, incident.started) };
});

/** Whether the start is known. It is not if no time in the file is valid. */
export function hasKnownStart({ started, updates }: Incident): boolean {
  const [first] = updates;
  return !(first?.undated && first.at === started);
}

/** Whether an incident has no impact and no components. It is shown, but does not change the page's status. */
export function isNotice(incident: Incident): boolean {
  return incident.impact === 'none' && affectedComponents(incident).length === 0;
}

/** Every component the event ever named, in the order they were named. */
export function affectedComponents(event: {
  components: Readonly<Record<string, ComponentStatus>>;
  updates: readonly { components?: Readonly<Record<string, ComponentStatus>> }[];
}): string[] {
  const first = Object.keys(event.components);
  const later = event.updates.flatMap(({ components }) => (components ? Object.keys(components) : []));
  return later.length === 0 ? first : [...new Set([...first, ...later])];
}

/** The impact that follows from the worst component status an incident ever had. */
export function impactOf(statuses: Iterable<ComponentStatus>): Impact {
  const worst = worstStatus(statuses);
  if (worst === 'major_outage') return 'critical';
  if (worst === 'partial_outage') return 'major';
  return 'minor';
}

/** The component status for an impact, if an incident names no components. */
const STATUS_OF_IMPACT: Readonly<Record<Impact, ComponentStatus>> = {
  none: 'operational',
  minor: 'degraded_performance',
  major: 'partial_outage',
  critical: 'major_outage',
};

/**
 * The severity of an incident, as a component status: while it is open, the worst current status of its components, later
 * the worst that they ever had. Only a notice is `operational`.
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

/** The impact, if the front matter sets one that does not follow from the components. */
export function impactByHand(incident: Incident): Impact | undefined {
  const ever = statusesEver(incident);
  return incident.partial || ever.length === 0 || incident.impact === impactOf(ever) ? undefined : incident.impact;
}

/**
 * Sorts incidents: the worst first, then by impact, then those without errors, then the newest. Incidents of unknown
 * severity come last.
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
