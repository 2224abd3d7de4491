import type { Instant } from '../../src/core/model.ts';
import type { IncidentWord } from '../../src/core/vocabulary.ts';
import { about, addedUpdate, DAY, LONG_OPEN, TEXTS, type LifecycleOptions } from './lifecycle.ts';
import type { ImportedIncident, ImportedUpdate } from './model.ts';
import { note, type Kind, type Report } from './report.ts';

type Update = ImportedUpdate<IncidentWord>;

const MINUTE = 60_000;

/** An incident that begins with a status, is resolved if the source says so, and explains itself only after that. */
export function settleIncident(
  incident: ImportedIncident,
  options: LifecycleOptions,
  report: Report,
): ImportedIncident {
  const begun = withFirstStatus(incident, report);
  const resolved = withResolution(incident, begun, options, report);
  return { ...incident, updates: withLatePostmortems(incident, resolved, report) };
}

function withFirstStatus(incident: ImportedIncident, report: Report): Update[] {
  const [first, ...rest] = incident.updates;
  if (!first) {
    const update = { word: 'investigating' as const, at: incident.started, body: TEXTS.noUpdate };
    return [addedUpdate(incident, update, 'update-added', report)];
  }
  if (first.word !== 'update') return [first, ...rest];
  note(report, 'first-status', first.place, about(incident));
  return [{ ...first, word: 'investigating' }, ...rest];
}

/** Adds the Resolved update that the source has no text for, after the last one that is no postmortem. */
function withResolution(
  incident: ImportedIncident,
  updates: Update[],
  { now, closeOlderThanDays }: LifecycleOptions,
  report: Report,
): Update[] {
  const status = updates.findLast(({ word }) => word !== 'update' && word !== 'postmortem');
  if (status?.word === 'resolved') {
    const apart = Math.abs((incident.endedAt ?? status.at) - (status.ended ?? status.at));
    if (apart > MINUTE) note(report, 'resolved-time-differs', status.place, about(incident));
    return updates;
  }
  const index = updates.findLastIndex(({ word }) => word !== 'postmortem') + 1;
  const lastAt = updates[index - 1]?.at ?? incident.started;
  const resolve = (at: Instant, body: string, kind: Kind): Update[] =>
    updates.toSpliced(index, 0, addedUpdate(incident, { word: 'resolved', at, body }, kind, report));

  const postmortem = updates[index];
  if (incident.closed) {
    const end = Math.max(lastAt, incident.endedAt ?? postmortem?.at ?? lastAt);
    return resolve(Math.min(end, postmortem?.at ?? end), TEXTS.resolved, 'resolved-added');
  }
  if (closeOlderThanDays !== undefined && now - lastAt > closeOlderThanDays * DAY) {
    return resolve(lastAt, TEXTS.incidentClosedByAge, 'closed-by-age');
  }
  if (now - incident.started > LONG_OPEN) note(report, 'open-long', incident.place, about(incident));
  return updates;
}

function withLatePostmortems(incident: ImportedIncident, updates: readonly Update[], report: Report): Update[] {
  const resolved = updates.findIndex(({ word }) => word === 'resolved');
  return updates.map((update, index) => {
    if (update.word !== 'postmortem' || (resolved !== -1 && resolved < index)) return update;
    note(report, 'postmortem-early', update.place, about(incident));
    return { ...update, word: index === 0 ? 'investigating' : 'update' };
  });
}
