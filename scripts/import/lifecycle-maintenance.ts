import type { MaintenanceWord } from '../../src/core/vocabulary.ts';
import { about, addedUpdate, DAY, LONG_OPEN, TEXTS, type LifecycleOptions } from './lifecycle.ts';
import type { ImportedMaintenance, ImportedUpdate } from './model.ts';
import { note, type Report } from './report.ts';

type Update = ImportedUpdate<MaintenanceWord>;

/** A maintenance that begins with a status and, where an update started it, ends with one if the source says so. */
export function settleMaintenance(
  maintenance: ImportedMaintenance,
  options: LifecycleOptions,
  report: Report,
): ImportedMaintenance {
  const begun = withFirstStatus(maintenance, report);
  return { ...maintenance, updates: withCompletion(maintenance, begun, options, report) };
}

function withFirstStatus(maintenance: ImportedMaintenance, report: Report): Update[] {
  const [first, ...rest] = maintenance.updates;
  if (first?.word !== 'update') return [...maintenance.updates];
  note(report, 'first-status', first.place, about(maintenance));
  return [{ ...first, word: first.at < maintenance.scheduled ? 'scheduled' : 'in_progress' }, ...rest];
}

/** Until an update starts it the clock runs a maintenance, and ends it too. */
function withCompletion(
  maintenance: ImportedMaintenance,
  updates: Update[],
  { now, closeOlderThanDays }: LifecycleOptions,
  report: Report,
): Update[] {
  const { scheduled, until, endedAt, closed } = maintenance;
  const turn = updates.findLast(({ word }) => word !== 'update' && word !== 'scheduled')?.word;
  if (turn === 'completed' || turn === 'cancelled') return updates;
  const lastAt = updates.at(-1)?.at ?? scheduled;
  const startedByUpdate = turn !== undefined;

  if (closed && (startedByUpdate || endedAt !== undefined)) {
    const at = Math.max(lastAt, endedAt ?? Math.min(until, now));
    const update = { word: 'completed' as const, at, body: TEXTS.completed };
    return [...updates, addedUpdate(maintenance, update, 'resolved-added', report)];
  }
  if (closed || !startedByUpdate) return updates;
  if (closeOlderThanDays !== undefined && now - Math.max(lastAt, until) > closeOlderThanDays * DAY) {
    const update = { word: 'completed' as const, at: lastAt, body: TEXTS.maintenanceClosedByAge };
    return [...updates, addedUpdate(maintenance, update, 'closed-by-age', report)];
  }
  if (now - Math.max(scheduled, until) > LONG_OPEN) note(report, 'open-long', maintenance.place, about(maintenance));
  return updates;
}
