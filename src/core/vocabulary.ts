/** The words of a status page, worst last where an order exists. */

/** Ranked: the worst of several is the one furthest right. Maintenance never hides an outage. */
export const COMPONENT_STATUSES = [
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
] as const;
export type ComponentStatus = (typeof COMPONENT_STATUSES)[number];

/** Ranked, mildest first. */
export const IMPACTS = ['none', 'minor', 'major', 'critical'] as const;
export type Impact = (typeof IMPACTS)[number];

export const INCIDENT_STATUSES = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

/** What the heading of an incident's update may say. "Update" repeats the status at its time; "Postmortem" changes nothing. */
export const INCIDENT_WORDS = [...INCIDENT_STATUSES, 'update', 'postmortem'] as const;
export type IncidentWord = (typeof INCIDENT_WORDS)[number];

export const MAINTENANCE_STATUSES = ['scheduled', 'in_progress', 'verifying', 'completed', 'cancelled'] as const;
export type MaintenanceStatus = (typeof MAINTENANCE_STATUSES)[number];

/** What the heading of a maintenance's update may say. */
export const MAINTENANCE_WORDS = [...MAINTENANCE_STATUSES, 'update'] as const;
export type MaintenanceWord = (typeof MAINTENANCE_WORDS)[number];

const CLOSING: readonly string[] = ['resolved', 'completed', 'cancelled'] satisfies (
  IncidentStatus | MaintenanceStatus
)[];

/** Whether nothing is open after an update with this status, so that nothing is promised and nothing changes any more. */
export function isClosing(status: string): boolean {
  return CLOSING.includes(status);
}

/** Statuspage's indicator for the whole page, mildest first. */
export const INDICATORS = ['none', 'maintenance', 'minor', 'major', 'critical'] as const;
export type Indicator = (typeof INDICATORS)[number];

/** The worst of the statuses; `operational` for none at all. */
export function worstStatus(statuses: Iterable<ComponentStatus>): ComponentStatus {
  let worst = 0;
  for (const status of statuses) worst = Math.max(worst, COMPONENT_STATUSES.indexOf(status));
  return COMPONENT_STATUSES[worst] ?? 'operational';
}

/** What people call a component's status elsewhere. */
export const STATUS_SYNONYMS: Readonly<Record<string, ComponentStatus>> = {
  down: 'major_outage',
  offline: 'major_outage',
  outage: 'major_outage',
  partial: 'partial_outage',
  degraded: 'degraded_performance',
  slow: 'degraded_performance',
  maintenance: 'under_maintenance',
  up: 'operational',
  ok: 'operational',
};
