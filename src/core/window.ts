import { isOver, isRunning, maintenancePhases } from './maintenance.ts';
import type { Instant, Maintenance, TimeWindow } from './model.ts';

/** The window that was announced, with what came of it by an instant: when the work did begin, and when it was over. */
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
