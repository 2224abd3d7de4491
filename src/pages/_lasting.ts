import { isFinished, nextOccurrence } from '../core/finished.ts';
import { monthOf } from '../core/days.ts';
import type { StatusEvent } from '../core/model.ts';
import { startOf } from '../core/ledger.ts';
import { reportInputs } from '../core/report/month-report.ts';
import { archiveEvents, archiveMonths } from '../formats/archive.ts';
import type { LastingFile, LastingFiles } from '../site/lasting.ts';
import { digestOf } from '../site/kept.ts';
import type { Site } from '../site/load.ts';
import { allMonths, isFinishedMonth } from '../view/models/history.ts';
import { reportPages } from '../view/models/report-pages.ts';

const REPORT_FILES = ['index.html', 'report.json', 'incidents.csv', 'components.csv'];

/**
 * The files of the site in which nothing turns with time any more: pages of events that are finished, and of months
 * in which all are, with their reports; and the archives of feeds, which tell what was said and no more. By month, so that a new update
 * touches little of what is kept.
 */
export function lastingFiles(site: Site): LastingFiles {
  const { ledger, dates } = site;
  const { incidents, maintenance } = ledger.content;
  const keyed = (file: string, ...madeOf: string[]): LastingFile => ({
    file,
    key: digestOf([site.digests.common, file, ...madeOf]),
  });
  const digest = ({ file }: StatusEvent) => site.digests.files.get(file) ?? '';
  const digests = (events: readonly StatusEvent[]) => events.map(digest);

  const ofEvents = [...incidents, ...maintenance]
    .filter((event) => isFinished(event, ledger))
    .flatMap((event) => {
      const place = `${event.kind === 'incident' ? 'incidents' : 'maintenance'}/${event.id}`;
      const next = event.kind === 'maintenance' ? nextOccurrence(event, ledger) : undefined;
      const madeOf = [digest(event), ...(next ? [next.id, String(next.scheduled)] : [])];
      const month = monthOf(startOf(event), dates.zone);
      return [`${place}/index.html`, `${place}.md`].map((file) => ({ month, ...keyed(file, ...madeOf) }));
    });
  const ofMonths = allMonths(site)
    .filter((month) => isFinishedMonth(site, month))
    .map(({ month, events, earlier = '' }) => ({
      month,
      ...keyed(`history/${month}/index.html`, earlier, ...digests(events)),
    }));
  const months = archiveMonths(site);
  const ofArchives = months.flatMap((month, index) => {
    const madeOf = [months[index + 1] ?? '', ...digests(archiveEvents(site, month))];
    return ['atom.xml', 'feed.json'].map((name) => ({ month, ...keyed(`history/${month}/${name}`, ...madeOf) }));
  });
  const reported = reportPages(site);
  const ofReports = reported.flatMap((month, index) => {
    const { events, firstRecord, now } = reportInputs(ledger, month);
    if (now !== undefined) return [];
    const around = [reported[index - 1], reported[index + 1], firstRecord].map(String);
    return REPORT_FILES.map((name) => ({
      month,
      ...keyed(`reports/${month}/${name}`, ...around, ...digests(events)),
    }));
  });
  return Map.groupBy([...ofEvents, ...ofMonths, ...ofArchives, ...ofReports], ({ month }) => month);
}
