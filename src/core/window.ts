import { isOver, isRunning, maintenancePhases } from './maintenance.ts';
import type { Instant, Maintenance } from './model.ts';

/** When a maintenance takes place. */
export interface Window {
  from: Instant;
  to: Instant;
}

/** The window that was announced, with what came of it by an instant: when the work did begin, and when it was over. */
export function windowAt(maintenance: Maintenance, at: Instant): Window {
  const phases = maintenancePhases(maintenance).filter(({ from }) => from <= at);
  const begun = phases.find(({ status }) => isRunning(status));
  const last = phases.at(-1);
  return {
    from: begun?.from ?? maintenance.scheduled,
    to: begun && last && isOver(last.status) ? last.from : maintenance.until,
  };
}
