import type { AffectedComponent } from '../../src/core/affected.ts';
import { affectedNodesAt } from '../../src/core/affected.ts';
import { areaNamed } from '../../src/core/areas.ts';
import type { Instant } from '../../src/core/days.ts';
import { minuteOf } from '../../src/core/human-time.ts';
import { affectedComponents, incidentState } from '../../src/core/incident.ts';
import { startOf } from '../../src/core/ledger.ts';
import { maintenancePhases, phaseAt } from '../../src/core/maintenance.ts';
import type { StatusEvent } from '../../src/core/model.ts';
import { latestStatuses } from '../../src/core/timeline.ts';
import { datesFor } from '../../src/i18n/dates.ts';
import type { MixedText } from '../../src/i18n/facts.ts';
import { affectedName } from '../../src/i18n/facts.ts';
import { wordsOf } from '../../src/i18n/words.ts';
import type { ComponentStatus } from '../../src/core/vocabulary.ts';
import type { FoundContent } from '../lib/content.ts';
import type { Answers } from './answers.ts';
import { byComponent, readAreas, readComponents, readTimeOption } from './answers.ts';

/** What is known of an event while a message about it is written. */
export interface Facts {
  /** Ids of those that are affected. */
  components: readonly string[];
  areas: readonly string[];
  started?: Instant;
  /** Nothing before the event has one. */
  status?: string;
}

/**
 * What is known once so much is answered. Of an event that gets an update: the components that are not well after it,
 * else all it ever named.
 * @param event nothing for one that is to be written
 */
export function factsOf(answers: Answers, kind: StatusEvent['kind'], found: FoundContent, event?: StatusEvent): Facts {
  const { component = [], scheduled } = answers;
  const areas = readAreas(answers.area);
  const { content } = found;
  if (event) {
    const said = byComponent(readComponents(component, content), content, startOf(event));
    return factsOfEvent(event, said, areas, found.now);
  }
  const started =
    kind === 'incident'
      ? startIn(answers, found)
      : scheduled === undefined
        ? undefined
        : readTimeOption(scheduled, '--scheduled', 'after', found);
  const said = readComponents(component, content, kind === 'incident' ? undefined : 'under_maintenance');
  return {
    components: Object.keys(byComponent(said, content, started ?? found.now)),
    areas,
    ...(started !== undefined && { started }),
  };
}

/** When a new incident started, by what is answered: with its first update, unless something else is said. */
export function startIn({ started, at }: Answers, found: FoundContent): Instant {
  const from = at === undefined ? minuteOf(found.now) : readTimeOption(at, '--at', 'before', found);
  return started === undefined ? from : readTimeOption(started, '--started', 'before', found, from);
}

/** What the components of an event have after its newest update; those of an incident that is resolved are left out. */
export function statusesNow(event: StatusEvent): Readonly<Record<string, ComponentStatus>> {
  if (event.kind === 'incident') return latestStatuses(event);
  return Object.assign({}, event.components, ...event.updates.map((update) => update.components ?? {}));
}

function factsOfEvent(
  event: StatusEvent,
  said: ReturnType<typeof byComponent>,
  areas: readonly string[],
  now: Instant,
): Facts {
  const isIncident = event.kind === 'incident';
  const after = { ...statusesNow(event), ...said };
  const unwell = Object.keys(after).filter((id) => after[id] !== 'operational');
  return {
    components: unwell.length > 0 ? unwell : affectedComponents(event),
    areas: areas.length > 0 ? areas : (event.updates.findLast((update) => update.areas)?.areas ?? event.areas),
    started: startOf(event),
    status: isIncident ? incidentState(event).status : phaseAt(maintenancePhases(event), minuteOf(now)).status,
  };
}

/** Facts in words, by the names of the blanks that they fill: `components`, `areas`, `started`. */
export function factsInWords({ components, areas, started }: Facts, { content, now }: FoundContent) {
  const { locale, time_zone: zone } = content.site;
  const words = new Map<string, string>();
  const list = (texts: readonly string[]) => new Intl.ListFormat(locale).format(texts.map(asText));
  if (components.length > 0) words.set('components', componentsInWords(components, started ?? now, content, list));
  if (areas.length > 0) words.set('areas', list(areas.map((one) => areaNamed(content.site, one)?.name ?? one)));
  if (started !== undefined) words.set('started', datesFor(locale, zone).near(started, now));
  return words;
}

/** As pages name them: of many, whole groups by the group's name, and how many others there are. */
function componentsInWords(
  ids: readonly string[],
  began: Instant,
  content: FoundContent['content'],
  list: (texts: readonly string[]) => string,
): string {
  const words = wordsOf(content);
  const affected = ids.map((id): AffectedComponent => [id, undefined]);
  const { named, more } = affectedNodesAt(content, began, affected);
  const plain = (part: MixedText[number]) => (typeof part === 'string' ? part : part.text);
  const components = list(named.map((node) => affectedName(node, words).map(plain).join('')));
  return more > 0 ? words.count('affected.list', more, { components }) : components;
}

/** Text that Markdown leaves as it is. */
function asText(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~&]/g, '\\$&');
}
