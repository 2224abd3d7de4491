import type { Instant } from '../../core/days.ts';
import { allMonths, reportPages, yearsOf } from '../../view/models/all-pages.ts';
import { allPages } from '../../view/models/all-pages.ts';
import { buildLedger } from '../../core/ledger.ts';
import type { Content } from '../../core/model.ts';
import { reportMonths } from '../../core/report/month-report.ts';
import { upcomingChanges } from '../../core/upcoming-changes.ts';
import { nextMoment, watchCases } from '../../core/watch.ts';
import { archiveFeed, archivePeriods } from '../../formats/archive.ts';
import { calendarOf } from '../../formats/calendar.ts';
import { feedOf } from '../../formats/feed.ts';
import { componentScope } from '../../formats/scopes.ts';
import { monthsCsv } from '../../formats/report/csv.ts';
import { reportsJson } from '../../formats/report/json.ts';
import { reportMarkdown, reportText } from '../../formats/report/text.ts';
import { monthOutline, reportsOutline } from '../../formats/report/outline.ts';
import { datesFor } from '../../i18n/dates.ts';
import { wordsFor } from '../../i18n/words.ts';
import { bodyText, renderBody } from '../../reader/markdown/html.ts';
import { accentShades } from '../../core/accent.ts';
import type { ViewContext } from '../../view/context.ts';
import { componentModel } from '../../view/models/component.ts';
import { componentYearModel } from '../../view/models/component-year.ts';
import { embedModel, framedModel } from '../../view/models/embed.ts';
import { historyModel, monthModel } from '../../view/models/history.ts';
import { homeModel } from '../../view/models/home.ts';
import { incidentModel } from '../../view/models/incident.ts';
import { maintenanceModel } from '../../view/models/maintenance.ts';
import { notFoundModel } from '../../view/models/not-found.ts';
import { reportModel } from '../../view/models/report.ts';
import { reportsModel } from '../../view/models/reports.ts';
import { subscribeModel } from '../../view/models/subscribe.ts';
import { issueForms } from '../../../scripts/forms/forms.ts';
import { OUTPUTS } from '../../../scripts/dev/hostile/outputs.ts';
import { turnsSince } from '../../../scripts/publish/clock.ts';
import { lookAsData, printLook } from '../../../scripts/watch/look.ts';

/** Makes a part of what commands and builds make; throws when it cannot. */
type Maker = (view: ViewContext) => unknown;

const PAGES: Readonly<Record<string, Maker>> = {
  home: homeModel,
  history: historyModel,
  months: (view) => allMonths(view).map((place) => monthModel(view, place)),
  incidents: (view) => view.ledger.content.incidents.map((one) => incidentModel(view, one)),
  maintenance: (view) => view.ledger.content.maintenance.map((one) => maintenanceModel(view, one)),
  components: (view) => componentsOf(view).map((one) => componentModel(view, one)),
  'years of components': (view) =>
    componentsOf(view).map((one) => yearsOf(view, one).map((place) => componentYearModel(view, one, place))),
  subscribe: subscribeModel,
  reports: reportsModel,
  report: (view) => reportPages(view).map((month) => reportModel(view, month)),
  embed: (view) => [embedModel(view), framedModel(view)],
  'not found': notFoundModel,
  sitemap: allPages,
  colours: ({ ledger }) => accentShades(ledger.content.site.accent),
};

const COMMANDS: Readonly<Record<string, Maker>> = {
  'component feeds': (view) =>
    componentsOf(view).map((one) => [
      feedOf(view, componentScope(view, one)),
      calendarOf(view, componentScope(view, one)),
    ]),
  archives: (view) => archivePeriods(view).map((month) => archiveFeed(view, month)),
  clock: ({ ledger }) => [turnsSince(ledger.content, ledger.now - 86_400_000, ledger.now)],
  watch: ({ ledger }) => {
    const { content, now } = ledger;
    const cases = watchCases(ledger);
    nextMoment(cases, content.site, now);
    const look = { now, folder: 'content', content, cases, unread: [], whole: true };
    return [printLook(look), JSON.stringify(lookAsData(look))];
  },
  report: (view) => {
    const outlines = [reportsOutline(view), ...reportMonths(view.ledger).map((month) => monthOutline(view, month))];
    return [monthsCsv(view), reportsJson(view), ...outlines.flatMap((one) => [reportText(one), reportMarkdown(one)])];
  },
  forms: ({ ledger }) => issueForms(ledger.content, ledger.now),
};

/**
 * Makes all that builds and commands make of content: every page, every output, and what the commands print.
 * @throws {Error} that names what could not be made
 */
export async function makeAll(content: Content, now: Instant): Promise<void> {
  const view = viewOf(content, now);
  for (const [name, make] of Object.entries({ ...PAGES, ...COMMANDS })) await named(name, () => make(view));
  const before = buildLedger({ ...content, incidents: content.incidents.slice(0, 1), maintenance: [] }, now);
  for (const [name, make] of Object.entries(OUTPUTS)) await named(name, () => make({ ...view, before }));
}

async function named(name: string, make: () => unknown): Promise<void> {
  try {
    await make();
  } catch (error) {
    throw new Error(`${name} cannot be made: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function componentsOf({ ledger }: ViewContext) {
  return [...ledger.content.components.values()];
}

function viewOf(content: Content, now: Instant): ViewContext {
  const { locale, time_zone: zone, url } = content.site;
  const ledger = buildLedger(content, now);
  const labels = { tableLabel: 'Table', footnotesLabel: 'Notes', footnoteBackLabel: (name: string) => name };
  return {
    ledger,
    words: wordsFor(locale),
    dates: datesFor(locale, zone),
    editions: [],
    instants: upcomingChanges(ledger),
    html: (body, place) => renderBody(body, { ...place, root: url.pathname, ...labels }),
    text: bodyText,
    href: (path) => url.pathname + path.slice(1),
    absolute: (path) => url.href + path.slice(1),
    build: { version: 'v1' },
  };
}
