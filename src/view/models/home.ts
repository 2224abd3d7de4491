import { maintenancePhases, phaseAt } from '../../core/maintenance.ts';
import type { Maintenance, StatusEvent } from '../../core/model.ts';
import { uptimeRule } from '../../i18n/uptime.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { Answer } from './answer.ts';
import { answerOf, speakerAt } from './answer.ts';
import type { NodeView } from './components.ts';
import { nodeViews } from './components.ts';
import type { OpenIncident, OpenMaintenance } from './open.ts';
import { openIncident, openMaintenance } from './open.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';
import type { Link } from './rich.ts';
import { recentDays } from '../../core/history.ts';
import { named, summaryOf, MAX_SUMMARIES, translationNote } from './event.ts';
import type { EventSummary } from './event.ts';

/** A day with what happened on it, or a line about days on which nothing did. */
export type PastEntry = { kind: 'day'; day: string; events: EventSummary[] } | { kind: 'quiet'; text: string };

/** The last days, newest first. */
function pastDays(context: ViewContext, count: number): PastEntry[] {
  const { ledger, words, dates } = context;
  const days = recentDays(ledger.content, ledger.now, count);
  const told = new Set(days.flatMap((entry) => (entry.kind === 'day' ? entry.events : [])).slice(0, MAX_SUMMARIES));
  return days.map((entry): PastEntry => {
    if (entry.kind === 'quiet') {
      return { kind: 'quiet', text: words.say('past.quiet', { days: dates.days(entry.first.day, entry.last.day) }) };
    }
    return {
      kind: 'day',
      day: dates.weekday(entry.day.day),
      events: entry.events.map((event) => pastEvent(context, event, told.has(event))),
    };
  });
}

/** What goes on still stands above in full; here it is only named. */
function pastEvent(context: ViewContext, event: StatusEvent, isTold: boolean): EventSummary {
  const { openIncidents, running } = context.ledger;
  const summary = summaryOf(context, event, { headingLevel: 4 });
  if (![...openIncidents, ...running].includes(event)) return isTold ? summary : named(summary);
  const { id: _, more: __, ...rest } = named(summary);
  return rest;
}

/** `/` */
interface Home {
  page: Page;
  answer: Answer;
  /** That not all of what is told below it is in the page's language yet. */
  note?: string;
  /** The incident that the answer is about. */
  lead?: OpenIncident;
  /** The other open incidents. */
  open: { title: string; incidents: OpenIncident[] };
  maintenance: { title: string; items: OpenMaintenance[] };
  components: { title: string; nodes: NodeView[]; rule: string };
  past: { title: string; clock: string; entries: PastEntry[]; more: Link };
}

const PAST_DAYS = 14;

export function homeModel(context: ViewContext): Home {
  const { ledger, words, dates, href } = context;
  const { site, tree } = ledger.content;
  const answer = answerOf(context);
  const speaker = speakerAt(context, ledger.now);
  const lead = speaker?.kind === 'incident' ? speaker : undefined;
  const others = ledger.openIncidents.filter((incident) => incident !== lead);
  const maintenance = [
    ...ledger.running,
    ...nextOfEach([...ledger.upcoming, ...cancelled(ledger)].sort((a, b) => a.scheduled - b.scheduled)),
  ];
  return {
    page: pageOf(context, {
      title: answer.bands[0]?.value.title ?? '',
      wholeTitle: true,
      description: site.description ?? words.say('home.description', { name: site.name }),
      path: PATHS.home,
    }),
    answer,
    ...translationNote(context, [...ledger.openIncidents, ...maintenance]),
    ...(lead && { lead: openIncident(context, lead, true) }),
    open: {
      title: words.say(lead ? 'home.also_open' : 'home.open'),
      incidents: others.map((incident) => openIncident(context, incident, false)),
    },
    maintenance: {
      title: words.say('home.maintenance'),
      items: maintenance.map((one) => openMaintenance(context, one, one === speaker)),
    },
    components: {
      title: words.say('home.components'),
      nodes: nodeViews(context, tree),
      rule: uptimeRule(site.uptime.weights, words, site.uptime.days),
    },
    past: {
      title: words.count('home.past_days', PAST_DAYS),
      clock: words.say('past.clock', { zone: dates.zone }),
      entries: pastDays(context, PAST_DAYS),
      more: { text: words.say('home.all_history'), href: href(PATHS.history) },
    },
  };
}

/** Maintenance cancelled by an update, shown until its planned time to readers who expect it. */
function cancelled({ content, now }: ViewContext['ledger']): Maintenance[] {
  return content.maintenance.filter(
    (one) => !one.cancelled && one.scheduled > now && phaseAt(maintenancePhases(one), now).status === 'cancelled',
  );
}

/** Of maintenance that recurs, the next occurrence alone. */
function nextOfEach(upcoming: readonly Maintenance[]): Maintenance[] {
  const seen = new Set<string>();
  return upcoming.filter(({ series }) => series === undefined || (!seen.has(series) && seen.add(series)));
}
