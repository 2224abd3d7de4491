import type { Instant } from './days.ts';
import { groupEvents } from './groups.ts';
import type { Ledger } from './ledger.ts';
import { isRetired } from './ledger.ts';
import { memoize, memoizePair } from './memoize.ts';
import type { Component, NewsEvent, StatusEvent } from './model.ts';
import type { SiteSettings } from './schema/site.ts';
import { localesOf } from './schema/site.ts';
import { componentSpans } from './timeline.ts';
import type { ComponentStatus } from './vocabulary.ts';
import { worstStatus } from './vocabulary.ts';

/** A region, or a group of customers, that `site.yml` lists. */
export interface Area {
  id: string;
  /** In the language of the page, else in the first of the site. */
  name: string;
  /** The language of its name, if it is not the first of the site. */
  lang?: string;
}

/** The areas of the page, in the order of `site.yml`. */
export const areasOf = memoize((site: SiteSettings): readonly Area[] =>
  Object.entries(site.areas).map(([id, written]) => {
    if (typeof written === 'string') return { id, name: written };
    const [first = site.locale] = localesOf(site);
    const own = Object.hasOwn(written, site.locale) ? written[site.locale] : undefined;
    if (own === undefined) return { id, name: written[first] ?? id };
    return { id, name: own, ...(site.locale !== first && { lang: site.locale }) };
  }),
);

/** The listed areas by id and by name, in all languages, in lower case. */
export const areasByName = memoize((site: SiteSettings): ReadonlyMap<string, Area> => {
  const names = areasOf(site).flatMap((area) => {
    const written = site.areas[area.id] ?? area.name;
    return (typeof written === 'string' ? [written] : Object.values(written)).map((name) => [name, area] as const);
  });
  const ids = areasOf(site).map((area) => [area.id, area] as const);
  return new Map([...names, ...ids].map(([name, area]) => [name.trim().toLowerCase(), area]));
});

/** The listed area that an event means by its id or its name. Other areas are text. */
export function areaNamed(site: SiteSettings, written: string): Area | undefined {
  return areasByName(site).get(written.trim().toLowerCase());
}

/**
 * The ids of the listed areas that an event affects, of all that it named. An event that names none, or one that is not
 * listed, counts for all, because it may affect them; an announcement that names none is about none.
 */
export function affectedAreas(event: NewsEvent, site: SiteSettings): ReadonlySet<string> {
  if (event.kind === 'announcement' && event.areas.length === 0) return new Set();
  return idsOf(site, [event.areas, ...event.updates.map(({ areas = [] }) => areas)].flat()) ?? everyArea(site);
}

function areasAt({ areas, updates }: StatusEvent, site: SiteSettings, at: Instant): ReadonlySet<string> | undefined {
  return idsOf(site, updates.findLast((update) => update.areas && update.at <= at)?.areas ?? areas);
}

function idsOf(site: SiteSettings, written: readonly string[]): ReadonlySet<string> | undefined {
  const ids = written.map((one) => areaNamed(site, one)?.id);
  const listed = ids.filter((id) => id !== undefined);
  return listed.length > 0 && listed.length === ids.length ? new Set(listed) : undefined;
}

const everyArea = memoize((site: SiteSettings): ReadonlySet<string> => new Set(areasOf(site).map(({ id }) => id)));

/** The events that affect an area, newest first, by its id. */
export const eventsByArea = memoize((ledger: Ledger): ReadonlyMap<string, readonly StatusEvent[]> => {
  return groupEvents(ledger, (event) => affectedAreas(event, ledger.content.site));
});

/** What is wrong where at an instant. */
export interface AreaStatuses {
  /** Affected components in the order of the page, each with its status in the areas where it is affected, by their ids. */
  components: ReadonlyMap<Component, ReadonlyMap<string, ComponentStatus>>;
  /** Whether any event says in which of the areas. */
  isKnown: boolean;
}

export const areaStatusesAt = memoizePair((ledger: Ledger, at: Instant): AreaStatuses => {
  const { content, openIncidents, running, upcoming } = ledger;
  const statuses = new Map<string, Map<string, ComponentStatus>>();
  let isKnown = false;
  for (const event of [...openIncidents, ...running, ...upcoming.filter(({ scheduled }) => scheduled <= at)]) {
    const named = areasAt(event, content.site, at);
    for (const [id, spans] of componentSpans(event)) {
      const span = spans.findLast(({ from }) => from <= at);
      if (!span || at >= span.to) continue;
      isKnown ||= named !== undefined;
      const own = statuses.getOrInsertComputed(id, () => new Map());
      for (const area of named ?? everyArea(content.site))
        own.set(area, worstStatus([span.status, own.get(area) ?? 'operational']));
    }
  }
  const components = [...content.components.values()].flatMap((component) => {
    const own = isRetired(component, at) ? undefined : statuses.get(component.id);
    return own ? [[component, own] as const] : [];
  });
  return { components: new Map(components), isKnown };
});

/** The worst status in an area at an instant. */
export function areaStatusAt(ledger: Ledger, { id }: Pick<Area, 'id'>, at: Instant): ComponentStatus {
  const { components } = areaStatusesAt(ledger, at);
  return worstStatus(components.values().map((statuses) => statuses.get(id) ?? 'operational'));
}
