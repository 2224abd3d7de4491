import { incidentState } from './incident.ts';
import type { Ledger } from './ledger.ts';
import { isOver, maintenancePhases, phaseAt } from './maintenance.ts';
import type { Maintenance, StatusEvent } from './model.ts';
import { memoize } from './memoize.ts';
import { openPromise, postmortemOf } from './promises.ts';

/**
 * Whether only a change of content, and not the clock, can change the page of an event. An incident is final when it is
 * resolved and its page no longer expects a postmortem; a maintenance when it is over; an occurrence of a series when the
 * next one is announced too.
 */
export function isFinal(event: StatusEvent, ledger: Ledger): boolean {
  return finalIn(ledger)(event);
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
