import type { Instant } from './days.ts';
import { newestExpectedFix } from './events.ts';
import { incidentState, isNotice } from './incident.ts';
import type { Ledger } from './ledger.ts';
import { isRunning, maintenancePhases } from './maintenance.ts';
import type { Content, Incident, Maintenance, StatusEvent, Update } from './model.ts';
import { openPromise, postmortemOf, updateInterval } from './promises.ts';
import type { SiteSettings } from './schema/site.ts';
import { isClosing } from './vocabulary.ts';

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
  const silent = newest.at + 2 * updateInterval(incident.impact, incident.started, newest.at, promises);
  return [
    ...promise,
    ...(fix === undefined ? [] : [caseOf('fix', incident, String(fix), fix)]),
    ...(promise.length > 0 || isNotice(incident) ? [] : [caseOf('silence', incident, newest.id, silent)]),
  ];
}

/** The newest expected fix, while no update has come after it. */
function fixOf({ updates }: Incident): Instant | undefined {
  const fix = newestExpectedFix(updates);
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

/** What a case was about, and the update that ended it, if one did. */
interface WatchAnswer {
  kind: WatchKind;
  /** The name of the event's file; the file itself may be gone. */
  eventId: string;
  event?: StatusEvent;
  update?: Update;
}

/**
 * What became of a case that is no longer watched.
 * @param id as `watchCases` gave it, perhaps long ago
 */
export function answerTo(
  id: string,
  { incidents, maintenance }: Pick<Content, 'incidents' | 'maintenance'>,
): WatchAnswer {
  const [kind = '', eventId = '', from = ''] = id.split(' ');
  const event = [...incidents, ...maintenance].find((one) => one.id === eventId);
  const update = event && answerIn(event.updates, kind as WatchKind, from);
  return { kind: kind as WatchKind, eventId, ...(event && { event }), ...(update && { update }) };
}

/** @param from the last part of a case's id: the update that it hangs on, or an instant */
function answerIn(updates: readonly Update[], kind: WatchKind, from: string): Update | undefined {
  if (kind === 'promise' || kind === 'silence') {
    const index = updates.findIndex(({ id }) => id === from);
    return index < 0 ? undefined : updates[index + 1];
  }
  const instant = Number(from);
  if (kind === 'postmortem') return updates.find(({ word, at }) => word === 'postmortem' && at >= instant);
  const said = kind === 'fix' ? updates.findLastIndex(({ expectedFix }) => expectedFix === instant) : -1;
  return updates
    .slice(said + 1)
    .find(
      ({ at, status, expectedFix }) =>
        at > instant || isClosing(status) || (kind === 'fix' && (status === 'monitoring' || expectedFix !== undefined)),
    );
}

/** Who is told about a missed case, and from when on. */
interface WatchLevel {
  /** Milliseconds after the time that was promised. */
  after: number;
  who: readonly string[];
  from: Instant;
}

/** From when on the owners are reminded of a case. */
export function remindFrom({ due }: WatchCase, { watch }: SiteSettings): Instant {
  return due - watch.remind;
}

/** The levels that a case climbs, soonest first; several of one time are one level. Nobody is told before it is missed. */
export function levelsOf(one: WatchCase, { escalation }: SiteSettings): WatchLevel[] {
  const levels = new Map<number, string[]>();
  for (const { after, who } of escalation) levels.set(after, [...(levels.get(after) ?? []), ...who]);
  return [...levels]
    .sort(([a], [b]) => a - b)
    .map(([after, who]) => ({ after, who: [...new Set(who)], from: Math.max(one.due + after, firstMissed(one)) }));
}

/** When something is next to be done about any of the cases: a reminder, the word that one is missed, a level. */
export function nextMoment(cases: readonly WatchCase[], site: SiteSettings, now: Instant): Instant | undefined {
  const moments = cases
    .flatMap((one) => [remindFrom(one, site), firstMissed(one), ...levelsOf(one, site).map(({ from }) => from)])
    .filter((moment) => moment > now);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/** The cases that have been missed, and those that have not. */
export function splitMissed(cases: readonly WatchCase[], now: Instant): { missed: WatchCase[]; coming: WatchCase[] } {
  return {
    missed: cases.filter((one) => isMissed(one, now)),
    coming: cases.filter((one) => !isMissed(one, now)),
  };
}

/** The first instant at which `isMissed` holds. */
function firstMissed({ missedFrom }: WatchCase): Instant {
  return missedFrom + 1;
}
