import { incidentState, isNotice } from './incident.ts';
import type { Ledger } from './ledger.ts';
import { isRunning, maintenancePhases } from './maintenance.ts';
import type { Incident, Instant, Maintenance, StatusEvent } from './model.ts';
import { postmortemOf } from './postmortem.ts';
import { openPromise } from './promises.ts';
import { rhythmOf } from './rhythm.ts';
import type { SiteSettings } from './schema/site.ts';

/**
 * What somebody has to look after. `promise`: an update was promised. `fix`: a fix was expected. `silence`: nothing was
 * promised and nothing said for twice the rhythm. `overrun`: work should have ended. `postmortem`: one was promised.
 */
export type WatchKind = 'promise' | 'fix' | 'silence' | 'overrun' | 'postmortem';

/** One thing that falls due. */
export interface WatchCase {
  /** The same in every run until the case is closed: `promise 2026-11-20-pay u-20261120T092000Z`. */
  id: string;
  kind: WatchKind;
  event: StatusEvent;
  /** When it was said to happen, or should have by the rhythm. */
  due: Instant;
  /** From when on it counts as missed: `due`, with grace where there is some. */
  missedFrom: Instant;
}

/** All that falls due or has, the earliest first; what an update has answered is no longer among them. */
export function watchCases(ledger: Ledger): WatchCase[] {
  const { content, now, openIncidents, running, upcoming } = ledger;
  const cases = [
    ...openIncidents.flatMap((incident) => incidentCases(incident, now, content.site)),
    ...[...running, ...upcoming].flatMap((maintenance) => maintenanceCases(maintenance, now, content.site)),
    ...content.incidents.flatMap((incident) => postmortemCase(incident, now, content.site)),
  ];
  return cases.sort((a, b) => a.due - b.due || (a.id < b.id ? -1 : 1));
}

function incidentCases(incident: Incident, now: Instant, { promises }: SiteSettings): WatchCase[] {
  const newest = incident.updates.at(-1);
  if (!newest) return [];
  const promise = promiseCase(incident, now, promises.grace);
  const fix = newest.status === 'monitoring' ? undefined : fixOf(incident);
  const silent = newest.at + 2 * rhythmOf(incident.impact, incident.started, newest.at, promises);
  return [
    ...promise,
    ...(fix === undefined ? [] : [caseOf('fix', incident, String(fix), fix)]),
    ...(promise.length > 0 || isNotice(incident) ? [] : [caseOf('silence', incident, newest.id, silent)]),
  ];
}

/** The newest expected fix, while no update has come after it. */
function fixOf({ updates }: Incident): Instant | undefined {
  const fix = updates.findLast(({ expectedFix }) => expectedFix !== undefined)?.expectedFix;
  return fix === undefined || (updates.at(-1)?.at ?? 0) > fix ? undefined : fix;
}

function maintenanceCases(maintenance: Maintenance, now: Instant, { promises }: SiteSettings): WatchCase[] {
  const takenOver = maintenancePhases(maintenance).some(
    ({ status: phase, by, from }) => by === 'update' && isRunning(phase) && from <= now,
  );
  const answered = (maintenance.updates.at(-1)?.at ?? 0) > maintenance.until;
  return [
    ...promiseCase(maintenance, now, promises.grace),
    ...(takenOver && !answered ? [caseOf('overrun', maintenance, String(maintenance.until), maintenance.until)] : []),
  ];
}

function promiseCase(event: StatusEvent, now: Instant, grace: number): WatchCase[] {
  const promise = openPromise(event.updates, now, grace);
  return promise ? [caseOf('promise', event, promise.update.id, promise.due, grace)] : [];
}

function postmortemCase(incident: Incident, now: Instant, { postmortems }: SiteSettings): WatchCase[] {
  const promise = postmortemOf(incident, now, postmortems);
  if (!promise || promise.delivered) return [];
  return [caseOf('postmortem', incident, String(incidentState(incident).resolvedAt), promise.due)];
}

/** @param from what it hangs on: another promise, another window is another case */
function caseOf(kind: WatchKind, event: StatusEvent, from: string, due: Instant, grace = 0): WatchCase {
  return { id: `${kind} ${event.id} ${from}`, kind, event, due, missedFrom: due + grace };
}

/** Whether a case has been missed. */
export function isMissed({ missedFrom }: WatchCase, now: Instant): boolean {
  return now > missedFrom;
}
