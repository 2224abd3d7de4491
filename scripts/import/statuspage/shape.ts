import { z } from 'zod';
import type { ImportedEvent, SourcePlace } from '../model.ts';
import { listFile, loseEvent, note, type Report, teller } from '../report.ts';

/** A value, and where in the source it stands. */
export interface Located<T> {
  value: T;
  place: SourcePlace;
}

/** A JSON document, or a line of a JSONL file. */
export type Document = Located<unknown>;

/**
 * What Statuspage's API v2 gives, as far as it is read. Everything but what an incident cannot do without may be
 * null or missing; unknown keys pass. The second names in some comments are those of feeds saved as JSON lines.
 */

const text = z.string().nullish();
const list = z.array(z.unknown()).nullish();

const pageSchema = z.object({
  name: text,
  url: text,
  /** An IANA name, `Etc/UTC`. */
  time_zone: text,
  updated_at: text,
});

const componentSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: text,
  /** A day: uptime is counted from it. */
  start_date: text,
  position: z.number().nullish(),
  group_id: text,
  group: z.boolean().nullish(),
  only_show_if_degraded: z.boolean().nullish(),
});

export const affectedSchema = z.object({ code: text, name: text, new_status: text });

/** A component as an incident names it: an object, or its bare name. */
export const namedSchema = z.union([
  z.object({ id: text, name: text }),
  z.string().transform((name) => ({ id: undefined, name })),
]);

export const updateSchema = z.object({
  status: text,
  body: text,
  /** `body` in saved feeds. */
  message: text,
  display_at: text,
  created_at: text,
  updated_at: text,
  /** `display_at` in saved feeds. */
  at: text,
  affected_components: list,
});

const eventSchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  name: text,
  /** Its own address, in saved feeds. */
  url: text,
  /** `name` in saved feeds. */
  title: text,
  status: text,
  impact: text,
  started_at: text,
  created_at: text,
  updated_at: text,
  resolved_at: text,
  scheduled_for: text,
  scheduled_until: text,
  incident_updates: list,
  /** `incident_updates` in saved feeds. */
  updates: list,
  components: list,
});

type RawPage = z.output<typeof pageSchema>;
export type RawComponent = z.output<typeof componentSchema>;
export type RawUpdate = z.output<typeof updateSchema>;
export type RawEvent = z.output<typeof eventSchema>;
export type RawNamed = z.output<typeof namedSchema>;

/** Why a value does not have a shape, in one line. */
export function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) return 'It does not have the format of API v2.';
  const path = issue.path.join('.');
  return `${path ? `“${path}”` : 'It'} does not match API v2: ${issue.message}.`;
}

/** All that the documents say, each thing once. */
export interface Collected {
  page: RawPage | undefined;
  components: Located<RawComponent>[];
  /** Whether any document has a list of components, be it an empty one. */
  hasComponentList: boolean;
  incidents: Located<RawEvent>[];
  maintenance: Located<RawEvent>[];
}

const LISTS = { incidents: 'incident', scheduled_maintenances: 'maintenance' } as const;
const SINGLES = { incident: 'incident', scheduled_maintenance: 'maintenance' } as const;

/** Gathers pages, components and events from the documents; of copies the newest counts. */
export function collect(documents: readonly Document[], report: Report): Collected {
  const pages: RawPage[] = [];
  const components = new Map<string, Located<RawComponent>>();
  const events = { incident: new Map<string, Located<RawEvent>>(), maintenance: new Map<string, Located<RawEvent>>() };
  let hasComponentList = false;

  const takeEvent = (value: unknown, place: SourcePlace, kind: ImportedEvent['kind']): void => {
    const event = eventSchema.safeParse(value);
    if (event.success) keepNewest(events[kind], { value: event.data, place }, report);
    else loseUnreadable(value, place, kind, problemOf(event.error), report);
  };
  const takeComponents = (values: readonly unknown[], place: SourcePlace): void => {
    hasComponentList = true;
    values.forEach((value, index) => {
      const component = componentSchema.safeParse(value);
      const at = within(place, `components[${index}]`);
      if (!component.success) {
        note(report, 'component-unreadable', at, { subject: nameIn(value) }, problemOf(component.error));
      } else if (!components.has(component.data.id))
        components.set(component.data.id, { value: component.data, place: at });
    });
  };

  for (const { place, value } of documents) {
    listFile(report, place.file, 'API v2');
    if (Array.isArray(value)) {
      value.forEach((one, index) => takeEvent(one, within(place, `[${index}]`), 'incident'));
      continue;
    }
    const object = (typeof value === 'object' ? value : null) ?? {};
    const known = Object.entries(object);
    const page = pageSchema.safeParse('page' in object ? object.page : undefined);
    if (page.success) pages.push(page.data);
    let found = page.success;
    if (isEvent(object)) {
      takeEvent(object, place, 'incident');
      continue;
    }
    for (const [key, part] of known) {
      if (key === 'components' && Array.isArray(part)) takeComponents(part, place);
      else if (key in LISTS && Array.isArray(part)) {
        const kind = LISTS[key as keyof typeof LISTS];
        part.forEach((one, index) => takeEvent(one, within(place, `${key}[${index}]`), kind));
      } else if (key in SINGLES) takeEvent(part, within(place, key), SINGLES[key as keyof typeof SINGLES]);
      else continue;
      found = true;
    }
    if (!found) note(report, 'file-ignored', place, { subject: place.file });
  }
  for (const id of events.maintenance.keys()) events.incident.delete(id);
  return {
    page: newestPage(pages),
    components: [...components.values()],
    hasComponentList,
    incidents: [...events.incident.values()],
    maintenance: [...events.maintenance.values()],
  };
}

/** A place inside of another one. */
export function within(place: SourcePlace, path: string): SourcePlace {
  return { ...place, path: place.path === undefined ? path : `${place.path}.${path}` };
}

function isEvent(object: object): boolean {
  return 'id' in object && ('incident_updates' in object || 'updates' in object);
}

function keepNewest(known: Map<string, Located<RawEvent>>, event: Located<RawEvent>, report: Report): void {
  const { id } = event.value;
  const other = known.get(id);
  if (!other) {
    known.set(id, event);
    return;
  }
  if (JSON.stringify(other.value) === JSON.stringify(event.value)) return;
  const newer = isNewer(event.value, other.value);
  const [kept, left] = newer ? [event, other] : [other, event];
  known.set(id, kept);
  const reason = `It is also in ${left.place.file} with different content; ${kept.place.file} is newer.`;
  note(report, 'duplicate', kept.place, { id, subject: nameIn(kept.value) }, reason);
}

function isNewer(a: RawEvent, b: RawEvent): boolean {
  const [atA, atB] = [Date.parse(a.updated_at ?? ''), Date.parse(b.updated_at ?? '')].map((at) => at || 0) as [
    number,
    number,
  ];
  return atA > atB || (atA === atB && updatesOf(a).length > updatesOf(b).length);
}

/** The updates of an event, under whichever name. */
export function updatesOf(event: RawEvent): readonly unknown[] {
  return event.incident_updates ?? event.updates ?? [];
}

function loseUnreadable(
  value: unknown,
  place: SourcePlace,
  kind: ImportedEvent['kind'],
  reason: string,
  report: Report,
): void {
  const updates = (value as { incident_updates?: unknown } | null)?.incident_updates;
  const tell = teller(report, place, { subject: nameIn(value) });
  loseEvent(kind, reason, tell, report, Array.isArray(updates) ? updates.length : 0);
}

function nameIn(value: unknown): string {
  const { name, title, id } = (value ?? {}) as Record<string, unknown>;
  return String(name ?? title ?? id ?? 'nameless');
}

function newestPage(pages: readonly RawPage[]): RawPage | undefined {
  const at = (page: RawPage): number => Date.parse(page.updated_at ?? '') || 0;
  return pages.reduce<RawPage | undefined>((best, page) => (!best || at(page) > at(best) ? page : best), undefined);
}
