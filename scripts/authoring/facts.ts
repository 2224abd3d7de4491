import { affectedComponents, incidentState } from '../../src/core/incident.ts';
import { startOf } from '../../src/core/ledger.ts';
import { maintenancePhases, phaseAt } from '../../src/core/maintenance.ts';
import type { Instant, StatusEvent } from '../../src/core/model.ts';
import { latestStatuses } from '../../src/core/timeline.ts';
import { datesFor } from '../../src/i18n/dates.ts';
import type { FoundContent } from '../lib/content.ts';
import type { IncidentAnswers, MaintenanceAnswers, UpdateAnswers } from './draft.ts';
import { readAreas, readComponents, readTimeOption } from './options.ts';
import { minuteOf } from '../../src/core/human-time.ts';

/** What is known of an event while a message about it is written. */
export interface Facts {
  /** Ids of those that are affected. */
  components: readonly string[];
  areas: readonly string[];
  started?: Instant;
  /** Nothing before the event has one. */
  status?: string;
}

/** What is known of an incident that is to be written. */
export function factsOfIncident(answers: Partial<IncidentAnswers>, { now, content }: FoundContent): Facts {
  const { component = [], area = [], started, at } = answers;
  const words = { now, direction: 'before', zone: content.site.time_zone } as const;
  const from = at === undefined ? minuteOf(now) : readTimeOption(at, '--at', words);
  return {
    components: Object.keys(readComponents(component, content.components)),
    areas: readAreas(area),
    started: started === undefined ? from : readTimeOption(started, '--started', { ...words, from }),
  };
}

/** What is known of a maintenance that is to be written. */
export function factsOfMaintenance(answers: Partial<MaintenanceAnswers>, { now, content }: FoundContent): Facts {
  const { component = [], area = [], scheduled } = answers;
  const words = { now, direction: 'after', zone: content.site.time_zone } as const;
  return {
    components: Object.keys(readComponents(component, content.components, 'under_maintenance')),
    areas: readAreas(area),
    ...(scheduled !== undefined && { started: readTimeOption(scheduled, '--scheduled', words) }),
  };
}

/** What is known of an event that gets an update: the components that are not well after it, else all it ever named. */
export function factsOfUpdate(answers: Partial<UpdateAnswers>, event: StatusEvent, found: FoundContent): Facts {
  const { component = [], area = [] } = answers;
  const { content, now } = found;
  const before =
    event.kind === 'incident'
      ? latestStatuses(event)
      : Object.assign({}, event.components, ...event.updates.map((update) => update.components ?? {}));
  const after = { ...before, ...readComponents(component, content.components) };
  const unwell = Object.keys(after).filter((id) => after[id] !== 'operational');
  const said = readAreas(area);
  return {
    components: unwell.length > 0 ? unwell : affectedComponents(event),
    areas: said.length > 0 ? said : (event.updates.findLast(({ areas }) => areas)?.areas ?? event.areas),
    started: startOf(event),
    status:
      event.kind === 'incident' ? incidentState(event).status : phaseAt(maintenancePhases(event), minuteOf(now)).status,
  };
}

/** Facts in words, by the names of the blanks that they fill: `components`, `areas`, `started`. */
export function factsInWords({ components, areas, started }: Facts, { content, now }: FoundContent) {
  const { locale, time_zone: zone } = content.site;
  const words = new Map<string, string>();
  const list = (texts: readonly string[]) => new Intl.ListFormat(locale).format(texts.map(asText));
  const names = components.map((id) => content.components.get(id)?.name ?? id);
  if (names.length > 0) words.set('components', list(names));
  if (areas.length > 0) words.set('areas', list(areas));
  if (started !== undefined) words.set('started', datesFor(locale, zone).near(started, now));
  return words;
}

/** Text that Markdown leaves as it is. */
function asText(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~&]/g, '\\$&');
}
