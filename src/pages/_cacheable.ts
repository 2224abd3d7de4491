import { FEEDS } from '../view/addresses.ts';
import { WRITERS } from './_answers.ts';
import { EVENT_FOLDERS } from '../core/events.ts';
import { reportPages } from '../view/models/report-pages.ts';
import { isFinal, nextOccurrence } from '../core/upcoming-changes.ts';
import { monthNamer } from '../core/days.ts';
import { latestTime, startOf } from '../core/ledger.ts';
import type { Component, StatusEvent } from '../core/model.ts';
import type { NewsItem } from '../core/messages.ts';
import { allNews } from '../core/messages.ts';
import { memoize } from '../core/memoize.ts';
import { reportInputs } from '../core/report/month-report.ts';
import {
  archiveFeed,
  archiveMonths,
  archiveNews,
  componentArchiveFeed,
  componentArchiveNews,
  componentArchiveYears,
} from '../formats/archive.ts';
import { atom } from '../formats/atom.ts';
import type { Feed } from '../formats/feed.ts';
import { componentFeed, componentNews, ENTRIES, isArchived, siteFeed } from '../formats/feed.ts';
import { jsonFeed } from '../formats/json-feed.ts';
import { eventMarkdown } from '../formats/markdown.ts';
import { componentsCsv, incidentsCsv } from '../formats/report/csv.ts';
import { monthReportJson } from '../formats/report/json.ts';
import type { CacheableFile, CacheableFiles } from '../site/build.ts';
import { digestOf } from '../site/cache/bundle.ts';
import type { Site } from '../site/load.ts';
import { allMonths, isFinalMonth } from '../view/models/history.ts';

/**
 * The files of the site that change only with the content, not with the clock: pages of final events, of months in which
 * all events are final and their reports, and feeds with their archives. Grouped by month, component archives by
 * year, and feeds together, so that a new update touches few groups.
 */
export function cacheableFiles(site: Site): CacheableFiles {
  const digestOfEvent = eventDigests(site);
  const files = [
    ...ofEvents(site, digestOfEvent),
    ...ofMonths(site, digestOfEvent),
    ...ofArchives(site, digestOfEvent),
    ...ofComponentArchives(site, digestOfEvent),
    ...ofReports(site, digestOfEvent),
    ...ofFeeds(site, digestOfEvent),
  ];
  return Map.groupBy(files, ({ group }) => group);
}

type Grouped = CacheableFile & { group: string };
type EventDigest = (event: StatusEvent) => string;

/**
 * A digest of what an event depends on: its file; its id, because a file can be renamed and the occurrences of a series
 * share a file; and the clock, if the ledger moved one of its times back to now.
 */
function eventDigests({ digests, ledger }: Site): EventDigest {
  return memoize((event: StatusEvent) => {
    const named = `${digests.files.get(event.file) ?? ''} ${event.id}`;
    return latestTime(event) >= ledger.now ? `${named} ${String(ledger.now)}` : named;
  });
}

function ofEvents(site: Site, digestOfEvent: EventDigest): Grouped[] {
  const { ledger, dates } = site;
  const { incidents, maintenance } = ledger.content;
  const monthAt = monthNamer(dates.zone);
  return [...incidents, ...maintenance].flatMap((event): Grouped[] => {
    if (!isFinal(event, ledger)) return [];
    const path = `${EVENT_FOLDERS[event.kind]}/${event.id}`;
    const next = event.kind === 'maintenance' ? nextOccurrence(event, ledger) : undefined;
    const key = digestOfEvent(event) + (next ? ` ${next.id} ${String(next.scheduled)}` : '');
    const group = monthAt(startOf(event));
    return [
      { group, file: `${path}/index.html`, key },
      { group, file: `${path}.md`, key, text: () => eventMarkdown(event, site) },
    ];
  });
}

function ofMonths(site: Site, digestOfEvent: EventDigest): Grouped[] {
  const reports = new Set(reportPages(site));
  return allMonths(site)
    .filter((place) => isFinalMonth(site, place))
    .map(({ month, events, earlier = '' }) => ({
      group: month,
      file: `history/${month}/index.html`,
      key: digestOf([earlier, String(reports.has(month)), ...events.map(digestOfEvent)]),
    }));
}

function ofArchives(site: Site, digestOfEvent: EventDigest): Grouped[] {
  const months = archiveMonths(site);
  return months.flatMap((month, index) => {
    const around = [months[index - 1], months[index + 1]];
    const key = newsKey(archiveNews(site, month), around, digestOfEvent);
    return archiveFiles(month, `history/${month}`, key, () => archiveFeed(site, month));
  });
}

function ofComponentArchives(site: Site, digestOfEvent: EventDigest): Grouped[] {
  return [...site.ledger.content.components.values()].flatMap((component) => {
    const years = componentArchiveYears(site, component);
    return years.flatMap((year, index) => {
      const around = [years[index - 1], years[index + 1]];
      const key = newsKey(componentArchiveNews(site, component, year), around, digestOfEvent);
      const feed = () => componentArchiveFeed(site, component, year);
      return archiveFiles(year, `components/${component.id}/history/${year}`, key, feed);
    });
  });
}

function archiveFiles(group: string, folder: string, key: string, feed: () => Feed): Grouped[] {
  return [
    { group, file: `${folder}/atom.xml`, key, text: () => atom(feed()) },
    { group, file: `${folder}/feed.json`, key, text: () => jsonFeed(feed()) },
  ];
}

/** The feeds of the site and of components that have an entry. An empty feed shows the time of the build. */
function ofFeeds(site: Site, digestOfEvent: EventDigest): Grouped[] {
  const { ledger } = site;
  const ofComponent = (component: Component) => {
    const feed = () => componentFeed(site, component);
    const key = feedKey(componentNews(site, component), digestOfEvent);
    return [component.id, ...component.aliases].flatMap((id) => feedFiles(`components/${id}/`, key, feed));
  };
  return [
    ...feedFiles('', feedKey(allNews(ledger), digestOfEvent), () => siteFeed(site)),
    ...[...ledger.content.components.values()].flatMap(ofComponent),
  ];
}

function feedKey(news: readonly NewsItem[], digestOfEvent: EventDigest): string | undefined {
  if (news.length === 0) return undefined;
  return newsKey(news.slice(0, ENTRIES), [String(isArchived(news))], digestOfEvent);
}

function feedFiles(folder: string, key: string | undefined, feed: () => Feed): Grouped[] {
  if (key === undefined) return [];
  return (Object.keys(WRITERS) as (keyof typeof WRITERS)[]).map((name) => ({
    group: 'feeds',
    file: `${folder}${FEEDS[name].file}`,
    key,
    text: () => WRITERS[name](feed()),
  }));
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
  const parts = new Set<string>();
  for (const { event, message } of news) {
    parts.add(digestOfEvent(event));
    if (event.kind === 'maintenance') parts.add(`${event.id} ${message.id} ${message.at} ${message.changed}`);
  }
  return digestOf([...around.map(String), ...parts]);
}

function ofReports(site: Site, digestOfEvent: EventDigest): Grouped[] {
  const months = reportPages(site);
  const digestOfAll = memoize((events: ReadonlySet<StatusEvent>) => digestOf([...events].map(digestOfEvent)));
  return months.flatMap((month, index): Grouped[] => {
    const { before, events, firstRecord, now } = reportInputs(site.ledger, month);
    if (now !== undefined) return [];
    const around = [months[index - 1], months[index + 1], firstRecord].map(String);
    const key = digestOf([...around, ...before.map(digestOfAll), digestOfAll(events)]);
    const file = (name: string) => ({ group: month, file: `reports/${month}/${name}`, key });
    return [
      file('index.html'),
      { ...file('report.json'), text: () => monthReportJson(site, month) },
      { ...file('incidents.csv'), text: () => incidentsCsv(site, month) },
      { ...file('components.csv'), text: () => componentsCsv(site, month) },
    ];
  });
}
