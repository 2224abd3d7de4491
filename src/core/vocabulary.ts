/** The terms of a status page. */

/** Mildest first. Maintenance ranks below outages, so that it never hides one. */
export const COMPONENT_STATUSES = [
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
] as const;
export type ComponentStatus = (typeof COMPONENT_STATUSES)[number];

/** Mildest first. */
export const IMPACTS = ['none', 'minor', 'major', 'critical'] as const;
export type Impact = (typeof IMPACTS)[number];

export const INCIDENT_STATUSES = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

/** Keywords in headings of an incident. "Update" and "Postmortem" do not change the status. */
export const INCIDENT_WORDS = [...INCIDENT_STATUSES, 'update', 'postmortem'] as const;
export type IncidentWord = (typeof INCIDENT_WORDS)[number];

export const MAINTENANCE_STATUSES = ['scheduled', 'in_progress', 'verifying', 'completed', 'cancelled'] as const;
export type MaintenanceStatus = (typeof MAINTENANCE_STATUSES)[number];

/** Keywords in headings of a maintenance. */
export const MAINTENANCE_WORDS = [...MAINTENANCE_STATUSES, 'update'] as const;
export type MaintenanceWord = (typeof MAINTENANCE_WORDS)[number];

const CLOSING: readonly string[] = ['resolved', 'completed', 'cancelled'] satisfies (
  IncidentStatus | MaintenanceStatus
)[];

/** Whether an event is closed after an update with this status. */
export function isClosing(status: string): boolean {
  return CLOSING.includes(status);
}

/** Statuspage's indicator for the whole page, mildest first. */
export const INDICATORS = ['none', 'maintenance', 'minor', 'major', 'critical'] as const;
export type Indicator = (typeof INDICATORS)[number];

/** The worst status. `operational` if there are none. */
export function worstStatus(statuses: Iterable<ComponentStatus>): ComponentStatus {
  let worst = 0;
  for (const status of statuses) worst = Math.max(worst, COMPONENT_STATUSES.indexOf(status));
  return COMPONENT_STATUSES[worst] ?? 'operational';
}

/** Other words for a component's status. */
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
