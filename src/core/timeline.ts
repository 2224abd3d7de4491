import { COMPONENT_STATUSES } from './vocabulary.ts';
import type { Instant } from './days.ts';
import { isRunning, maintenancePhases } from './maintenance.ts';
import type { Incident, Maintenance, StatusEvent } from './model.ts';
import { memoize } from './memoize.ts';
import type { ComponentStatus } from './vocabulary.ts';

/** A stretch of time in which a component was not operational. */
export interface Span {
  from: Instant;
  /** `Infinity` while no end is known. */
  to: Instant;
  status: ComponentStatus;
}

type Statuses = Readonly<Record<string, ComponentStatus>>;

/** One instant from which these statuses hold, until the next. */
interface Turn {
  at: Instant;
  statuses: Statuses;
}

/**
 * The stretches in which an event affected each component, oldest first. For a maintenance they include
 * those that the clock will bring if nobody says otherwise.
 */
export const componentSpans = memoize((event: StatusEvent): ReadonlyMap<string, readonly Span[]> =>
  spansOf(event.kind === 'incident' ? incidentTurns(event) : maintenanceTurns(event)),
);

/** What holds after an incident's newest update: the status of every component it named, none once it is resolved. */
export function latestStatuses(incident: Incident): Readonly<Record<string, ComponentStatus>> {
  return incidentTurns(incident).at(-1)?.statuses ?? {};
}

/**
 * The front matter holds from `started`; a Components line changes those it names. Resolved makes all
 * operational, at `Ended` if given; reopening brings back what was before. Updates without a time change nothing.
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

/** Spans that may overlap, cut to a window and drawn together: at each moment the worst, oldest first. */
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
