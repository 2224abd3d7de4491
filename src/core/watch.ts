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
 * Kinds of due dates. `promise`: a promised update. `fix`: an expected fix. `silence`: no update for twice the update
 * interval, without a promise. `overrun`: the end of a maintenance. `postmortem`: a promised postmortem.
 */
export type WatchKind = 'promise' | 'fix' | 'silence' | 'overrun' | 'postmortem';

/** A due date. */
export interface WatchCase {
  /** The same in every run until the case is closed: `promise 2026-11-20-pay u-20261120T092000Z`. */
  id: string;
  kind: WatchKind;
  event: StatusEvent;
  /** When it is due, by promise or by the update interval. */
  due: Instant;
  /** When it counts as missed: `due` plus grace, if any. */
  missedFrom: Instant;
}

/** All due dates that no update has answered, earliest first. */
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

/** The newest expected fix, until there is an update after it. */
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

/** @param from what it belongs to: a new promise or window is a new case */
function caseOf(kind: WatchKind, event: StatusEvent, from: string, due: Instant, grace = 0): WatchCase {
  return { id: `${kind} ${event.id} ${from}`, kind, event, due, missedFrom: due + grace };
}

/** Whether a case has been missed. */
export function isMissed({ missedFrom }: WatchCase, now: Instant): boolean {
  return now > missedFrom;
}

/** A closed case, and the update that answered it, if any. */
interface WatchAnswer {
  kind: WatchKind;
  /** The id of the event, whose file may have been deleted. */
  eventId: string;
  event?: StatusEvent;
  update?: Update;
}

/**
 * How a case was closed.
 * @param id from an earlier `watchCases`
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

/** @param from the last part of a case's id: an update id, or an instant */
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

/** Who is notified about a missed case, and when. */
interface WatchLevel {
  /** Milliseconds after the time that was promised. */
  after: number;
  who: readonly string[];
  from: Instant;
}

/** When the owners get a reminder of a case. */
export function remindFrom({ due }: WatchCase, { watch }: SiteSettings): Instant {
  return due - watch.remind;
}

/** The escalation levels of a case, soonest first. Levels with the same time are merged. None is before the case is missed. */
export function levelsOf(one: WatchCase, { escalation }: SiteSettings): WatchLevel[] {
  const levels = new Map<number, string[]>();
  for (const { after, who } of escalation) levels.set(after, [...(levels.get(after) ?? []), ...who]);
  return [...levels]
    .sort(([a], [b]) => a - b)
    .map(([after, who]) => ({ after, who: [...new Set(who)], from: Math.max(one.due + after, firstMissed(one)) }));
}

/** When the next reminder, missed case or escalation level is due. */
export function nextMoment(cases: readonly WatchCase[], site: SiteSettings, now: Instant): Instant | undefined {
  const moments = cases
    .flatMap((one) => [remindFrom(one, site), firstMissed(one), ...levelsOf(one, site).map(({ from }) => from)])
    .filter((moment) => moment > now);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/** Splits cases into missed ones and others. */
export function splitMissed(cases: readonly WatchCase[], now: Instant): { missed: WatchCase[]; coming: WatchCase[] } {
  return {
    missed: cases.filter((one) => isMissed(one, now)),
    coming: cases.filter((one) => !isMissed(one, now)),
  };
}

/** The first instant at which `isMissed` is true. */
function firstMissed({ missedFrom }: WatchCase): Instant {
  return missedFrom + 1;
}
