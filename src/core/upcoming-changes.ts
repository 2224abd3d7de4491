import { millisecondsInDay, millisecondsInHour } from 'date-fns/constants';
import { milliseconds } from 'date-fns/milliseconds';
import type { Instant } from './days.ts';
import { incidentState, isNotice } from './incident.ts';
import { addDays, dayOf, startOfDay } from './days.ts';
import type { Ledger } from './ledger.ts';
import { newestExpectedFix } from './events.ts';
import { isOver, maintenancePhases, phaseAt } from './maintenance.ts';
import { newestMessage, reminderTimes } from './messages.ts';
import { openPromise, postmortemOf } from './promises.ts';
import type { Maintenance, StatusEvent } from './model.ts';
import { memoize } from './memoize.ts';

/** How far ahead a page must be right without a new build. */
const HORIZON = milliseconds({ days: 7 });

/**
 * The instants after `now` at which the page changes by itself, soonest first: maintenance begins, ends, overruns or is
 * reminded of; a promise, an expected fix or the day of a postmortem passes; an announcement is published, or leaves the home
 * page; a component retires.
 */
export function upcomingChanges(ledger: Ledger): Instant[] {
  const { content, now, openIncidents, running, upcoming } = ledger;
  const { postmortems, promises } = content.site;
  const { grace } = promises;
  const maintenance = [...running, ...upcoming];
  const lastMoments = [...openIncidents, ...maintenance].flatMap(({ updates }) => {
    const due = openPromise(updates, now, grace)?.due ?? Infinity;
    const fix = newestExpectedFix(updates) ?? Infinity;
    return [due + grace, fix];
  });
  const explanations = content.incidents.flatMap((incident) => postmortemOf(incident, now, postmortems) ?? []);
  const instants = [
    ...maintenance.flatMap((one) => [...maintenancePhases(one).map(({ from }) => from), one.until]),
    ...maintenance.flatMap((one) => reminderTimes(one, ledger)),
    ...[...lastMoments, ...explanations.map(({ due }) => due)].map((moment) => moment + 1),
    ...content.announcements.flatMap(({ from, until }) => [from, until]),
    ...[...content.components.values()].map(({ retired }) => retired ?? Infinity),
  ];
  const coming = instants.filter((at) => at > now && at <= now + HORIZON);
  return [...new Set(coming)].sort((a, b) => a - b);
}

/** How often a page is rebuilt while something is open, so that readers can see that it is current. */
export const WHILE_OPEN = millisecondsInHour;

/** After this long without an update, one build a day is enough. */
const LONG_SILENCE = millisecondsInDay;

/**
 * When the next scheduled build is due: at the next change, the next day, or the next hour while something is open that
 * had an update within a day.
 */
export function nextRenewal(ledger: Ledger): Instant {
  const { now, content } = ledger;
  const { time_zone: zone } = content.site;
  const tomorrow = startOfDay(addDays(dayOf(now, zone), 1), zone);
  const hourly = lastWord(ledger) > now - LONG_SILENCE ? now + WHILE_OPEN : Infinity;
  return Math.min(upcomingChanges(ledger)[0] ?? Infinity, tomorrow, hourly);
}

/** Whether an incident that is not a notice is open, or a maintenance is running. */
export function isUnsettled(ledger: Ledger): boolean {
  return lastWord(ledger) > -Infinity;
}

/** The newest update or start of anything open. `-Infinity` if nothing is open. */
function lastWord({ openIncidents, running }: Ledger): Instant {
  const incidents = openIncidents.filter((incident) => !isNotice(incident));
  return Math.max(
    ...incidents.map(({ updates, started }) => updates.at(-1)?.at ?? started),
    ...running.map(({ updates, scheduled }) => Math.max(updates.at(-1)?.at ?? scheduled, scheduled)),
  );
}

/**
 * Whether only an edit can change the page of an event, and no longer the clock. An incident is final when it is resolved
 * and no postmortem is due, a maintenance when it is over, and an occurrence of a series when the next one is announced.
 */
export function isFinal(event: StatusEvent, ledger: Ledger): boolean {
  return finalIn(ledger)(event);
}

/** How long the feed of an event stays after its last message: for readers that ask seldom, and for a late postmortem. */
const FEED_STAYS = milliseconds({ days: 30 });

/** Whether an event has a feed of its own: until 30 days after its last message, if no other is to come. */
export function hasFeed(event: StatusEvent, ledger: Ledger): boolean {
  return newestMessage(event, ledger.now) > ledger.now - FEED_STAYS || !isFinal(event, ledger);
}

const finalIn = memoize((ledger: Ledger) => memoize((event: StatusEvent) => decide(event, ledger)));

function decide(event: StatusEvent, ledger: Ledger): boolean {
  const { content, now } = ledger;
  if (event.partial) return false;
  const isToCome = startsAfter(event, now) || event.updates.some(({ at }) => at >= now);
  if (isToCome || openPromise(event.updates, now, content.site.promises.grace)?.state === 'due') return false;
  if (event.kind === 'incident') {
    const promise = postmortemOf(event, now, content.site.postmortems);
    return !incidentState(event).open && (promise === undefined || promise.state === 'delivered');
  }
  const phases = maintenancePhases(event);
  const isLast = phases.every(({ from }) => from <= now) && isOver(phaseAt(phases, now).status);
  return isLast && (event.series === undefined || nextOccurrence(event, ledger) !== undefined);
}

/** The next occurrence of a recurring maintenance that is not cancelled. */
export function nextOccurrence({ series, scheduled }: Maintenance, { content }: Ledger): Maintenance | undefined {
  if (series === undefined) return undefined;
  return content.maintenance
    .filter((one) => one.series === series && one.scheduled > scheduled && !one.cancelled)
    .reduce<Maintenance | undefined>((next, one) => (next && next.scheduled < one.scheduled ? next : one), undefined);
}

function startsAfter(event: StatusEvent, now: number): boolean {
  return event.kind === 'incident' ? event.started >= now : event.scheduled > now;
}
