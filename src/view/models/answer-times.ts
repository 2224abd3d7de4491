import type { Instant } from '../../core/days.ts';
import { hasKnownStart, incidentState } from '../../core/incident.ts';
import {
  hasWindow,
  isOver,
  isOverrun,
  isRunning,
  maintenancePhases,
  phaseAt,
  windowAt,
} from '../../core/maintenance.ts';
import type { Maintenance, StatusEvent } from '../../core/model.ts';
import { openPromise } from '../../core/promises.ts';
import { durationInWords } from '../../i18n/durations.ts';
import type { ViewContext } from '../context.ts';
import type { TimeVariant } from '../time-variants.ts';
import { timeVariants } from '../time-variants.ts';
import { startOfWork } from './event.ts';
import { fixToCome } from './promise.ts';
import { ago, end, full, near, range } from './rich.ts';
import type { Moment, Rich } from './rich.ts';

/** A time of an event, beside its other times. */
export interface AnswerTime {
  label: string;
  value: Rich;
  /** How long ago that was, or how soon it comes. */
  ago?: Moment;
}

type Maker = (context: ViewContext, at: Instant, event: StatusEvent) => AnswerTime | undefined;

/** In this order; each is there only where it is known. */
const TIMES: readonly Maker[] = [planned, since, until, nextUpdate, fix, started, ended, duration];

/** Since when an event is and what is promised, when it is planned, or from when to when it was. */
export function timesOf(
  context: ViewContext,
  eventAt: (at: Instant) => StatusEvent | undefined,
): TimeVariant<AnswerTime>[] {
  return TIMES.flatMap((time) =>
    timeVariants(context, (at) => {
      const event = eventAt(at);
      return event && time(context, at, event);
    }),
  );
}

/** The window of a maintenance that has not begun, or never will. */
function planned(context: ViewContext, at: Instant, event: StatusEvent): AnswerTime | undefined {
  if (event.kind === 'incident' || !hasWindow(event) || isRunningAt(event, at) || pastOf(event, at)) return undefined;
  const isCancelled = isOverAt(event, at);
  const from = (isCancelled ? full : near)(context, event.scheduled);
  return {
    label: context.words.say('feed.planned'),
    value: event.until < Infinity ? range(context, from, event.until) : [from],
    ...(!isCancelled && { ago: ago(context, event.scheduled) }),
  };
}

function since(context: ViewContext, at: Instant, event: StatusEvent): AnswerTime | undefined {
  if (isOverAt(event, at)) return undefined;
  if (event.kind === 'maintenance')
    return isRunningAt(event, at) ? nearTime(context, 'answer.since', startOfWork(event)) : undefined;
  return hasKnownStart(event) ? nearTime(context, 'answer.since', event.started) : undefined;
}

function until(context: ViewContext, at: Instant, event: StatusEvent): AnswerTime | undefined {
  if (event.kind === 'incident' || !hasWindow(event) || isOverrun(event, at)) return undefined;
  return isRunningAt(event, at) ? nearTime(context, 'answer.until', event.until) : undefined;
}

function nextUpdate(context: ViewContext, at: Instant, event: StatusEvent): AnswerTime | undefined {
  if (isOverAt(event, at)) return undefined;
  const promise = openPromise(event.updates, at, context.ledger.content.site.promises.grace);
  return promise && promise.state !== 'overdue' ? nearTime(context, 'answer.next_update', promise.due) : undefined;
}

function fix(context: ViewContext, at: Instant, event: StatusEvent): AnswerTime | undefined {
  const expected = event.kind === 'incident' ? fixToCome(event.updates) : undefined;
  return expected !== undefined && at <= expected ? nearTime(context, 'answer.fix', expected) : undefined;
}

function nearTime(
  context: ViewContext,
  label: 'answer.since' | 'answer.until' | 'answer.next_update' | 'answer.fix',
  instant: Instant,
): AnswerTime {
  return { label: context.words.say(label), value: [near(context, instant)], ago: ago(context, instant) };
}

function started(context: ViewContext, at: Instant, event: StatusEvent): AnswerTime | undefined {
  const { from } = pastOf(event, at) ?? {};
  return from === undefined
    ? undefined
    : { label: context.words.say('markdown.started'), value: [full(context, from)] };
}

function ended(context: ViewContext, at: Instant, event: StatusEvent): AnswerTime | undefined {
  const past = pastOf(event, at);
  if (!past) return undefined;
  const { from, to } = past;
  const time = from === undefined ? full(context, to) : end(context, to, full(context, from));
  return { label: context.words.say('fact.ended'), value: [time] };
}

function duration(context: ViewContext, at: Instant, event: StatusEvent): AnswerTime | undefined {
  const { words } = context;
  const { from, to = 0 } = pastOf(event, at) ?? {};
  return from === undefined
    ? undefined
    : { label: words.say('answer.duration'), value: [durationInWords(to - from, words)] };
}

/** From when to when something was that is over, as far as that is known. */
function pastOf(event: StatusEvent, at: Instant): { from?: Instant; to: Instant } | undefined {
  if (!isOverAt(event, at)) return undefined;
  if (event.kind === 'maintenance') {
    const hasBegun = maintenancePhases(event).some(({ status, from }) => isRunning(status) && from <= at);
    return hasBegun ? windowAt(event, at) : undefined;
  }
  const { endedAt = event.started } = incidentState(event);
  return { to: endedAt, ...(hasKnownStart(event) && { from: event.started }) };
}

/** Whether an event is over, as far as its file can be read. */
export function isOverAt(event: StatusEvent, at: Instant): boolean {
  if (event.partial) return false;
  return event.kind === 'incident' ? !incidentState(event).open : isOver(phaseAt(maintenancePhases(event), at).status);
}

/** Whether a maintenance is under way, as far as its file can be read. */
export function isRunningAt(maintenance: Maintenance, at: Instant): boolean {
  return !maintenance.partial && isRunning(phaseAt(maintenancePhases(maintenance), at).status);
}
