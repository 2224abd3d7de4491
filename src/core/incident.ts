import type { Incident, Instant } from './model.ts';
import type { ComponentStatus, Impact, IncidentStatus } from './vocabulary.ts';
import { worstStatus } from './vocabulary.ts';

/** Where an incident stands after its newest update. */
export interface IncidentState {
  status: IncidentStatus;
  open: boolean;
  /** When it was last said to be resolved. */
  resolvedAt?: Instant;
  /** When customers were last affected: `Ended`, else the Resolved update's time. */
  endedAt?: Instant;
}

export function incidentState(incident: Incident): IncidentState {
  const status = incident.updates.at(-1)?.status ?? 'investigating';
  if (status !== 'resolved') return { status, open: true };
  const resolution = incident.updates.findLast(
    (update, index) => update.word === 'resolved' && incident.updates[index - 1]?.status !== 'resolved',
  );
  return resolution
    ? { status, open: false, resolvedAt: resolution.at, endedAt: resolution.ended ?? resolution.at }
    : { status, open: false };
}

/** An incident with no impact and no components: shown, but the answer at the top stays as it is. */
export function isNotice(incident: Incident): boolean {
  return incident.impact === 'none' && affectedComponents(incident).length === 0;
}

/** Every component the event ever named, in the order they were named. */
export function affectedComponents(event: {
  components: Readonly<Record<string, ComponentStatus>>;
  updates: readonly { components?: Readonly<Record<string, ComponentStatus>> }[];
}): string[] {
  return [...new Set([event, ...event.updates].flatMap(({ components }) => Object.keys(components ?? {})))];
}

/** The impact that follows from the worst component status an incident ever had. */
export function impactOf(statuses: Iterable<ComponentStatus>): Impact {
  const worst = worstStatus(statuses);
  if (worst === 'major_outage') return 'critical';
  if (worst === 'partial_outage') return 'major';
  return 'minor';
}
