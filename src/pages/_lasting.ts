import { isFinished, nextOccurrence } from '../core/finished.ts';
import { monthOf } from '../core/days.ts';
import type { StatusEvent } from '../core/model.ts';
import type { NewsItem } from '../core/news.ts';
import { startOf } from '../core/ledger.ts';
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
import { jsonFeed } from '../formats/json-feed.ts';
import { eventMarkdown } from '../formats/markdown.ts';
import { componentsCsv, incidentsCsv } from '../formats/report/csv.ts';
import { monthReportJson } from '../formats/report/json.ts';
import type { LastingFile, LastingFiles } from '../site/lasting.ts';
import { digestOf } from '../site/kept.ts';
import type { Site } from '../site/load.ts';
import { allMonths, isFinishedMonth } from '../view/models/history.ts';
import { reportPages } from '../view/models/report-pages.ts';

/**
 * The files of the site in which nothing turns with time any more: pages of events that are finished, and of months
 * in which all are, with their reports; and the archives of feeds, which tell what was said and no more. By month, and
 * the archives of components by year, so that a new update touches little of what is kept.
 */
export function lastingFiles(site: Site): LastingFiles {
  const files = [
    ...ofEvents(site),
    ...ofMonths(site),
    ...ofArchives(site),
    ...ofComponentArchives(site),
    ...ofReports(site),
  ];
  return Map.groupBy(files, ({ month }) => month);
}

type OfMonth = LastingFile & { month: string };

function ofEvents(site: Site): OfMonth[] {
  const { ledger, dates } = site;
  const { incidents, maintenance } = ledger.content;
  const finished = [...incidents, ...maintenance].filter((event) => isFinished(event, ledger));
  return finished.flatMap((event) => {
    const place = `${event.kind === 'incident' ? 'incidents' : 'maintenance'}/${event.id}`;
    const next = event.kind === 'maintenance' ? nextOccurrence(event, ledger) : undefined;
    const madeOf = [...digestsOf(site, [event]), ...(next ? [next.id, String(next.scheduled)] : [])];
    const month = monthOf(startOf(event), dates.zone);
    const text = () => eventMarkdown(event, site);
    return [
      { month, ...keyed(site, `${place}/index.html`, madeOf) },
      { month, ...keyed(site, `${place}.md`, madeOf), text },
    ];
  });
}

function ofMonths(site: Site): OfMonth[] {
  return allMonths(site)
    .filter((place) => isFinishedMonth(site, place))
    .map(({ month, events, earlier = '' }) => ({
      month,
      ...keyed(site, `history/${month}/index.html`, [earlier, ...digestsOf(site, events)]),
    }));
}

function ofArchives(site: Site): OfMonth[] {
  const months = archiveMonths(site);
  return months.flatMap((month, index) => {
    const around = [months[index - 1], months[index + 1]];
    const files = archiveFiles(site, `history/${month}`, archiveNews(site, month), around, () =>
      archiveFeed(site, month),
    );
    return files.map((file) => ({ month, ...file }));
  });
}

function ofComponentArchives(site: Site): OfMonth[] {
  return [...site.ledger.content.components.values()].flatMap((component) => {
    const years = componentArchiveYears(site, component);
    return years.flatMap((year, index) => {
      const around = [years[index - 1], years[index + 1]];
      const news = componentArchiveNews(site, component, year);
      const files = archiveFiles(site, `components/${component.id}/history/${year}`, news, around, () =>
        componentArchiveFeed(site, component, year),
      );
      return files.map((file) => ({ month: year, ...file }));
    });
  });
}

/** @param around the archives after and before it, whose addresses it tells */
function archiveFiles(
  site: Site,
  folder: string,
  news: readonly NewsItem[],
  around: readonly (string | undefined)[],
  feed: () => Feed,
): LastingFile[] {
  const events = new Set(news.map(({ event }) => event));
  // The clock adds messages even if no file changes.
  const messages = news.map(({ event, message }) => `${event.id} ${message.id}`);
  const madeOf = [...around.map(String), ...digestsOf(site, [...events]), ...messages];
  return [
    { ...keyed(site, `${folder}/atom.xml`, madeOf), text: () => atom(feed()) },
    { ...keyed(site, `${folder}/feed.json`, madeOf), text: () => jsonFeed(feed()) },
  ];
}

function ofReports(site: Site): OfMonth[] {
  const months = reportPages(site);
  return months.flatMap((month, index) => {
    const { events, firstRecord, now } = reportInputs(site.ledger, month);
    if (now !== undefined) return [];
    const around = [months[index - 1], months[index + 1], firstRecord].map(String);
    const file = (name: string) => ({
      month,
      ...keyed(site, `reports/${month}/${name}`, [...around, ...digestsOf(site, events)]),
    });
    return [
      file('index.html'),
      { ...file('report.json'), text: () => monthReportJson(site, month) },
      { ...file('incidents.csv'), text: () => incidentsCsv(site, month) },
      { ...file('components.csv'), text: () => componentsCsv(site, month) },
    ];
  });
}

/** A file with a digest of all that it is made of. */
function keyed(site: Site, file: string, madeOf: readonly string[]): LastingFile {
  return { file, key: digestOf([site.digests.common, file, ...madeOf]) };
}

function digestsOf({ digests }: Site, events: readonly StatusEvent[]): string[] {
  return events.map(({ file }) => digests.files.get(file) ?? '');
}
