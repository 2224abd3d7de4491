import { startOf } from '../../src/core/ledger.ts';
import { maintenancePhases, phaseAt } from '../../src/core/maintenance.ts';
import type { StatusEvent } from '../../src/core/model.ts';
import { incidentState } from '../../src/core/incident.ts';
import { printable } from '../../src/core/printable.ts';
import { COMPONENT_STATUSES } from '../../src/core/vocabulary.ts';
import { datesFor } from '../../src/i18n/dates.ts';
import { headingWord } from '../../src/reader/events/headings.ts';
import type { FoundContent } from '../lib/content.ts';
import { statusesNow } from './facts.ts';

/** More components of one status are counted. */
const MOST = 12;

/**
 * What is said of an event at present: its title, its status and since when, and its components by their status, the
 * worst first.
 */
export function presentText(event: StatusEvent, { content, now }: FoundContent): string {
  const { near } = datesFor('en', content.site.time_zone);
  const isIncident = event.kind === 'incident';
  const word = isIncident ? incidentState(event).status : phaseAt(maintenancePhases(event), now).status;
  const since = `${isIncident ? 'since' : 'planned for'} ${near(startOf(event), now)}`;
  const byStatus = Map.groupBy(Object.entries(statusesNow(event)), ([, status]) => status);
  const lines = COMPONENT_STATUSES.toReversed().flatMap((status) => {
    const names = (byStatus.get(status) ?? []).map(([id]) => content.components.get(id)?.name ?? id);
    const more = names.length > MOST ? [`${names.length - MOST + 1} more`] : [];
    const shown = more.length > 0 ? names.slice(0, MOST - 1) : names;
    return names.length > 0
      ? [`  ${headingWord(status)}: ${new Intl.ListFormat('en').format([...shown, ...more])}`]
      : [];
  });
  return printable([event.title, `  ${headingWord(word)}, ${since}`, ...lines].join('\n'));
}
