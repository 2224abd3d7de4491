import type { Instant } from './days.ts';
import type { Maintenance, MaintenanceUpdate, TimeWindow } from './model.ts';
import type { MaintenanceStatus } from './vocabulary.ts';

/** Whether the planned time of a maintenance is known. */
export function hasWindow({ scheduled }: Pick<Maintenance, 'scheduled'>): boolean {
  return scheduled < Infinity;
}

/** A period of a maintenance with one status. */
interface Phase {
  status: MaintenanceStatus;
  /** `-Infinity` for the first. */
  from: Instant;
  /** Whether the clock or an update started it. */
  by: 'clock' | 'update';
}

type Planned = Pick<Maintenance, 'scheduled' | 'until' | 'plan' | 'updates' | 'cancelled' | 'exception'>;

/**
 * The phases of a maintenance, oldest first. The clock starts it at `scheduled` and completes it at `until`, in the window
 * that applies then. After an In progress or Verifying update, only an update ends it. Completed and Cancelled end it
 * at once. A Scheduled update can only change the window. A cancelled occurrence is cancelled from the announcement of
 * that, or from the beginning without one.
 */
export function maintenancePhases(maintenance: Planned): Phase[] {
  const { cancelled, exception } = maintenance;
  if (cancelled && !exception) return [{ status: 'cancelled', from: -Infinity, by: 'clock' }];
  const turns: Phase[] = [
    ...(cancelled && exception ? [{ status: 'cancelled', from: exception.announced, by: 'update' } as const] : []),
    ...maintenance.updates
      .filter(turnsPhase)
      .map(({ word, at }) => ({ status: word, from: at, by: 'update' as const })),
    ...clockTurns(maintenance),
  ];
  let last: Phase = { status: 'scheduled', from: -Infinity, by: 'clock' };
  const phases = [last];
  for (const phase of turns.sort((a, b) => a.from - b.from)) {
    const takenOver = last.by === 'update';
    const repeats = phase.status === last.status && (phase.by === 'clock' || takenOver || isOver(last.status));
    if (repeats || (phase.by === 'clock' && takenOver)) continue;
    phases.push(phase);
    last = phase;
  }
  return phases;
}

/** The window that was planned at an instant. */
export function plannedAt(maintenance: Planned, at: Instant): TimeWindow {
  const [first, ...moves] = plansOf(maintenance);
  return moves.findLast(({ since }) => since <= at) ?? first;
}

type Plan = TimeWindow & { since: Instant };

/** All planned windows, each with the time from which it applies. */
function plansOf(maintenance: Planned): [Plan, ...Plan[]] {
  const { plan, scheduled, until } = maintenance;
  const { from, to } = plan ?? { from: scheduled, to: until };
  return [{ from, to, since: -Infinity }, ...movesOf(maintenance)];
}

/** The moves of a maintenance, oldest first: by updates, or by an exception of its series. */
export function movesOf({ exception, updates }: Pick<Maintenance, 'exception' | 'updates'>): Plan[] {
  const excepted = exception?.window ? [{ ...exception.window, since: exception.announced }] : [];
  const moved = updates.flatMap(({ at, window }) => (window ? [{ ...window, since: at }] : []));
  return [...excepted, ...moved].sort((a, b) => a.since - b.since);
}

/**
 * When subscribers are reminded of a maintenance, oldest first: of each window at the given times before its start, if the
 * window was planned before that time and still is at that time.
 */
export function remindersOf(maintenance: Planned, ahead: readonly number[]): Instant[] {
  const phases = maintenancePhases(maintenance);
  const plans = plansOf(maintenance);
  const times = plans.flatMap(({ from, since }, index) => {
    const next = plans[index + 1]?.since ?? Infinity;
    return ahead.map((time) => from - time).filter((at) => at > since && at < next);
  });
  const isPlanned = (at: Instant) => Number.isFinite(at) && phaseAt(phases, at).status === 'scheduled';
  return [...new Set(times)].filter(isPlanned).sort((a, b) => a - b);
}

/** The phases that the clock causes, for each window while it applies. Moved to a later time, it is scheduled again. */
function clockTurns(maintenance: Planned): Phase[] {
  const plans = plansOf(maintenance);
  return plans.flatMap(({ from, to, since }, index) => {
    const next = plans[index + 1]?.since ?? Infinity;
    const turns: { status: MaintenanceStatus; at: Instant }[] = [
      { status: 'scheduled', at: since < from ? since : -Infinity },
      { status: 'in_progress', at: since < to ? Math.max(from, since) : -Infinity },
      { status: 'completed', at: Math.max(to, since) },
    ];
    return turns
      .filter(({ at }) => at > -Infinity && at < next)
      .map(({ status, at }): Phase => ({ status, from: at, by: 'clock' }));
  });
}

/** The phase at an instant. */
export function phaseAt(phases: readonly Phase[], at: Instant): Phase {
  const phase = phases.findLast(({ from }) => from <= at);
  if (!phase) throw new RangeError('A maintenance has a phase at every instant.');
  return phase;
}

export function isRunning(status: MaintenanceStatus): boolean {
  return status === 'in_progress' || status === 'verifying';
}

export function isOver(status: MaintenanceStatus): boolean {
  return status === 'completed' || status === 'cancelled';
}

/** Whether it still runs after its announced end. */
export function isOverrun(maintenance: Maintenance, at: Instant): boolean {
  return at >= maintenance.until && isRunning(phaseAt(maintenancePhases(maintenance), at).status);
}

function turnsPhase(
  update: MaintenanceUpdate,
): update is MaintenanceUpdate & { word: 'in_progress' | 'verifying' | 'completed' | 'cancelled' } {
  return update.word !== 'update' && update.word !== 'scheduled';
}

/** The announced window, with the actual start and end as far as they are known at an instant. */
export function windowAt(maintenance: Maintenance, at: Instant): TimeWindow {
  const phases = maintenancePhases(maintenance).filter(({ from }) => from <= at);
  const moved = phases.findLastIndex(({ status }) => status === 'scheduled');
  const begun = phases.slice(moved).find(({ status }) => isRunning(status));
  const last = phases.at(-1);
  return {
    from: begun?.from ?? maintenance.scheduled,
    to: begun && last && isOver(last.status) ? last.from : maintenance.until,
  };
}
