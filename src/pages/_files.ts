import { aliasesOf } from '../core/aliases.ts';
import { monthNamer } from '../core/days.ts';
import { EVENT_FOLDERS } from '../core/events.ts';
import { areasOf } from '../core/areas.ts';
import { componentsIn, groupsById } from '../core/groups.ts';
import { hasFeed, isFinal, nextOccurrence } from '../core/upcoming-changes.ts';
import { isRetired, latestTime, startOf } from '../core/ledger.ts';
import { memoize } from '../core/memoize.ts';
import type { Component, ComponentNode, NewsEvent, StatusEvent } from '../core/model.ts';
import type { NewsItem } from '../core/messages.ts';
import { reportInputs } from '../core/report/month-report.ts';
import { PAGE_STATUSES } from '../core/status.ts';
import { translationFile } from '../core/translations.ts';
import { knownSpan } from '../core/uptime.ts';
import { archiveFeed, archiveNews, archivePeriods } from '../formats/archive.ts';
import { announcementsJson } from '../formats/announcements.ts';
import { atom } from '../formats/atom.ts';
import type { Badge } from '../formats/badge.ts';
import { areaBadge, badgeJson, nodeBadge, siteBadge } from '../formats/badge.ts';
import { buildJson } from '../formats/build.ts';
import { calendarOf } from '../formats/calendar.ts';
import type { Feed } from '../formats/feed.ts';
import { ENTRIES, feedOf } from '../formats/feed.ts';
import { historyAtom, historyFeed, historyRss } from '../formats/history.ts';
import { jsonFeed } from '../formats/json-feed.ts';
import { eventMarkdown } from '../formats/markdown.ts';
import { componentsCsv, incidentsCsv, monthsCsv } from '../formats/report/csv.ts';
import { monthReportJson, reportsJson } from '../formats/report/json.ts';
import { monthOutline, reportsOutline } from '../formats/report/outline.ts';
import { redirectPage } from '../formats/redirect.ts';
import { reportMarkdown } from '../formats/report/text.ts';
import { rss } from '../formats/rss.ts';
import type { FeedScope } from '../formats/scopes.ts';
import { areaScope, componentScope, eventScope, groupScope, siteScope } from '../formats/scopes.ts';
import { robots, sitemap } from '../formats/sitemap.ts';
import { DOCUMENT_NAMES, statuspageDocument } from '../formats/statuspage/documents.ts';
import { digestOf } from '../site/cache/bundle.ts';
import type { Cacheable, SiteFile, SiteFolder } from '../site/files.ts';
import { dataFile } from '../site/files.ts';
import type { Site } from '../site/load.ts';
import { searchIndex } from '../site/search.ts';
import type { FeedName } from '../view/addresses.ts';
import { EVENT_FEED, FEEDS, MARKDOWN, PATHS } from '../view/addresses.ts';
import embedSource from '../view/client/embed.js?raw';
import { favicon } from '../view/icons.ts';
import { allMonths, allPages, hasReports, reportPages, yearsOf } from '../view/models/all-pages.ts';
import { clockOf, isFinalYear } from '../view/models/component-year.ts';
import { embedScript } from '../view/models/embed.ts';
import { previewsOf } from '../view/models/preview.ts';
import { isFinalMonth } from '../view/models/history.ts';
import { searchParts, searchRecord } from '../view/models/search.ts';
import { statusTone } from '../view/tone.ts';
import {
  announcementMarkdown,
  areaMarkdown,
  componentMarkdown,
  groupMarkdown,
  historyMarkdown,
  homeMarkdown,
  llmsText,
  monthMarkdown,
  ownPageMarkdown,
  yearMarkdown,
  subscribeMarkdown,
} from './_markdown.ts';
import { openApi } from './_openapi.ts';
import { appIcons, manifests, previewFiles } from './_pictures.ts';

/** How each feed is written; one that is in `FEEDS` and not here does not compile. */
const WRITERS: Readonly<Record<Exclude<FeedName, 'calendar'>, (feed: Feed) => string>> = {
  rss,
  atom: (feed) => atom(feed),
  json: jsonFeed,
};
type WrittenFeed = keyof typeof WRITERS;

const FEED_NAMES = Object.keys(WRITERS) as WrittenFeed[];
/** The formats that lead from an archive to the next. */
const ARCHIVES = ['atom', 'json'] as const satisfies readonly WrittenFeed[];
/** The format of an event's feed: one that every reader and chat app takes, because there is one for each event. */
const EVENT_FEEDS = [EVENT_FEED] as const satisfies readonly WrittenFeed[];

/**
 * The files of a site: all that programs read, and the pages that builds keep. Cacheable are those that change only
 * with the content, not with the clock: final events, months in which all events are final, their reports, and feeds
 * with their archives. They are grouped by month, component archives by year, and feeds together, so that a new update
 * touches few groups.
 */
export const siteFiles = memoize((site: Site): readonly SiteFile[] => [
  ...shared(site),
  ...site.editions.flatMap((edition) => {
    const files = ofEdition(edition);
    return edition.folder ? files.map((one) => ({ ...one, file: edition.folder + one.file })) : files;
  }),
]);

/** The search indexes of a site. An event that is over changes only with its file. */
export const siteFolders = memoize((site: Site): readonly SiteFolder[] =>
  site.editions.flatMap((edition) => {
    const digestOfEvent = eventDigests(edition);
    const isSettled = (event: NewsEvent) => event.kind === 'announcement' || isFinal(event, edition.ledger);
    const madeOf = (event: NewsEvent) =>
      isSettled(event) ? digestOfEvent(event) : JSON.stringify(searchRecord(edition, event));
    return searchParts(edition).map(({ name, events }, index) => {
      const isFirst = index === 0;
      const records = () => events.map((event) => searchRecord(edition, event));
      return {
        folder: edition.folder + PATHS.searchPart(name).slice(1),
        key: digestOf([String(isFirst), ...events.map(madeOf)]),
        files: () => searchIndex(records, isFirst),
      };
    });
  }),
);

function ofEdition(site: Site): SiteFile[] {
  const digestOfEvent = eventDigests(site);
  return [
    ...ofSite(site),
    ...ofEvents(site, digestOfEvent),
    ...ofOwnPages(site),
    ...ofAnnouncements(site, digestOfEvent),
    ...ofMonths(site, digestOfEvent),
    ...ofYears(site, digestOfEvent),
    ...ofReports(site, digestOfEvent),
    ...scopesOf(site).flatMap(({ scope, folders }) => ofScope(site, scope, folders, digestOfEvent)),
  ];
}

type EventDigest = (event: NewsEvent) => string;

/**
 * A digest of what an event depends on: its file and its translation; its id, because a file can be renamed and the occurrences of a series
 * share a file; and the clock, if the ledger moved one of its times back to now.
 */
const eventDigests = memoize(({ digests, ledger, words }: Site): EventDigest => {
  const translations = ledger.content.translations.get(words.locale);
  return memoize((event: NewsEvent) => {
    const translation =
      event.kind === 'announcement'
        ? translationFile(event.file, words.locale)
        : (translations?.get(event.file)?.file ?? '');
    const named = `${digests.files.get(event.file) ?? ''} ${digests.files.get(translation) ?? ''} ${event.id}`;
    return latestTime(event) >= ledger.now ? `${named} ${String(ledger.now)}` : named;
  });
});

/** What all languages have in common: see `isShared`. */
function shared(site: Site): SiteFile[] {
  const { theme } = site;
  const tones = new Set([...PAGE_STATUSES, 'no_data' as const].map(statusTone));
  const { content, now } = site.ledger;
  const isPresent = (component: Component) => !isRetired(component, now);
  const groups = [...groupsById(content.tree).values()].filter((group) => componentsIn(group).some(isPresent));
  return [
    dataFile('build.json', () => buildJson(site.build)),
    ...redirects(site),
    dataFile('llms.txt', () => llmsText(site)),
    ...(theme ? [dataFile(theme.path.slice(1) as `${string}.css`, () => theme.css)] : []),
    dataFile('robots.txt', () => robots(site.absolute('/sitemap.xml'))),
    dataFile('sitemap.xml', () => sitemap(site.editions.flatMap(allPages))),
    ...badges('', siteBadge(site)),
    ...[...[...content.components.values()].filter(isPresent), ...groups].flatMap((node) =>
      foldersOf(node).flatMap((folder) => badges(folder, nodeBadge(site, node))),
    ),
    ...areasOf(content.site).flatMap((area) => badges(`areas/${area.id}/`, areaBadge(site, area))),
    ...DOCUMENT_NAMES.map((name) => dataFile(`api/v2/${name}.json`, () => statuspageDocument(name, site))),
    dataFile('api/announcements.json', () => announcementsJson(site)),
    dataFile('api/openapi.json', () => openApi(site), { group: 'api', key: '' }),
    ...appIcons(site),
    ...[...tones].map((tone) => dataFile(`icon/${tone}.svg`, () => favicon(tone))),
  ];
}

function ofSite(site: Site): SiteFile[] {
  const { components, tree, site: settings } = site.ledger.content;
  return [
    dataFile(MARKDOWN, () => homeMarkdown(site)),
    dataFile(`history/${MARKDOWN}`, () => historyMarkdown(site)),
    dataFile(`subscribe/${MARKDOWN}`, () => subscribeMarkdown(site)),
    ...[...components.values()].flatMap((one) =>
      foldersOf(one).map((folder) => dataFile(`${folder}${MARKDOWN}`, () => componentMarkdown(site, one))),
    ),
    ...[...groupsById(tree).values()].flatMap((one) =>
      foldersOf(one).map((folder) => dataFile(`${folder}${MARKDOWN}`, () => groupMarkdown(site, one))),
    ),
    ...areasOf(settings).map((one) => dataFile(`areas/${one.id}/${MARKDOWN}`, () => areaMarkdown(site, one))),
    dataFile('history.atom', () => historyAtom(historyFeed(site))),
    dataFile('history.rss', () => historyRss(historyFeed(site))),
    dataFile('embed.js', () => embedScript(embedSource, site)),
    ...manifests(site),
    ...previewFiles(site),
  ];
}

/** An alias is an address from before, at which the same is found. */
function foldersOf(node: ComponentNode): string[] {
  return [node.id, ...(node.aliases ?? [])].map((one) => `${node.kind}s/${one}/`);
}

/** At addresses from before. */
function redirects(site: Site): SiteFile[] {
  const { words, href, absolute } = site;
  const { content } = site.ledger;
  const digestOfEvent = eventDigests(site);
  const monthAt = monthNamer(content.site);
  return [...aliasesOf(content).leads].map(([alias, event]) => {
    const path = PATHS.event(event);
    const target = { title: event.title, href: href(path), canonical: absolute(path) };
    const page = () => redirectPage({ ...target, lang: words.locale, dir: words.direction });
    return dataFile(`${alias}/index.html`, page, { group: monthAt(startOf(event)), key: digestOfEvent(event) });
  });
}

function badges(folder: string, badge: Badge): SiteFile[] {
  const json = badgeJson(badge);
  const cacheable = { group: 'badges', key: digestOf([json]) };
  // It brings a megabyte of widths of letters, which most builds do not need.
  const svg = async () => (await import('../formats/badge-svg.ts')).badgeSvg(badge);
  return [dataFile(`${folder}badge.svg`, svg, cacheable), dataFile(`${folder}badge.json`, () => json, cacheable)];
}

function ofEvents(site: Site, digestOfEvent: EventDigest): SiteFile[] {
  const { ledger } = site;
  const { incidents, maintenance } = ledger.content;
  const monthAt = monthNamer(ledger.content.site);
  return [...incidents, ...maintenance].flatMap((event): SiteFile[] => {
    const path = `${EVENT_FOLDERS[event.kind]}/${event.id}`;
    const feeds = hasFeed(event, ledger) ? EVENT_FEEDS : [];
    const programs = (cacheable?: Cacheable) => [
      dataFile(`${path}/${MARKDOWN}`, () => eventMarkdown(event, site), cacheable),
      ...feedFiles(`${path}/`, feeds, () => feedOf(site, eventScope(site, event)), cacheable),
    ];
    if (!isFinal(event, ledger)) return programs();
    const next = event.kind === 'maintenance' ? nextOccurrence(event, ledger) : undefined;
    const key = digestOfEvent(event) + (next ? ` ${next.id} ${String(next.scheduled)}` : '');
    const cacheable = { group: monthAt(startOf(event)), key };
    // Only its page names the picture and the feed, and that only while it is recent.
    const page = { ...cacheable, key: `${key} ${previewsOf(site).get(event)?.version ?? ''} ${feeds.join()}` };
    return [{ file: `${path}/index.html`, cacheable: page }, ...programs(cacheable)];
  });
}

function ofOwnPages(site: Site): SiteFile[] {
  const { digests, ledger, words } = site;
  return ledger.content.pages.flatMap((page): SiteFile[] => {
    const texts = [page.file, translationFile(page.file, words.locale)];
    const cacheable = { group: 'pages', key: digestOf(texts.map((path) => digests.files.get(path) ?? '')) };
    const folder = `pages/${page.id}/`;
    return [
      { file: `${folder}index.html`, cacheable },
      dataFile(`${folder}${MARKDOWN}`, () => ownPageMarkdown(site, page), cacheable),
    ];
  });
}

function ofAnnouncements(site: Site, digestOfEvent: EventDigest): SiteFile[] {
  const monthAt = monthNamer(site.ledger.content.site);
  return site.ledger.announcements.flatMap((one): SiteFile[] => {
    const folder = PATHS.announcement(one.id).slice(1);
    const cacheable = { group: monthAt(one.from), key: digestOfEvent(one) };
    return [
      { file: `${folder}index.html`, cacheable },
      dataFile(`${folder}${MARKDOWN}`, () => announcementMarkdown(site, one), cacheable),
    ];
  });
}

function ofMonths(site: Site, digestOfEvent: EventDigest): SiteFile[] {
  const reports = new Set(reportPages(site));
  return allMonths(site).flatMap((place): SiteFile[] => {
    const { month, events, lasting, announcements, earlier = '' } = place;
    const folder = `history/${month}/`;
    const text = () => monthMarkdown(site, place);
    if (!isFinalMonth(site, place)) return [dataFile(`${folder}${MARKDOWN}`, text)];
    const told = [...events, ...lasting, ...announcements];
    const key = digestOf([earlier, String(reports.has(month)), ...told.map(digestOfEvent)]);
    const cacheable = { group: month, key };
    return [{ file: `${folder}index.html`, cacheable }, dataFile(`${folder}${MARKDOWN}`, text, cacheable)];
  });
}

/** The years of components. */
function ofYears(site: Site, digestOfEvent: EventDigest): SiteFile[] {
  return [...site.ledger.content.components.values()].flatMap((component) => {
    // Days from before the component is known have no status.
    const { from } = knownSpan(site.ledger, component);
    return yearsOf(site, component).flatMap((place): SiteFile[] => {
      const { year, events, lasting, earlier, later } = place;
      const folder = PATHS.componentYear(component.id, year).slice(1);
      const text = () => yearMarkdown(site, component, place);
      if (!isFinalYear(site, place)) return [dataFile(`${folder}${MARKDOWN}`, text)];
      const around = [earlier, later, from, clockOf(site, component, place)].map(String);
      const cacheable = { group: year, key: digestOf([...around, ...[...events, ...lasting].map(digestOfEvent)]) };
      return [{ file: `${folder}index.html`, cacheable }, dataFile(`${folder}${MARKDOWN}`, text, cacheable)];
    });
  });
}

/** What can be followed, and the folders with its feeds and its calendar. */
function scopesOf(site: Site): { scope: FeedScope; folders: string[] }[] {
  const { components, tree, site: settings } = site.ledger.content;
  return [
    { scope: siteScope(site), folders: [''] },
    ...[...components.values()].map((one) => ({ scope: componentScope(site, one), folders: foldersOf(one) })),
    ...[...groupsById(tree).values()].map((one) => ({ scope: groupScope(site, one), folders: foldersOf(one) })),
    ...areasOf(settings).map((area) => ({ scope: areaScope(site, area), folders: [`areas/${area.id}/`] })),
  ];
}

function ofScope(site: Site, scope: FeedScope, folders: readonly string[], digestOfEvent: EventDigest): SiteFile[] {
  const cacheable = feedKey(scope.news, digestOfEvent);
  const periods = archivePeriods(site, scope);
  return [
    ...folders.flatMap((folder) => [
      ...feedFiles(folder, FEED_NAMES, () => feedOf(site, scope), cacheable),
      dataFile(`${folder}${FEEDS.calendar.file}`, () => calendarOf(site, scope)),
    ]),
    ...periods.flatMap((period, index) => {
      const around = [periods[index - 1], periods[index + 1]];
      const key = newsKey(archiveNews(site, period, scope), around, digestOfEvent);
      const feed = () => archiveFeed(site, period, scope);
      return feedFiles(`${scope.path}history/${period}/`, ARCHIVES, feed, { group: period, key });
    }),
  ];
}

/** An empty feed shows the time of the build. */
function feedKey(news: readonly NewsItem[], digestOfEvent: EventDigest): Cacheable | undefined {
  if (news.length === 0) return undefined;
  return { group: 'feeds', key: newsKey(news.slice(0, ENTRIES), [String(news.length > ENTRIES)], digestOfEvent) };
}

function feedFiles(
  folder: string,
  names: readonly WrittenFeed[],
  feed: () => Feed,
  cacheable: Cacheable | undefined,
): SiteFile[] {
  return names.map((name) =>
    dataFile(
      `${folder}${FEEDS[name].file}`,
      () => WRITERS[name](feed()),
      cacheable,
      `${FEEDS[name].type}; charset=utf-8`,
    ),
  );
}

/**
 * A digest of items of a feed. An incident's messages are its updates; for maintenance, the clock adds messages.
 * @param around what else the feed contains
 */
function newsKey(
  news: readonly NewsItem[],
  around: readonly (string | undefined)[],
  digestOfEvent: EventDigest,
): string {
  const events = new Set(news.map(({ event }) => event));
  const byClock = news
    .filter(({ event }) => event.kind === 'maintenance')
    .map(({ event, message }) => `${event.id} ${message.id} ${message.at} ${message.changed}`);
  return digestOf([...around.map(String), ...[...events].map(digestOfEvent), ...byClock]);
}

function ofReports(site: Site, digestOfEvent: EventDigest): SiteFile[] {
  if (!hasReports(site)) return [];
  const months = reportPages(site);
  const digestOfAll = memoize((events: ReadonlySet<StatusEvent>) => digestOf([...events].map(digestOfEvent)));
  const ofMonth = (month: string, index: number): SiteFile[] => {
    const { before, events, firstRecord, now } = reportInputs(site.ledger, month);
    const around = [months[index - 1], months[index + 1], firstRecord].map(String);
    const key = () => digestOf([...around, ...before.map(digestOfAll), digestOfAll(events)]);
    const cacheable = now === undefined ? { group: month, key: key() } : undefined;
    const folder = `reports/${month}/`;
    return [
      ...(cacheable ? [{ file: `${folder}index.html`, cacheable }] : []),
      dataFile(`${folder}${MARKDOWN}`, () => reportMarkdown(monthOutline(site, month)), cacheable),
      dataFile(`${folder}report.json`, () => monthReportJson(site, month), cacheable),
      dataFile(`${folder}incidents.csv`, () => incidentsCsv(site, month), cacheable),
      dataFile(`${folder}components.csv`, () => componentsCsv(site, month), cacheable),
    ];
  };
  return [
    dataFile(`reports/${MARKDOWN}`, () => reportMarkdown(reportsOutline(site))),
    dataFile('reports/report.json', () => reportsJson(site)),
    dataFile('reports/report.csv', () => monthsCsv(site)),
    ...months.flatMap(ofMonth),
  ];
}
