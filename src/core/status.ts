import type { Instant } from './days.ts';
import { affectedComponents, isNotice, isRecovering, severityOf } from './incident.ts';
import type { Ledger } from './ledger.ts';
import { isRetired } from './ledger.ts';
import type { ComponentNode, Incident } from './model.ts';
import { latestStatuses, worstSpans } from './timeline.ts';
import type { ComponentStatus, Indicator } from './vocabulary.ts';
import { COMPONENT_STATUSES, worstStatus } from './vocabulary.ts';
import { memoize } from './memoize.ts';
import type { Span } from './timeline.ts';

/** `worstSpans`, cached. */
const worstOf = memoize((spans: readonly Span[]) => worstSpans(spans, -Infinity, Infinity));

/**
 * The overall statuses of the page, mildest first: the component statuses, and `all_down` if all components are down.
 * `unclear` if something may be wrong but its severity is unknown.
 */
export const PAGE_STATUSES = [...COMPONENT_STATUSES, 'all_down', 'unclear'] as const;
export type PageStatus = (typeof PAGE_STATUSES)[number];

/** The overall statuses for machines, worst first, in Statuspage's terms: https://metastatuspage.com/api */
export const OVERALL = [
  { id: 'major_system_outage', indicator: 'critical' },
  { id: 'partial_system_outage', indicator: 'major' },
  { id: 'minor_service_outage', indicator: 'minor' },
  { id: 'degraded_system_service', indicator: 'minor' },
  { id: 'partially_degraded_service', indicator: 'minor' },
  { id: 'service_under_maintenance', indicator: 'maintenance' },
  { id: 'all_systems_operational', indicator: 'none' },
] as const satisfies readonly { id: string; indicator: Indicator }[];

export type Overall = (typeof OVERALL)[number];
type OverallId = Overall['id'];

/** A component's status at an instant: the worst over everything that names it. */
export function componentStatusAt(ledger: Ledger, id: string, at: Instant): ComponentStatus {
  const spans = ledger.spans.get(id);
  const span = spans && worstOf(spans).findLast(({ from }) => from <= at);
  return span && at < span.to ? span.status : 'operational';
}

/**
 * The stretch around an instant in which a component is not operational; what incidents and what maintenance did to it
 * are two stretches.
 * @returns its status at that instant, since when, and until when as far as that is known
 */
export function affectedSpanAt(ledger: Ledger, id: string, at: Instant): Span | undefined {
  return stretchAt(worstOf(ledger.spans.get(id) ?? []), at);
}

/**
 * The same among the spans of one event.
 * @param spans oldest first, none of them over another
 */
export function stretchAt(spans: readonly Span[], at: Instant): Span | undefined {
  const place = spans.findLastIndex(({ from }) => from <= at);
  const span = spans[place];
  if (!span || at >= span.to) return undefined;
  const isPlanned = ({ status }: Span) => status === 'under_maintenance';
  const isNext = (one: Span | undefined, other: Span | undefined) =>
    one && other && one.to === other.from && isPlanned(one) === isPlanned(other);
  let [first, last] = [place, place];
  while (isNext(spans[first - 1], spans[first])) first -= 1;
  while (isNext(spans[last], spans[last + 1])) last += 1;
  return { status: span.status, from: spans[first]?.from ?? span.from, to: spans[last]?.to ?? span.to };
}

/** A group's status is the worst of its members that are not retired. */
export function nodeStatusAt(ledger: Ledger, node: ComponentNode, at: Instant): ComponentStatus {
  if (node.kind === 'component') return componentStatusAt(ledger, node.id, at);
  const members = node.children.filter((child) => child.kind === 'group' || !isRetired(child, at));
  return worstStatus(members.map((child) => nodeStatusAt(ledger, child, at)));
}

/**
 * The overall status: the worst of the page's components, and of open incidents that no component covers.
 * @param at the ledger's `now`, or later, if there are no updates until then
 */
export function pageStatusAt(ledger: Ledger, at: Instant): PageStatus {
  if (isUnclear(ledger)) return 'unclear';
  const statuses = statusesAt(ledger, at);
  if (statuses.length > 0 && statuses.every((status) => status === 'major_outage')) return 'all_down';
  return worstStatus([...statuses, ...ledger.openIncidents.map((incident) => incidentStatusAt(ledger, incident, at))]);
}

/** Whether incidents are open, but every component works again, apart from maintenance. */
export function isRecoveringAt(ledger: Ledger, at: Instant): boolean {
  const open = ledger.openIncidents.filter((incident) => !isNotice(incident));
  const works = (status: ComponentStatus) => status === 'operational' || status === 'under_maintenance';
  return open.length > 0 && open.every(isRecovering) && statusesAt(ledger, at).every(works);
}

/** The status that an open incident adds. Operational if one of its components already shows it. */
function incidentStatusAt(ledger: Ledger, incident: Incident, at: Instant): ComponentStatus {
  if (affectedComponents(incident).length === 0) return severityOf(incident);
  return isToldByComponents(ledger, incident, at) ? 'operational' : 'degraded_performance';
}

/**
 * Whether every known problem is in a file with errors, so that its severity is unknown.
 */
function isUnclear({ partial, openIncidents }: Ledger): boolean {
  return partial.length > 0 && openIncidents.every((incident) => incident.partial || isNotice(incident));
}

/**
 * The overall status for machines: the worst of components and open incidents. A file with errors counts as an incident
 * of at least minor impact.
 * @param at the ledger's `now`, or later, if there are no updates until then
 */
export function overallAt(ledger: Ledger, at: Instant): Overall {
  const answers = new Set<OverallId>([
    fromComponents(statusesAt(ledger, at)),
    ...ledger.openIncidents.map((incident) => fromIncident(ledger, incident, at)),
    ...(ledger.partial.length > 0 ? (['minor_service_outage'] as const) : []),
  ]);
  return OVERALL.find(({ id }) => answers.has(id)) ?? OVERALL[6];
}

/** The statuses of all components that are not retired. */
function statusesAt(ledger: Ledger, at: Instant): ComponentStatus[] {
  return [...ledger.content.components.values()]
    .filter((component) => !isRetired(component, at))
    .map(({ id }) => componentStatusAt(ledger, id, at));
}

function fromComponents(statuses: readonly ComponentStatus[]): OverallId {
  const any = (status: ComponentStatus) => statuses.includes(status);
  const every = (status: ComponentStatus) => statuses.length > 0 && statuses.every((one) => one === status);
  if (every('major_outage')) return 'major_system_outage';
  if (any('major_outage') || every('partial_outage')) return 'partial_system_outage';
  if (any('partial_outage')) return 'minor_service_outage';
  if (every('degraded_performance')) return 'degraded_system_service';
  if (any('degraded_performance')) return 'partially_degraded_service';
  if (any('under_maintenance')) return 'service_under_maintenance';
  return 'all_systems_operational';
}

/** The indicator of an open incident. It is never green, unless it is a notice. */
function fromIncident(ledger: Ledger, incident: Incident, at: Instant): OverallId {
  if (isNotice(incident)) return 'all_systems_operational';
  if (affectedComponents(incident).length === 0) {
    if (incident.impact === 'critical') return 'major_system_outage';
    return incident.impact === 'major' ? 'partial_system_outage' : 'minor_service_outage';
  }
  return isToldByComponents(ledger, incident, at) ? 'all_systems_operational' : 'partially_degraded_service';
}

/** Whether a component that is not retired shows the incident. */
function isToldByComponents(ledger: Ledger, incident: Incident, at: Instant): boolean {
  return Object.entries(latestStatuses(incident)).some(([id, status]) => {
    const component = ledger.content.components.get(id);
    return status !== 'operational' && component && !isRetired(component, at);
  });
}
