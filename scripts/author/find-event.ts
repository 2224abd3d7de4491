import { incidentState } from '../../src/core/incident.ts';
import { startOf } from '../../src/core/ledger.ts';
import { isOver, isRunning, maintenancePhases, phaseAt } from '../../src/core/maintenance.ts';
import type { Content, Incident, Instant, StatusEvent } from '../../src/core/model.ts';
import { didYouMean } from '../../src/reader/suggest.ts';
import { AuthorError } from './author-error.ts';

/** Where an event stands: not begun, going on, or done with. */
export type Stage = 'upcoming' | 'open' | 'over';

export function stageOf(event: StatusEvent, now: Instant): Stage {
  if (event.kind === 'incident') return incidentState(event).open ? 'open' : 'over';
  const { status } = phaseAt(maintenancePhases(event), now);
  if (isRunning(status)) return 'open';
  return isOver(status) ? 'over' : 'upcoming';
}

/** Open incidents, then running maintenance, each newest first: what an update is most likely about. */
export function openEvents({ incidents, maintenance }: Content, now: Instant): StatusEvent[] {
  const open = (events: readonly StatusEvent[]) =>
    events.filter((event) => stageOf(event, now) === 'open').sort((a, b) => startOf(b) - startOf(a));
  return [...open(incidents), ...open(maintenance)];
}

/** For so long after its end an incident is likely to be meant by a postmortem. */
const EXPLAINED_WITHIN = 30 * 86_400_000;

/** Incidents that ended lately and have no postmortem since, the one that ended last first. */
export function unexplained({ incidents }: Content, now: Instant): Incident[] {
  const end = (incident: Incident) => incidentState(incident).resolvedAt ?? -Infinity;
  return incidents
    .filter((incident) => end(incident) > now - EXPLAINED_WITHIN)
    .filter((incident) => !incident.updates.some(({ word, at }) => word === 'postmortem' && at >= end(incident)))
    .sort((a, b) => end(b) - end(a));
}

/** The id that somebody wrote, be it as an id or as the path of its file. */
export function idFrom(written: string): string {
  return (written.trim().split(/[\\/]/).at(-1) ?? '').replace(/\.md$/i, '');
}

/** Whether a path of the content folder is that of the event with an id, without regard to case. */
export function isFileOf(id: string, path: string): boolean {
  return /^(incidents|maintenance)\//.test(path) && idFrom(path).toLowerCase() === id.toLowerCase();
}

/** Whether a path is that of a maintenance that may have an occurrence with an id, which ends in its day. */
export function isSeriesOf(id: string, path: string): boolean {
  return path.startsWith('maintenance/') && isFileOf(id.replace(/-\d{4}-\d{2}-\d{2}$/, ''), path);
}

/** Of what recurs the occurrence that is meant when none is named: the one that runs, else the next, else the last. */
export function currentOf(events: readonly StatusEvent[], now: Instant): StatusEvent | undefined {
  return events.find((event) => stageOf(event, now) !== 'over') ?? events.at(-1);
}

/** What to say when nothing has an id; `paths` are those of the content folder. */
export function noSuchEvent(id: string, paths: Iterable<string>): AuthorError {
  const known = [...paths].filter((path) => /^(incidents|maintenance)\/.*\.md$/.test(path)).map(idFrom);
  const meant = didYouMean(id, known);
  return new AuthorError(
    `There is no incident or maintenance “${id}”.${meant.startsWith(' Known') ? ' Its id is the name of its file without .md.' : meant}`,
  );
}
