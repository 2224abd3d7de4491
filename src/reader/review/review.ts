import { millisecondsInDay } from 'date-fns/constants';
import type { Instant } from '../../core/days.ts';
import type { ReviewContext } from './rules.ts';
import { isOver, maintenancePhases, phaseAt } from '../../core/maintenance.ts';
import type { Content, Incident, Maintenance, StatusEvent } from '../../core/model.ts';
import { incidentState } from '../../core/incident.ts';
import { reviewCopies, reviewLabels, reviewLinks, reviewTruth, reviewWords } from './rules.ts';
import type { Report } from '../rules.ts';

/**
 * Warns of what is not wrong, but not good, in what can still be put right: open incidents, those that somebody wrote
 * to within the last day, and maintenance that is not over. What lies further back is history.
 * @param broken files with errors, which may say it where it cannot be read
 */
export function reviewContent(
  content: Content,
  broken: ReadonlySet<string>,
  now: Instant,
  reportIn: (file: string) => Report,
): void {
  const { site, components } = content;
  const context = {
    now,
    site,
    components,
    incidents: content.incidents,
    pages: pagesOf(content),
    broken: new Set([...broken].map(idOf)),
  };
  const events = [
    ...content.incidents.filter((incident) => isCurrent(incident, now)),
    ...nextOfEach(content.maintenance.filter((maintenance) => isToCome(maintenance, now))),
  ];
  for (const event of events.filter(({ file }) => !broken.has(file))) {
    const report = reportIn(event.file);
    reviewTruth(event, context, report);
    reviewLinks(event, context, report);
    if (event.kind === 'incident') {
      reviewLabels(event, context, report);
      reviewCopies(event, context, report);
    }
    // The words that are known are English ones.
    if (event.kind === 'incident' && site.locale === 'en') reviewWords(event, context, report);
  }
}

function pagesOf({ incidents, maintenance, components }: Content): ReviewContext['pages'] {
  const anchors = (events: readonly StatusEvent[]) =>
    new Map(events.map((event) => [event.id, event.updates.map((update) => update.id)]));
  const names = [...components.values()].flatMap(({ id, aliases }) => [id, ...aliases]);
  return new Map([
    ['incidents', anchors(incidents)],
    ['maintenance', anchors(maintenance)],
    ['components', new Map(names.map((name) => [name, []]))],
  ]);
}

function idOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.md$/, '');
}

function isCurrent(incident: Incident, now: Instant): boolean {
  return incidentState(incident).open || (incident.updates.at(-1)?.at ?? 0) > now - millisecondsInDay;
}

function isToCome(maintenance: Maintenance, now: Instant): boolean {
  return !isOver(phaseAt(maintenancePhases(maintenance), now).status);
}

/** Of maintenance that recurs one occurrence: what is wrong in its file is said once. */
function nextOfEach(newestFirst: readonly Maintenance[]): Maintenance[] {
  return newestFirst.filter(
    ({ file, series }, index) =>
      series === undefined || !newestFirst.slice(index + 1).some((later) => later.file === file),
  );
}
