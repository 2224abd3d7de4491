import type { Instant } from '../../core/days.ts';
import { compareSeverity, impactByHand, incidentState, isNotice } from '../../core/incident.ts';
import { hasWindow } from '../../core/maintenance.ts';
import type { Maintenance, StatusEvent } from '../../core/model.ts';
import { isRecoveringAt, pageStatusAt } from '../../core/status.ts';
import type { PageStatus } from '../../core/status.ts';
import { hrefOf, iconHref, PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import { statusTone } from '../tone.ts';
import type { Tone } from '../tone.ts';
import type { TimeVariant } from '../time-variants.ts';
import { timeVariants } from '../time-variants.ts';
import type { AffectedList } from './affected-list.ts';
import { affectedBy, affectedList } from './affected-list.ts';
import type { AnswerTime } from './answer-times.ts';
import { isOverAt, isRunningAt, timesOf } from './answer-times.ts';
import type { StatusView } from './components.ts';
import { eventStatus, startOfWork, statusOf, translationNote } from './event.ts';
import { fixLine, linesOf, overrunLine, promiseLine } from './promise.ts';
import type { Line } from './promise.ts';
import { full, langOf, nearRelative } from './rich.ts';
import type { Rich } from './rich.ts';

/** The status at the top of a page: does it work, since when, what is being done, when is the next update. */
export interface Answer {
  /** The look of the band; on the home page also the page's title and its icon. */
  bands: TimeVariant<{ tone: Tone; title?: string; icon?: string }>[];
  /** The overall status, if the sentence says something else. */
  words: TimeVariant<StatusView>[];
  /** Has its own icon if there are no words next to it. */
  sentence: TimeVariant<{ text: string; lang?: string; href?: string; icon?: Tone; long: boolean }>[];
  /** Since when, and what is promised; or from when to when it was. */
  times: TimeVariant<AnswerTime>[];
  affected: AffectedList;
  lines: TimeVariant<Line>[];
  /** The time of this status, or that not all is translated. */
  note: Rich;
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
        ...titleOf(text),
        ...(speaker ? { href: hrefOf(context, speaker), ...langOf(context, speaker) } : { icon: statusTone(status) }),
      };
    }),
    times: timesOf(context, (at) => eventAt(context, at)),
    affected: affectedList(context),
    lines: linesOf(context, ...LINES.map((line) => (at: Instant) => line(context, at, eventAt(context, at)))),
    note: words.parts('answer.as_of', { time: full(context, ledger.now) }),
  };
}

/** The status at the top of the page of one event. @param lines below what is late */
export function eventAnswer(context: ViewContext, event: StatusEvent, lines: TimeVariant<Line>[]): Answer {
  const status = timeVariants(context, (at) => eventStatus(context, event, at));
  const { note } = translationNote(context, [event]);
  return {
    bands: status,
    words: status,
    sentence: [{ value: { ...titleOf(event.title), ...langOf(context, event) }, when: {} }],
    times: timesOf(context, () => event),
    affected: affectedBy(context, event),
    lines: [
      ...linesOf(
        context,
        (at) => lateLine(context, at, event),
        (at) => passedLine(context, at, event),
      ),
      ...lines,
    ],
    note: note === undefined ? [] : [note],
  };
}

function titleOf(text: string): { text: string; long: boolean } {
  return { text, long: text.length > LONG };
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

type LineMaker = (context: ViewContext, at: Instant, speaker: StatusEvent | undefined) => Line | undefined;

/** The lines below the times, in order. Each is optional. */
const LINES: readonly LineMaker[] = [lateLine, passedLine, othersLine, quietLine, plannedLine];

/** That a promise was not kept. */
function lateLine(context: ViewContext, at: Instant, speaker: StatusEvent | undefined): Line | undefined {
  if (!speaker || isOverAt(speaker, at)) return undefined;
  const line = promiseLine(context, speaker.updates, at);
  return line?.kind === 'late' ? line : undefined;
}

/** That a fix, or the end of a maintenance, was expected by now. */
function passedLine(context: ViewContext, at: Instant, speaker: StatusEvent | undefined): Line | undefined {
  if (speaker?.kind === 'incident') {
    const line = fixLine(context, speaker.updates, at);
    return line?.kind === 'late' ? line : undefined;
  }
  return speaker && isRunningAt(speaker, at) ? overrunLine(context, speaker, at) : undefined;
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
    .filter((one) => isRunningAt(one, at))
    .sort((a, b) => startOfWork(b) - startOfWork(a));
}
