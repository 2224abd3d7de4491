import { hasKnownStart } from '../../core/incident.ts';
import { isOver, maintenancePhases, phaseAt } from '../../core/maintenance.ts';
import type { Incident, Maintenance } from '../../core/model.ts';
import { severityInWords } from '../../i18n/facts.ts';
import { problemAddress } from '../../i18n/report-problem.ts';
import { hrefOf } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { Tone } from '../tone.ts';
import type { TimeVariant } from '../time-variants.ts';
import { eventTone, latestText, maintenanceWhen, namesIn, statusOf } from './event.ts';
import { followLink } from './follow.ts';
import { fixLine, linesOf, overrunLine, promiseLine } from './promise.ts';
import type { Line } from './promise.ts';
import { langOf, near, nearRelative } from './rich.ts';
import type { Link, Rich } from './rich.ts';
import { updateView } from './update.ts';
import type { FactView, UpdateView } from './update.ts';

/** An open incident on the home page. */
export interface OpenIncident {
  id: string;
  title: string;
  /** The language of its title, if it is not the page's. */
  lang?: string;
  href: string;
  /** Whether its title is in the status at the top, and so not here. */
  speaks: boolean;
  tone: Tone;
  /** The names of the components that it affects, unless the answer above is about it. */
  components: Rich;
  since: Rich;
  /** Its start, and promises with their results. */
  lines: TimeVariant<Line>[];
  newest?: UpdateView;
  /** What is folded, newest first. */
  older?: { summary: string; updates: UpdateView[] };
  /** To its own page, and how to follow it. */
  more: Link[];
}

/** Running or upcoming maintenance. */
export interface OpenMaintenance {
  id: string;
  title: string;
  /** The language of its title, if it is not the page's. */
  lang?: string;
  href: string;
  tone: Tone;
  lines: TimeVariant<Line>[];
  /** The names of the components that it affects. */
  components: Rich;
  html: string;
  /** The language of the text, if it is not the page's. */
  textLang?: string | undefined;
  labels: FactView[];
}

/** The most older updates that are folded on the home page. If there are more, all are only on the incident's own page. */
const MOST_FOLDED = 5;

export function openIncident(context: ViewContext, incident: Incident, speaks: boolean): OpenIncident {
  const { words } = context;
  const headingLevel = speaks ? 2 : 3;
  const [newest, ...older] = incident.updates.toReversed();
  const leaveOut = ['next_update', 'expected_fix'] as const;
  const moreText =
    older.length === 0 ? words.say('incident.permalink') : words.count('incident.all_updates', incident.updates.length);
  const isFolded = older.length > 0 && older.length <= MOST_FOLDED;
  const problem = problemLink(context, incident);
  return {
    id: `e-${incident.id}`,
    title: incident.title,
    ...langOf(context, incident),
    href: hrefOf(context, incident),
    speaks,
    tone: eventTone(incident),
    components: speaks ? [] : namesIn(context, incident),
    since: hasKnownStart(incident) ? words.parts('event.since', { time: near(context, incident.started) }) : [],
    lines: speaks ? [] : incidentLines(context, incident),
    ...(newest && { newest: updateView(context, incident, newest, { headingLevel, leaveOut, relative: true }) }),
    ...(isFolded && {
      older: {
        summary: words.count('home.earlier_updates', older.length),
        updates: older.map((update) => updateView(context, incident, update, { headingLevel, leaveOut })),
      },
    }),
    more: [
      // Where updates are folded, its title leads there.
      ...(isFolded ? [] : [{ text: moreText, href: hrefOf(context, incident) }]),
      followLink(context, incident),
      ...(problem ? [problem] : []),
      // Each incident has links with the same texts.
    ].map((link) => ({ ...link, name: words.say('feed.fact', { label: link.text, value: incident.title }) })),
  };
}

/** To a report that an open incident affects its reader too. */
export function problemLink(context: ViewContext, incident: Incident): Link | undefined {
  const href = problemAddress(incident, context);
  return href === undefined ? undefined : { text: context.words.say('problem.too'), href };
}

/** Severity, start, next update and expected fix of an incident. */
function incidentLines(context: ViewContext, incident: Incident): TimeVariant<Line>[] {
  const { words, ledger } = context;
  const status = statusOf(context, incident, ledger.now);
  // Among others, how long ago that is would take a line.
  const time = near(context, incident.started);
  const severity = severityInWords(incident, words);
  const since = hasKnownStart(incident)
    ? words.parts('incident.status_since', { status, severity, time })
    : [words.say('markdown.status', { status, severity })];
  return linesOf(
    context,
    () => ({ text: since }),
    (at) => promiseLine(context, incident.updates, at),
    (at) => fixLine(context, incident.updates, at),
  );
}

/**
 * @param speaks whether the status at the top has its times already
 * @param isTold whether its text is shown while it is running; without, it is on its page only, as that of upcoming one
 */
export function openMaintenance(
  context: ViewContext,
  maintenance: Maintenance,
  speaks: boolean,
  isTold: boolean,
): OpenMaintenance {
  const isShown = maintenance.partial || (isTold && !context.ledger.upcoming.includes(maintenance));
  const said = isShown ? latestText(context, maintenance, { headingLevel: 3 }) : undefined;
  return {
    id: `e-${maintenance.id}`,
    title: maintenance.title,
    ...langOf(context, maintenance),
    href: hrefOf(context, maintenance),
    tone: eventTone(maintenance),
    lines: [...windowLines(context, maintenance), ...(speaks ? [] : maintenanceWords(context, maintenance))],
    components: namesIn(context, maintenance),
    html: said?.html ?? '',
    textLang: said?.lang,
    labels: said?.facts ?? [],
  };
}

/** Status and window of a maintenance. */
function windowLines(context: ViewContext, maintenance: Maintenance): TimeVariant<Line>[] {
  return linesOf(context, (at) => {
    const { status } = phaseAt(maintenancePhases(maintenance), at);
    const window = maintenanceWhen(context, maintenance, status === 'scheduled' ? nearRelative : near);
    const state = statusOf(context, maintenance, at);
    return { text: window.length > 0 ? [`${state} · `, ...window] : [state] };
  });
}

/** The lines about an overrun, and the next update. */
function maintenanceWords(context: ViewContext, maintenance: Maintenance): TimeVariant<Line>[] {
  const phases = maintenancePhases(maintenance);
  return linesOf(
    context,
    (at) => overrunLine(context, maintenance, at),
    (at) => (isOver(phaseAt(phases, at).status) ? undefined : promiseLine(context, maintenance.updates, at)),
  );
}
