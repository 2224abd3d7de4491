import type { Incident, Instant } from './model.ts';
import { oncePer } from './once.ts';
import type { ComponentStatus, Impact, IncidentStatus } from './vocabulary.ts';
import { worstStatus } from './vocabulary.ts';

/** Where an incident stands after its newest update. */
export interface IncidentState {
  status: IncidentStatus;
  open: boolean;
  /** When it was last said to be resolved. */
  resolvedAt?: Instant;
  /** When customers were last affected: `Ended`, else the Resolved update's time; never before `started`. */
  endedAt?: Instant;
}

export const incidentState = oncePer((incident: Incident): IncidentState => {
  const status = incident.updates.at(-1)?.status ?? 'investigating';
  if (status !== 'resolved') return { status, open: true };
  const lastOpen = incident.updates.findLastIndex((update) => update.status !== 'resolved');
  const since = incident.updates.slice(lastOpen + 1);
  const resolvedAt = Math.min(...since.map(({ at }) => at));
  const ended = Math.min(...since.map((update) => update.ended ?? update.at));
  return { status, open: false, resolvedAt, endedAt: Math.max(ended, incident.started) };
});

/** Whether the start is known; it is not if no time in the file can be read. */
export function hasKnownStart({ started, updates }: Incident): boolean {
  const [first] = updates;
  return !(first?.undated && first.at === started);
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
  const ids = new Set(Object.keys(event.components));
  for (const { components } of event.updates) {
    if (components) for (const id of Object.keys(components)) ids.add(id);
  }
  return [...ids];
}

/** The impact that follows from the worst component status an incident ever had. */
export function impactOf(statuses: Iterable<ComponentStatus>): Impact {
  const worst = worstStatus(statuses);
  if (worst === 'major_outage') return 'critical';
  if (worst === 'partial_outage') return 'major';
  return 'minor';
}
