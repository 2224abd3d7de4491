import type { Instant } from '../../core/days.ts';
import { compareSeverity, hasKnownStart, incidentState, isNotice } from '../../core/incident.ts';
import { hasWindow, isRunning, maintenancePhases, phaseAt } from '../../core/maintenance.ts';
import type { Maintenance, StatusEvent } from '../../core/model.ts';
import { isRecoveringAt, pageStatusAt } from '../../core/status.ts';
import type { PageStatus } from '../../core/status.ts';
import { hrefOf, PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import { statusTone } from '../tone.ts';
import type { Tone } from '../tone.ts';
import type { TimeVariant } from '../time-variants.ts';
import { timeVariants } from '../time-variants.ts';
import type { StatusView } from './components.ts';
import { startOfWork, statusOf } from './event.ts';
import { overrunLine } from './open.ts';
import { fixLine, linesOf, promiseLine } from './promise.ts';
import type { Line } from './promise.ts';
import { full, langOf, nearRelative } from './rich.ts';
import type { Rich } from './rich.ts';

/** The first thing on the home page: is it working, since when, what is being done, when will you hear more. */
export interface Answer {
  /** The look of the band, the page's title and its icon. */
  bands: TimeVariant<{ tone: Tone; title: string; icon: string }>[];
  /** The overall status, if the sentence says something else. */
  words: TimeVariant<StatusView>[];
  /** Has the icon itself where there are no words beside it. */
  sentence: TimeVariant<{ text: string; lang?: string; href?: string; icon?: Tone; long: boolean }>[];
  lines: TimeVariant<Line>[];
  /** The instant that all of it is true of. */
  asOf: Rich;
}

/** From this many characters on, a sentence is set smaller. */
const LONG = 90;

export function answerOf(context: ViewContext): Answer {
  const { ledger, words } = context;
  const turning = <T>(make: (status: PageStatus, speaker: StatusEvent | undefined) => T | undefined) =>
    timeVariants(context, (at) => make(pageStatusAt(ledger, at), eventAt(context, at)));
  return {
    bands: turning((status, speaker) => ({
      tone: statusTone(status),
      title: homeTitle(context, status, speaker),
      icon: context.href(PATHS.icon(statusTone(status))),
    })),
    words: timeVariants(context, (at) => (eventAt(context, at) ? pageStatusView(context, at) : undefined)),
    sentence: turning((status, speaker) => {
      const text = speaker?.title ?? words.say(`page_status.${status}`);
      return {
        text,
        long: text.length > LONG,
        ...(speaker ? { href: hrefOf(context, speaker), ...langOf(context, speaker) } : { icon: statusTone(status) }),
      };
    }),
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
 * The event at the top of the page while something is wrong: the worst open incident, otherwise a maintenance that
 * cannot be read in full, otherwise the newest running maintenance.
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

type LineMaker = (context: ViewContext, at: Instant, speaker: StatusEvent | undefined) => Line | undefined;

/** What the answer says below its sentence, in order: each is there only where it has something to say. */
const LINES: readonly LineMaker[] = [sinceLine, promisedLine, fixedLine, othersLine, quietLine, plannedLine];

function sinceLine(context: ViewContext, at: Instant, speaker: StatusEvent | undefined): Line | undefined {
  const { words } = context;
  if (!speaker) return undefined;
  const status = statusOf(context, speaker, at);
  if (speaker.kind === 'incident') {
    if (!hasKnownStart(speaker)) return { text: [status] };
    return { text: words.parts('incident.since', { status, time: nearRelative(context, speaker.started) }) };
  }
  if (!runningAt(context, at).includes(speaker)) return { text: [status] };
  return { text: words.parts('maintenance.since', { status, time: nearRelative(context, startOfWork(speaker)) }) };
}

function promisedLine(context: ViewContext, at: Instant, speaker: StatusEvent | undefined): Line | undefined {
  return speaker && promiseLine(context, speaker.updates, at);
}

function fixedLine(context: ViewContext, at: Instant, speaker: StatusEvent | undefined): Line | undefined {
  if (speaker?.kind !== 'maintenance') return speaker && fixLine(context, speaker.updates, at);
  if (!hasWindow(speaker) || !runningAt(context, at).includes(speaker)) return undefined;
  const overrun = overrunLine(context, speaker, at);
  return overrun ?? { text: context.words.parts('maintenance.until', { time: nearRelative(context, speaker.until) }) };
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
  const { ledger, words } = context;
  if (speaker) return undefined;
  const over = ledger.content.incidents.filter((one) => !isNotice(one)).map((one) => incidentState(one).endedAt);
  const last = over.reduce<Instant>((latest, ended) => Math.max(latest, ended ?? Infinity), 0);
  if (last === 0 || last === Infinity) return undefined;
  return { text: words.parts('answer.quiet_since', { time: nearRelative(context, last) }) };
}

function plannedLine(context: ViewContext, at: Instant, speaker: StatusEvent | undefined): Line | undefined {
  const { ledger, words } = context;
  const next = ledger.upcoming.find((one) => hasWindow(one) && one.scheduled > at);
  if (speaker || !next) return undefined;
  return { text: words.parts('answer.next_maintenance', { time: nearRelative(context, next.scheduled) }) };
}

/** The event that the answer is about, while something is wrong. */
function eventAt(context: ViewContext, at: Instant): StatusEvent | undefined {
  return pageStatusAt(context.ledger, at) === 'operational' ? undefined : speakerAt(context, at);
}

function runningAt({ ledger }: ViewContext, at: Instant): Maintenance[] {
  return [...ledger.running, ...ledger.upcoming]
    .filter((one) => isRunning(phaseAt(maintenancePhases(one), at).status))
    .sort((a, b) => startOfWork(b) - startOfWork(a));
}
