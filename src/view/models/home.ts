import { milliseconds } from 'date-fns/milliseconds';
import { compareSeverity } from '../../core/incident.ts';
import { maintenancePhases, phaseAt } from '../../core/maintenance.ts';
import type { Incident, Maintenance, StatusEvent } from '../../core/model.ts';
import type { SectionName } from '../../core/schema/site.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { TimeVariant } from '../time-variants.ts';
import type { Announcements } from './announcement.ts';
import { currentAnnouncements } from './announcement.ts';
import type { Answer } from './answer.ts';
import { answerOf, speakerAt } from './answer.ts';
import type { AreaMatrix } from './area.ts';
import { areaMatrix } from './area.ts';
import type { Components } from './components.ts';
import { componentsOf } from './components.ts';
import type { OpenIncident, OpenMaintenance } from './open.ts';
import { openIncident, openMaintenance } from './open.ts';
import type { OwnText } from './own-page.ts';
import { ownTexts } from './own-page.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';
import { homePreview } from './preview.ts';
import type { Link } from './rich.ts';
import { recentDays } from '../../core/history.ts';
import { namedOf, translationNote } from './event.ts';
import { countsOf } from './event.ts';
import type { EventSummary } from './event.ts';

/** A day with events, or a line for days without any. */
export type PastEntry =
  | { kind: 'day'; day: string; events: EventSummary[]; folded?: string; more?: Folded<EventSummary> }
  | { kind: 'quiet'; text: string };

/** So many events are shown, of the newest day at least; the rest of that day and other days are folded. */
const PAST_SHOWN = 5;

/** The last days, newest first, without what is open and stands above. */
function pastDays(context: ViewContext, count: number): PastEntry[] {
  const { ledger, words, dates } = context;
  const { openIncidents, running } = ledger;
  const onPage = new Set<StatusEvent>([...openIncidents, ...running]);
  let told = 0;
  return recentDays(ledger.content, ledger.now, count).flatMap((entry): PastEntry[] => {
    if (entry.kind === 'quiet') {
      return [{ kind: 'quiet', text: words.say('past.quiet', { days: dates.days(entry.first.day, entry.last.day) }) }];
    }
    const over = entry.events.filter((event) => !onPage.has(event));
    if (over.length === 0) return [];
    const events = over.map((event) => namedOf(context, event));
    const isFirst = told === 0;
    const isFolded = !isFirst && told + events.length > PAST_SHOWN;
    told += events.length;
    // A single one takes no more space than the line that would replace it.
    const rest = isFirst && events.length > PAST_SHOWN + 1 ? events.splice(PAST_SHOWN) : [];
    const day: PastEntry = {
      kind: 'day',
      day: dates.weekday(entry.day.day),
      events,
      ...(isFolded && { folded: countsOf(context, over) }),
      ...(rest.length > 0 && { more: { summary: countsOf(context, over.slice(PAST_SHOWN)), items: rest } }),
    };
    return [day];
  });
}

/** `/` */
export interface Home {
  page: Page;
  /** Below the answer, in order. */
  sections: readonly SectionName[];
  answer: Answer;
  /** Directly below the answer. */
  pinned: readonly TimeVariant<Announcements>[];
  announcements: readonly TimeVariant<Announcements>[];
  /** Texts of the owner around it. */
  above: OwnText[];
  below: OwnText[];
  /** A note that not everything below is translated. */
  note?: string;
  /** The incident of the status at the top. */
  lead?: OpenIncident;
  /** The other open incidents. */
  open: { title: string; incidents: OpenIncident[]; lines: OpenIncident[]; more?: Folded<OpenIncident> };
  maintenance: { title: string; items: OpenMaintenance[]; later?: Folded<OpenMaintenance> };
  components: Components;
  areas: AreaMatrix;
  past: { title: string; clock: string; entries: PastEntry[]; more: Link };
}

/** What is seen only by those who open it. */
interface Folded<Item> {
  summary: string;
  items: Item[];
}

export const PAST_DAYS = 14;
/** Up to so many open incidents are told in full; of more, only the one that the answer is about. */
const MOST_IN_FULL = 3;
/** So many of the others stand in a line each; the rest is folded. */
const MOST_LINES = 5;
/** Maintenance that is further ahead is folded; the second while an incident is open. */
const SOON = milliseconds({ days: 7 });
const SOON_IN_INCIDENT = milliseconds({ days: 1 });

export function homeModel(context: ViewContext): Home {
  const { ledger, words, dates, href } = context;
  const { site } = ledger.content;
  const answer = answerOf(context);
  const speaker = speakerAt(context, ledger.now);
  const lead = speaker?.kind === 'incident' ? speaker : undefined;
  const upcoming = maintenanceToCome(ledger);
  const until = ledger.now + (ledger.openIncidents.length > 0 ? SOON_IN_INCIDENT : SOON);
  const soon = [...ledger.running, ...upcoming.filter((one) => one.scheduled <= until)];
  const later = upcoming.filter((one) => one.scheduled > until);
  return {
    page: pageOf(context, {
      title: answer.bands[0]?.value.title ?? '',
      wholeTitle: true,
      description: site.description ?? words.say('home.description', { name: site.name }),
      path: PATHS.home,
      preview: homePreview(context),
    }),
    sections: site.sections,
    answer,
    pinned: currentAnnouncements(context, true),
    announcements: currentAnnouncements(context, false),
    above: ownTexts(context, 'above'),
    below: ownTexts(context, 'below'),
    ...translationNote(context, [...ledger.openIncidents, ...soon]),
    ...(lead && { lead: openIncident(context, lead, true) }),
    open: openIncidents(context, lead),
    maintenance: {
      title: words.say('home.maintenance'),
      // While an incident is open, its text comes first.
      items: soon.map((one) => openMaintenance(context, one, one === speaker, lead === undefined)),
      ...(later.length > 0 && {
        later: {
          summary: words.count('home.later', later.length),
          items: later.map((one) => openMaintenance(context, one, one === speaker, false)),
        },
      }),
    },
    components: componentsOf(context),
    areas: areaMatrix(context),
    past: {
      title: words.count('home.past_days', PAST_DAYS),
      clock: words.say('past.clock', { zone: dates.zone }),
      entries: pastDays(context, PAST_DAYS),
      more: { text: words.say('home.all_history'), href: href(PATHS.history) },
    },
  };
}

/** The open incidents besides the one that the answer is about; where there are many, the worst first. */
function openIncidents(context: ViewContext, lead: Incident | undefined): Home['open'] {
  const { ledger, words } = context;
  const others = ledger.openIncidents.filter((incident) => incident !== lead);
  const views = (incidents: readonly Incident[]) => incidents.map((one) => openIncident(context, one, false));
  const title = words.say(lead ? 'home.also_open' : 'home.open');
  if (ledger.openIncidents.length <= MOST_IN_FULL) return { title, incidents: views(others), lines: [] };
  const ranked = others.toSorted(compareSeverity);
  const more = views(ranked.slice(MOST_LINES));
  return {
    title,
    incidents: [],
    lines: views(ranked.slice(0, MOST_LINES)),
    ...(more.length > 0 && { more: { summary: words.count('home.more_open', more.length), items: more } }),
  };
}

/** What is announced, soonest first. */
export function maintenanceToCome(ledger: ViewContext['ledger']): Maintenance[] {
  return nextOfEach([...ledger.upcoming, ...cancelled(ledger)].sort((a, b) => a.scheduled - b.scheduled));
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
