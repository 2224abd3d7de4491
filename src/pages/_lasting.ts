import { isFinished, nextOccurrence } from '../core/finished.ts';
import { monthOf } from '../core/days.ts';
import type { StatusEvent } from '../core/model.ts';
import { startOf } from '../core/ledger.ts';
import { reportInputs } from '../core/report/month-report.ts';
import { archiveFeed, archiveMonths, archiveNews } from '../formats/archive.ts';
import { atom } from '../formats/atom.ts';
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
 * in which all are, with their reports; and the archives of feeds, which tell what was said and no more. By month, so
 * that a new update touches little of what is kept.
 */
export function lastingFiles(site: Site): LastingFiles {
  const files = [...ofEvents(site), ...ofMonths(site), ...ofArchives(site), ...ofReports(site)];
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
    const news = archiveNews(site, month);
    const events = new Set(news.map(({ event }) => event));
    // The clock adds messages although no file changes.
    const messages = news.map(({ event, message }) => `${event.id} ${message.id}`);
    const around = [months[index - 1], months[index + 1]].map(String);
    const madeOf = [...around, ...digestsOf(site, [...events]), ...messages];
    const feed = () => archiveFeed(site, month);
    return [
      { month, ...keyed(site, `history/${month}/atom.xml`, madeOf), text: () => atom(feed()) },
      { month, ...keyed(site, `history/${month}/feed.json`, madeOf), text: () => jsonFeed(feed()) },
    ];
  });
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
