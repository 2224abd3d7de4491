import { isNotice, incidentState } from '../../core/incident.ts';
import { isRunning, maintenancePhases, phaseAt } from '../../core/maintenance.ts';
import type { Incident, Instant, Maintenance, StatusEvent } from '../../core/model.ts';
import { overallAt } from '../../core/status.ts';
import type { Overall } from '../../core/status.ts';
import { latestStatuses } from '../../core/timeline.ts';
import { COMPONENT_STATUSES, IMPACTS, worstStatus } from '../../core/vocabulary.ts';
import { hrefOf, PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import { indicatorTone } from '../tone.ts';
import type { Tone } from '../tone.ts';
import type { Form } from '../turning.ts';
import { forms } from '../turning.ts';
import type { StatusView } from './components.ts';
import { startOfWork, statusOf } from './event.ts';
import { overrunLine } from './open.ts';
import { fixLine, linesOf, promiseLine } from './promise.ts';
import type { Line } from './promise.ts';
import { full, nearRelative } from './rich.ts';
import type { Rich } from './rich.ts';

/** The first thing on the home page: is it working, since when, what is being done, when will you hear more. */
export interface Answer {
  /** The look of the band, the page's title and its icon. */
  bands: Form<{ tone: Tone; title: string; icon: string }>[];
  /** The overall status in Statuspage's words, where the sentence says something else. */
  words: Form<StatusView>[];
  /** Has the icon itself where there are no words beside it. */
  sentence: Form<{ text: string; href?: string; icon?: Tone; long: boolean }>[];
  lines: Form<Line>[];
  /** The instant that all of it is true of. */
  asOf: Rich;
}

/** From this many characters on, a sentence is set smaller. */
const LONG = 90;

export function answerOf(context: ViewContext): Answer {
  const { ledger, words } = context;
  const turning = <T>(make: (at: Instant, overall: Overall, speaker: StatusEvent | undefined) => T | undefined) =>
    forms(context, (at) => {
      const overall = overallAt(ledger, at);
      return make(at, overall, eventAt(context, at));
    });
  const tone = ({ indicator }: Overall) => indicatorTone(indicator);
  return {
    bands: turning((_, overall, speaker) => ({
      tone: tone(overall),
      title: homeTitle(context, overall, speaker),
      icon: context.href(PATHS.icon(overall.indicator)),
    })),
    words: turning((_, overall, speaker) =>
      speaker ? { tone: tone(overall), text: words.say(`overall.${overall.id}`) } : undefined,
    ),
    sentence: turning((_, overall, speaker) => {
      const text = speaker?.title ?? words.say(`overall.${overall.id}`);
      return {
        text,
        long: text.length > LONG,
        ...(speaker ? { href: hrefOf(context, speaker) } : { icon: tone(overall) }),
      };
    }),
    lines: linesOf(context, ...LINES.map((line) => (at: Instant) => line(context, at, eventAt(context, at)))),
    asOf: words.parts('answer.as_of', { time: full(context, ledger.now) }),
  };
}

/** The event that speaks for the page while something is wrong: the worst open incident, else the newest work. */
export function speakerAt(context: ViewContext, at: Instant): StatusEvent | undefined {
  const { ledger } = context;
  const [worst] = ledger.openIncidents
    .filter((incident) => !isNotice(incident))
    .map((incident) => ({ incident, rank: rankOf(incident) }))
    .sort((a, b) => b.rank - a.rank || b.incident.started - a.incident.started);
  return worst?.incident ?? runningAt(context, at)[0];
}

function homeTitle({ ledger, words }: ViewContext, overall: Overall, speaker: StatusEvent | undefined): string {
  const sentence = speaker?.kind === 'incident' ? speaker.title : words.say(`overall.${overall.id}`);
  return words.say('title.page', {
    title: sentence,
    site: words.say('title.site', { name: ledger.content.site.name }),
  });
}

/** What an incident does now comes before what it has done; without components its impact stands for both. */
function rankOf(incident: Incident): number {
  const now = COMPONENT_STATUSES.indexOf(worstStatus(Object.values(latestStatuses(incident))));
  const impact = IMPACTS.indexOf(incident.impact);
  const named = Object.keys(latestStatuses(incident)).length > 0;
  return (named ? now : impact + 1) * IMPACTS.length + impact;
}

type LineMaker = (context: ViewContext, at: Instant, speaker: StatusEvent | undefined) => Line | undefined;

/** What the answer says below its sentence, in order: each is there only where it has something to say. */
const LINES: readonly LineMaker[] = [sinceLine, promisedLine, fixedLine, othersLine, quietLine, plannedLine];

function sinceLine(context: ViewContext, at: Instant, speaker: StatusEvent | undefined): Line | undefined {
  const { words } = context;
  if (!speaker) return undefined;
  const status = statusOf(context, speaker, at);
  if (speaker.kind === 'incident') {
    return { text: words.parts('incident.since', { status, time: nearRelative(context, speaker.started) }) };
  }
  return { text: words.parts('maintenance.since', { status, time: nearRelative(context, startOfWork(speaker)) }) };
}

function promisedLine(context: ViewContext, at: Instant, speaker: StatusEvent | undefined): Line | undefined {
  return speaker && promiseLine(context, speaker.updates, at);
}

function fixedLine(context: ViewContext, at: Instant, speaker: StatusEvent | undefined): Line | undefined {
  if (speaker?.kind !== 'maintenance') return speaker && fixLine(context, speaker.updates, at);
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
  const what = counted.flatMap((link, index) => (index === 0 ? [link] : [', ', link]));
  return what.length > 0 ? { text: words.parts<Rich>('answer.also', { what }).flat() } : undefined;
}

function quietLine(context: ViewContext, _at: Instant, speaker: StatusEvent | undefined): Line | undefined {
  const { ledger, words } = context;
  const over = ledger.content.incidents.filter((one) => !isNotice(one)).map((one) => incidentState(one).endedAt);
  const last = over.reduce<Instant>((latest, ended) => Math.max(latest, ended ?? Infinity), 0);
  if (speaker || last === 0 || last === Infinity) return undefined;
  return { text: words.parts('answer.quiet_since', { time: nearRelative(context, last) }) };
}

function plannedLine(context: ViewContext, at: Instant, speaker: StatusEvent | undefined): Line | undefined {
  const { ledger, words } = context;
  const next = ledger.upcoming.find((one) => one.scheduled > at);
  if (speaker || !next) return undefined;
  return { text: words.parts('answer.next_maintenance', { time: nearRelative(context, next.scheduled) }) };
}

/** The event that the answer is about, while something is wrong. */
function eventAt(context: ViewContext, at: Instant): StatusEvent | undefined {
  return overallAt(context.ledger, at).indicator === 'none' ? undefined : speakerAt(context, at);
}

function runningAt({ ledger }: ViewContext, at: Instant): Maintenance[] {
  return [...ledger.running, ...ledger.upcoming]
    .filter((one) => isRunning(phaseAt(maintenancePhases(one), at).status))
    .sort((a, b) => startOfWork(b) - startOfWork(a));
}
