import type { Instant } from '../../core/days.ts';
import { compareSeverity, hasKnownStart, impactByHand, incidentState, isNotice } from '../../core/incident.ts';
import { hasWindow, isOverrun, isRunning, maintenancePhases, phaseAt } from '../../core/maintenance.ts';
import type { Maintenance, StatusEvent } from '../../core/model.ts';
import { openPromise } from '../../core/promises.ts';
import { isRecoveringAt, pageStatusAt } from '../../core/status.ts';
import type { PageStatus } from '../../core/status.ts';
import { hrefOf, iconHref, PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import { statusTone } from '../tone.ts';
import type { Tone } from '../tone.ts';
import type { TimeVariant } from '../time-variants.ts';
import { timeVariants } from '../time-variants.ts';
import type { AffectedList } from './affected-list.ts';
import { affectedList } from './affected-list.ts';
import type { StatusView } from './components.ts';
import { startOfWork, statusOf } from './event.ts';
import { fixLine, fixToCome, linesOf, overrunLine, promiseLine } from './promise.ts';
import type { Line } from './promise.ts';
import { ago, full, langOf, near, nearRelative } from './rich.ts';
import type { Moment, Rich } from './rich.ts';

/** The status at the top of the home page: does it work, since when, what is being done, when is the next update. */
export interface Answer {
  /** The look of the band, the page's title and its icon. */
  bands: TimeVariant<{ tone: Tone; title: string; icon: string }>[];
  /** The overall status, if the sentence says something else. */
  words: TimeVariant<StatusView>[];
  /** Has its own icon if there are no words next to it. */
  sentence: TimeVariant<{ text: string; lang?: string; href?: string; icon?: Tone; long: boolean }>[];
  /** Since when, and what is promised. */
  times: TimeVariant<AnswerTime>[];
  affected: AffectedList;
  lines: TimeVariant<Line>[];
  /** The time of this status. */
  asOf: Rich;
}

interface AnswerTime {
  label: string;
  time: Moment;
  /** How long ago that was, or how soon it comes. */
  ago: Moment;
}

/** Longer sentences are set in smaller type. */
const LONG = 90;

export function answerOf(context: ViewContext): Answer {
  const { ledger, words } = context;
  const turning = <T>(make: (status: PageStatus, speaker: StatusEvent | undefined) => T | undefined) =>
    timeVariants(context, (at) => make(pageStatusAt(ledger, at), eventAt(context, at)));
  return {
    bands: turning((status, speaker) => ({
      tone: statusTone(status),
      title: homeTitle(context, status, speaker),
      icon: iconHref(context, statusTone(status)),
    })),
    words: timeVariants(context, (at) => kickerOf(context, at, eventAt(context, at))),
    sentence: turning((status, speaker) => {
      const text = speaker?.title ?? words.say(`page_status.${status}`);
      return {
        text,
        long: text.length > LONG,
        ...(speaker ? { href: hrefOf(context, speaker), ...langOf(context, speaker) } : { icon: statusTone(status) }),
      };
    }),
    times: TIMES.flatMap((time) => timeVariants(context, (at) => time(context, at, eventAt(context, at)))),
    affected: affectedList(context),
    lines: linesOf(context, ...LINES.map((line) => (at: Instant) => line(context, at, eventAt(context, at)))),
    asOf: words.parts('answer.as_of', { time: full(context, ledger.now) }),
  };
}

/** The overall status with its colour. If everything works again, an open incident is shown as recovering. */
export function pageStatusView({ ledger, words }: ViewContext, at: Instant): StatusView {
  const status = pageStatusAt(ledger, at);
  const recovers = status === 'degraded_performance' && isRecoveringAt(ledger, at);
  return { tone: statusTone(status), text: words.say(recovers ? 'recovering' : `page_status.${status}`) };
}

/**
 * The event at the top of the page: the worst open incident, else a maintenance with errors, else the newest running
 * maintenance.
 */
export function speakerAt(context: ViewContext, at: Instant): StatusEvent | undefined {
  const { ledger } = context;
  const [worst] = ledger.openIncidents.filter((incident) => !isNotice(incident)).sort(compareSeverity);
  return worst ?? ledger.partial[0] ?? runningAt(context, at)[0];
}

function homeTitle({ ledger, words }: ViewContext, status: PageStatus, speaker: StatusEvent | undefined): string {
  const sentence = speaker?.kind === 'incident' ? speaker.title : words.say(`page_status.${status}`);
  return words.say('title.page', {
    title: sentence,
    site: words.say('title.site', { name: ledger.content.site.name }),
  });
}

/** The overall status, and how far the work on it is. */
export function kickerOf(context: ViewContext, at: Instant, speaker: StatusEvent | undefined): StatusView | undefined {
  if (!speaker) return undefined;
  const { tone, text } = pageStatusView(context, at);
  // What its file says of it may be the part that cannot be read.
  if (speaker.partial) return { tone, text };
  const impact = speaker.kind === 'incident' ? impactByHand(speaker) : undefined;
  const said = [text, ...(impact ? [context.words.say(`impact.${impact}`)] : []), statusOf(context, speaker, at)];
  return { tone, text: [...new Set(said)].join(' · ') };
}

type Maker<Made> = (context: ViewContext, at: Instant, speaker: StatusEvent | undefined) => Made | undefined;

/** In this order; each is there only where it is known. */
const TIMES: readonly Maker<AnswerTime>[] = [sinceTime, untilTime, promisedTime, fixTime];

function sinceTime(context: ViewContext, at: Instant, speaker: StatusEvent | undefined): AnswerTime | undefined {
  if (!speaker) return undefined;
  const isKnown = speaker.kind === 'incident' ? hasKnownStart(speaker) : runningAt(context, at).includes(speaker);
  if (!isKnown) return undefined;
  return answerTime(context, 'answer.since', speaker.kind === 'incident' ? speaker.started : startOfWork(speaker));
}

function untilTime(context: ViewContext, at: Instant, speaker: StatusEvent | undefined): AnswerTime | undefined {
  if (speaker?.kind !== 'maintenance' || !hasWindow(speaker) || isOverrun(speaker, at)) return undefined;
  return runningAt(context, at).includes(speaker) ? answerTime(context, 'answer.until', speaker.until) : undefined;
}

function promisedTime(context: ViewContext, at: Instant, speaker: StatusEvent | undefined): AnswerTime | undefined {
  const promise = speaker && openPromise(speaker.updates, at, context.ledger.content.site.promises.grace);
  return promise && promise.state !== 'overdue' ? answerTime(context, 'answer.next_update', promise.due) : undefined;
}

function fixTime(context: ViewContext, at: Instant, speaker: StatusEvent | undefined): AnswerTime | undefined {
  const fix = speaker?.kind === 'incident' ? fixToCome(speaker.updates) : undefined;
  return fix !== undefined && at <= fix ? answerTime(context, 'answer.fix', fix) : undefined;
}

function answerTime(
  context: ViewContext,
  label: 'answer.since' | 'answer.until' | 'answer.next_update' | 'answer.fix',
  instant: Instant,
): AnswerTime {
  return { label: context.words.say(label), time: near(context, instant), ago: ago(context, instant) };
}

/** The lines below the times, in order. Each is optional. */
const LINES: readonly Maker<Line>[] = [lateLine, passedLine, othersLine, quietLine, plannedLine];

/** That a promise was not kept. */
function lateLine(context: ViewContext, at: Instant, speaker: StatusEvent | undefined): Line | undefined {
  const line = speaker && promiseLine(context, speaker.updates, at);
  return line?.kind === 'late' ? line : undefined;
}

/** That a fix, or the end of a maintenance, was expected by now. */
function passedLine(context: ViewContext, at: Instant, speaker: StatusEvent | undefined): Line | undefined {
  if (speaker?.kind === 'incident') {
    const line = fixLine(context, speaker.updates, at);
    return line?.kind === 'late' ? line : undefined;
  }
  if (!speaker || !hasWindow(speaker) || !runningAt(context, at).includes(speaker)) return undefined;
  return overrunLine(context, speaker, at);
}

function othersLine(context: ViewContext, at: Instant, speaker: StatusEvent | undefined): Line | undefined {
  const { ledger, words } = context;
  if (!speaker) return undefined;
  const home = context.href(PATHS.home);
  const incidents = ledger.openIncidents.filter((one) => one !== speaker && !isNotice(one)).length;
  const maintenance = runningAt(context, at).filter((one) => one !== speaker).length;
  const counted = [
    ...(incidents > 0 ? [{ text: words.count('answer.other_incidents', incidents), href: `${home}#open` }] : []),
    ...(maintenance > 0
      ? [{ text: words.count('answer.other_maintenance', maintenance), href: `${home}#maintenance` }]
      : []),
  ];
  const what = words.listParts(counted);
  return what.length > 0 ? { text: words.parts<Rich>('answer.also', { what }).flat() } : undefined;
}

function quietLine(context: ViewContext, _at: Instant, speaker: StatusEvent | undefined): Line | undefined {
  const last = speaker ? undefined : quietSince(context);
  if (last === undefined) return undefined;
  return { text: context.words.parts('answer.quiet_since', { time: nearRelative(context, last) }) };
}

/** The end of the last incident, if none is open. */
export function quietSince({ ledger }: ViewContext): Instant | undefined {
  const over = ledger.content.incidents.filter((one) => !isNotice(one)).map((one) => incidentState(one).endedAt);
  const last = over.reduce<Instant>((latest, ended) => Math.max(latest, ended ?? Infinity), 0);
  return last === 0 || last === Infinity ? undefined : last;
}

function plannedLine(context: ViewContext, at: Instant, speaker: StatusEvent | undefined): Line | undefined {
  const { ledger, words } = context;
  const next = ledger.upcoming.find((one) => hasWindow(one) && one.scheduled > at);
  if (speaker || !next) return undefined;
  return { text: words.parts('answer.next_maintenance', { time: nearRelative(context, next.scheduled) }) };
}

/** The event of the status at the top, if any. */
export function eventAt(context: ViewContext, at: Instant): StatusEvent | undefined {
  return pageStatusAt(context.ledger, at) === 'operational' ? undefined : speakerAt(context, at);
}

function runningAt({ ledger }: ViewContext, at: Instant): Maintenance[] {
  return [...ledger.running, ...ledger.upcoming]
    .filter((one) => isRunning(phaseAt(maintenancePhases(one), at).status))
    .sort((a, b) => startOfWork(b) - startOfWork(a));
}
