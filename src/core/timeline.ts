import { COMPONENT_STATUSES } from './vocabulary.ts';
import type { Instant } from './days.ts';
import { isRunning, maintenancePhases } from './maintenance.ts';
import type { Incident, Maintenance, StatusEvent } from './model.ts';
import { memoize } from './memoize.ts';
import type { ComponentStatus } from './vocabulary.ts';

/** A period in which a component was not operational. */
export interface Span {
  from: Instant;
  /** `Infinity` if the end is unknown. */
  to: Instant;
  status: ComponentStatus;
}

type Statuses = Readonly<Record<string, ComponentStatus>>;

/** The statuses from an instant until the next one. */
interface Turn {
  at: Instant;
  statuses: Statuses;
}

/**
 * The periods in which an event affected each component, oldest first. For a maintenance, they include planned ones.
 */
export const componentSpans = memoize((event: StatusEvent): ReadonlyMap<string, readonly Span[]> =>
  spansOf(event.kind === 'incident' ? incidentTurns(event) : maintenanceTurns(event)),
);

/** The component statuses after an incident's newest update. Empty once it is resolved. */
export function latestStatuses(incident: Incident): Readonly<Record<string, ComponentStatus>> {
  return incidentTurns(incident).at(-1)?.statuses ?? {};
}

/**
 * The statuses in the front matter apply from `started`. A Components line changes the components that it names. Resolved
 * makes all operational, at `Ended` if given. Reopening restores the statuses from before. Updates without a valid time
 * change nothing.
 */
function incidentTurns(incident: Incident): Turn[] {
  let current: Statuses = incident.components;
  let turns: Turn[] = [{ at: incident.started, statuses: current }];
  for (const update of incident.updates) {
    const at = Math.max(update.at, incident.started);
    if (update.word === 'resolved') {
      const end = Math.max(update.ended ?? at, incident.started);
      turns = [...turns.filter((turn) => turn.at < end), { at: end, statuses: {} }];
    } else if (update.status !== 'resolved' && !update.undated) {
      current = { ...current, ...update.components };
      turns.push({ at, statuses: current });
    }
  }
  return turns;
}

function maintenanceTurns(maintenance: Maintenance): Turn[] {
  let current: Statuses = maintenance.components;
  let running = false;
  const changes: { at: Instant; running?: boolean; components?: Statuses }[] = [
    ...maintenancePhases(maintenance).map(({ from, status }) => ({ at: from, running: isRunning(status) })),
    ...maintenance.updates,
  ];
  return changes
    .sort((a, b) => a.at - b.at)
    .map((change) => {
      current = { ...current, ...change.components };
      running = change.running ?? running;
      return { at: change.at, statuses: running ? current : {} };
    });
}

function spansOf(turns: readonly Turn[]): Map<string, Span[]> {
  const spans = new Map<string, Span[]>();
  turns.forEach(({ at, statuses }, index) => {
    const to = turns[index + 1]?.at ?? Infinity;
    if (to <= at) return;
    for (const [id, status] of Object.entries(statuses)) {
      if (status === 'operational') continue;
      const known = spans.get(id) ?? [];
      const last = known.at(-1);
      if (last && last.to === at && last.status === status) last.to = to;
      else known.push({ from: at, to, status });
      spans.set(id, known);
    }
  });
  return spans;
}

/** Merges overlapping spans in a window: at each moment the worst, oldest first. */
export function worstSpans(spans: readonly Span[], from: Instant, to: Instant): Span[] {
  const edges = spans
    .filter((span) => span.from < to && span.to > from)
    .flatMap(({ status, ...span }) => [
      { at: Math.max(span.from, from), status, step: 1 },
      { at: Math.min(span.to, to), status, step: -1 },
    ])
    .sort((a, b) => a.at - b.at);
  const running = new Map<ComponentStatus, number>();
  const worst: Span[] = [];
  edges.forEach(({ at, status, step }, index) => {
    running.set(status, (running.get(status) ?? 0) + step);
    const end = edges[index + 1]?.at ?? at;
    const now = COMPONENT_STATUSES.findLast((one) => running.get(one));
    if (!now || at === end) return;
    const last = worst.at(-1);
    if (last && last.to === at && last.status === now) last.to = end;
    else worst.push({ from: at, to: end, status: now });
  });
  return worst;
}
