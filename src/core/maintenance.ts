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
 * Cancelled end it at once; a Scheduled update changes nothing, nor does one that repeats what was said. An occurrence
 * that was called off never was anything else.
 */
export function maintenancePhases(
  maintenance: Pick<Maintenance, 'scheduled' | 'until' | 'updates' | 'calledOff'>,
): Phase[] {
  if (maintenance.calledOff) return [{ status: 'cancelled', from: -Infinity, by: 'clock' }];
  const turns: Phase[] = [
    ...maintenance.updates
      .filter(turnsPhase)
      .map(({ word, at }) => ({ status: word, from: at, by: 'update' as const })),
    { status: 'in_progress', from: maintenance.scheduled, by: 'clock' },
    { status: 'completed', from: maintenance.until, by: 'clock' },
  ];
  let last: Phase = { status: 'scheduled', from: -Infinity, by: 'clock' };
  const phases = [last];
  for (const phase of turns.sort((a, b) => a.from - b.from)) {
    const takenOver = last.by === 'update';
    const repeats = phase.status === last.status && (takenOver || isOver(last.status));
    if (phase.by === 'clock' ? takenOver : repeats) continue;
    phases.push(phase);
    last = phase;
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

/** Whether it still runs although the time that was announced for its end has come. */
export function isOverrun(maintenance: Maintenance, at: Instant): boolean {
  return at >= maintenance.until && isRunning(phaseAt(maintenancePhases(maintenance), at).status);
}

function turnsPhase(
  update: MaintenanceUpdate,
): update is MaintenanceUpdate & { word: 'in_progress' | 'verifying' | 'completed' | 'cancelled' } {
  return update.word !== 'update' && update.word !== 'scheduled';
}
