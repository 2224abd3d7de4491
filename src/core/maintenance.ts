import type { Instant, Maintenance, MaintenanceUpdate } from './model.ts';
import type { MaintenanceStatus } from './vocabulary.ts';

/** A stretch of a maintenance with one status. */
export interface Phase {
  status: MaintenanceStatus;
  /** `-Infinity` for the first. */
  from: Instant;
  /** Whether the clock or somebody's update began it. */
  by: 'clock' | 'update';
}

/**
 * What becomes of a maintenance, oldest phase first. The clock starts it at `scheduled` and completes it at
 * `until`; an In progress or Verifying update takes over, and then only an update ends it; Completed and
 * Cancelled end it at once; a Scheduled update changes nothing.
 */
export function maintenancePhases(maintenance: Pick<Maintenance, 'scheduled' | 'until' | 'updates'>): Phase[] {
  const phases: Phase[] = [{ status: 'scheduled', from: -Infinity, by: 'clock' }];
  const updates = maintenance.updates
    .filter(turnsPhase)
    .map(({ word, at }) => ({ status: word, from: at, by: 'update' as const }));
  const clock = [
    { status: 'in_progress' as const, from: maintenance.scheduled, by: 'clock' as const, after: 'scheduled' },
    { status: 'completed' as const, from: maintenance.until, by: 'clock' as const, after: 'in_progress' },
  ];
  const turns = [...updates.map((turn) => ({ ...turn, after: undefined })), ...clock].sort((a, b) => a.from - b.from);
  for (const { after, ...phase } of turns) {
    const last = phases.at(-1);
    const clockHasIt = last?.by === 'clock' && last.status === after;
    if (phase.by === 'update' || clockHasIt) phases.push(phase);
  }
  return phases;
}

/** The phase that holds at an instant. */
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

/** Whether it still runs although the time that was announced for its end has passed. */
export function isOverrun(maintenance: Maintenance, at: Instant): boolean {
  return at > maintenance.until && isRunning(phaseAt(maintenancePhases(maintenance), at).status);
}

function turnsPhase(
  update: MaintenanceUpdate,
): update is MaintenanceUpdate & { word: 'in_progress' | 'verifying' | 'completed' | 'cancelled' } {
  return update.word !== 'update' && update.word !== 'scheduled';
}
