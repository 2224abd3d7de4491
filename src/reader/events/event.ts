import { millisecondsInMinute } from 'date-fns/constants';
import type { z } from 'zod';
import type { Alias, StatusEvent, Update } from '../../core/model.ts';
import { announcementSchema } from '../../core/schema/announcement.ts';
import { incidentSchema, maintenanceSchema } from '../../core/schema/event.ts';
import { zoneSpoken } from '../../core/human-time.ts';
import { formatTime } from '../../core/time-text.ts';
import { EVENT_FOLDERS, isCurrent, updateIdAt } from '../../core/events.ts';
import type { SiteSettings } from '../../core/schema/site.ts';
import type { ComponentStatus } from '../../core/vocabulary.ts';
import { checkAreas, listedAreas } from '../areas.ts';
import { checkBlanks, checkTitle } from '../template.ts';
import type { ComponentNames } from '../components.ts';
import { componentValues } from '../components.ts';
import { dayFromName } from './file-name.ts';
import type { SourceFile } from '../files.ts';
import { splitFrontMatter } from '../yaml/front-matter.ts';
import { parseMarkdown } from '../markdown/markdown.ts';
import { checkProse } from '../markdown/prose.ts';
import type { Position, Report } from '../rules.ts';
import { freeName } from '../rules.ts';
import { checkSchema } from '../yaml/schema.ts';
import { checkText } from '../markdown/source.ts';
import type { Sections } from './updates.ts';
import { exampleHeading, readSections } from './updates.ts';
import { headingLine, VOCABULARIES } from './headings.ts';
import type { HeadingContext, Section } from './headings.ts';
import { labelLine, partsOf } from './labels.ts';
import type { YamlValue } from '../yaml/yaml.ts';

/** The context for reading incidents and maintenance. */
export interface EventContext {
  zone: string;
  now: number;
  /** Whether the example freezes the clock. */
  frozen: boolean;
  names: ComponentNames;
  /** Cached, because creating a schema takes longer than using it. */
  schemas: (spoken: string | undefined) => EventSchemas;
  /** Paths of the files in `public/`, with a leading `/`. */
  publicFiles: ReadonlySet<string>;
  /** Undefined if it has errors. */
  site: SiteSettings | undefined;
}

export type EventSchemas = ReturnType<ReturnType<typeof eventSchemas>>;

/** The schemas of front matter on a page of a zone, by the zone of the other times of a file. */
export function eventSchemas(zone: string, now: number) {
  const made = new Map<string | undefined, ReturnType<typeof make>>();
  const make = (spoken: string | undefined) => {
    const against = { zone, now, spoken };
    return {
      incident: incidentSchema(against),
      maintenance: maintenanceSchema(against),
      announcement: announcementSchema(against),
    };
  };
  return (spoken: string | undefined) => {
    const schemas = made.get(spoken) ?? make(spoken);
    made.set(spoken, schemas);
    return schemas;
  };
}

/** The front matter and the text of a file, each checked separately. */
interface EventParts<Schema extends z.ZodType> {
  /** Undefined if the front matter has errors. */
  data: z.output<Schema> | undefined;
  yaml: YamlValue | undefined;
  sections: Sections;
  /** The zone of the file's times. */
  zone: string;
  /** A heading for suggestions. */
  exampleHeading: string;
  /** The line after the last. */
  end: Position;
}

const EXAMPLES = {
  incident: (now: string, component: string) =>
    `---\ntitle: Some customers cannot pay\ncomponents:\n  ${component}: partial_outage\n---\n\n## Investigating · ${now}`,
  maintenance: (now: string, component: string) =>
    `---\ntitle: Database upgrade\ncomponents: [${component}]\nscheduled: ${now}\nuntil: ${now}\n---`,
};

/**
 * Reads the front matter and the text of a file. Undefined if it is unclear where the front matter ends.
 * @param example front matter for suggestions, if not the usual one of this kind
 */
export function readEvent<Schema extends z.ZodType>(
  file: SourceFile & { text: string },
  kind: StatusEvent['kind'],
  schema: (schemas: EventSchemas) => Schema,
  context: EventContext,
  report: Report,
  example?: string,
): EventParts<Schema> | undefined {
  if (!checkText(file.text, report)) return undefined;
  const minute = formatTime(Math.floor(context.now / millisecondsInMinute) * millisecondsInMinute);
  const matter = splitFrontMatter(file.text, example ?? EXAMPLES[kind](minute, context.names.example), report);
  if (!matter) return undefined;
  const body = parseMarkdown(matter.body, matter.bodyLine);
  checkProse(body, context.publicFiles, report);
  checkBlanks(body, report);
  const { title } = (matter.yaml?.value ?? {}) as { title?: unknown };
  if (matter.yaml && typeof title === 'string') checkTitle(title, matter.yaml.locate(['title']), report);
  const spoken = zoneSpoken(file.text);
  const headings = headingContext(file, kind, context, spoken);
  return {
    yaml: matter.yaml,
    data: matter.yaml && checkSchema(schema(context.schemas(spoken)), matter.yaml, report),
    zone: headings.zone,
    sections: readSections(body, headings, report),
    exampleHeading: exampleHeading(headings),
    end: { line: matter.bodyLine + body.lines.length - 1, column: 1 },
  };
}

/** Where the old addresses of an event stand. The name of a file is an address in the folder that it has now. */
export function readAliases(
  kind: StatusEvent['kind'],
  { aliases }: { aliases: readonly string[] },
  yaml: YamlValue,
): { aliases?: Alias[] } {
  const read = aliases.map((alias, index): Alias => {
    const path = alias.includes('/') ? alias.replace(/^\/|\/$/g, '') : `${EVENT_FOLDERS[kind]}/${alias}`;
    return { path, line: yaml.locate(['aliases', index]).line };
  });
  return read.length > 0 ? { aliases: read } : {};
}

/** The context for reading headings. @param spoken the zone of the file's other times */
export function headingContext(
  { path }: Pick<SourceFile, 'path'>,
  kind: StatusEvent['kind'],
  { zone, now, frozen }: Pick<EventContext, 'zone' | 'now' | 'frozen'>,
  spoken?: string,
): HeadingContext {
  const fileDay = kind === 'incident' ? dayFromName(path) : undefined;
  return { vocabulary: VOCABULARIES[kind], zone: spoken ?? zone, siteZone: zone, spoken, fileDay, now, frozen };
}

/** Resolves names of components and groups in the front matter. Reports unknown and retired ones. */
export function resolveComponents(
  written: Readonly<Record<string, ComponentStatus>>,
  yaml: YamlValue,
  started: number,
  names: ComponentNames,
  report: Report,
): Record<string, ComponentStatus> {
  const given = Object.entries(written).flatMap(([name, value]) => {
    const position = yaml.locate(['components', name], 'key');
    const rewrite = (other: string) =>
      Object.hasOwn(written, other) ? undefined : yaml.rewrite(['components', name], other, 'key');
    const named = names.resolve(name, started, position, report, rewrite);
    return named ? [{ name, named, value, position }] : [];
  });
  return componentValues(given, report);
}

/**
 * Warns about areas that `site.yml` does not list, while the event is news.
 * @param areas those of the front matter
 */
export function checkEventAreas(
  events: readonly StatusEvent[],
  areas: readonly string[],
  { yaml, sections }: { yaml: YamlValue; sections: Sections },
  { site, now }: EventContext,
  report: Report,
): void {
  if (!events.some((event) => isCurrent(event, now))) return;
  checkAreas(areas, site, listedAreas(yaml, ['areas']), report);
  for (const { name, value, valuePosition } of sections.updates.flatMap(({ labels }) => labels)) {
    if (name !== 'areas') continue;
    const place = { position: () => valuePosition, rewrite: (meant: readonly string[]) => labelLine(name, meant.join(', ')) }; // prettier-ignore
    checkAreas(partsOf(value), site, place, report);
  }
}

/**
 * Ids by time: `u-20261120T092000Z`, more at the same instant with `-2`, `-3`, oldest first; or the id pinned in the
 * heading. Duplicates are reported.
 */
export function updateIds(sections: readonly Section[], report: Report): string[] {
  const counts = new Map<number, number>();
  const ids = sections.map(({ at, pinned }) => {
    if (pinned !== undefined) return pinned;
    const count = (counts.get(at) ?? 0) + 1;
    counts.set(at, count);
    return count === 1 ? updateIdAt(at) : `${updateIdAt(at)}-${count}`;
  });
  reportTwice(sections, ids, report);
  return ids;
}

/** If two updates have one id, the pinned one keeps it. */
function reportTwice(sections: readonly Section[], ids: readonly string[], report: Report): void {
  const taken = new Set(ids);
  if (taken.size === ids.length) return;
  const seen = new Set<string>();
  const pinnedFirst = sections.map((section, index) => ({ section, id: ids[index] ?? '' }));
  pinnedFirst.sort((a, b) => Number(b.section.pinned !== undefined) - Number(a.section.pinned !== undefined));
  for (const { section, id } of pinnedFirst) {
    if (seen.has(id)) {
      const own = id.replace(/-\d+$/, '');
      const free = freeName(own, (one) => taken.has(one));
      taken.add(free);
      const reason = `Another update in this file has the id “${id}”.`;
      report('heading-id-twice', section.position, reason, headingLine(section.word, formatTime(section.at), free));
    }
    seen.add(id);
  }
}

/** The fields of updates of every kind. */
export function baseOf<Word extends string, Status extends string>(
  section: Section,
  id: string,
  word: Word,
  status: Status,
): Update<Word, Status> {
  return { id, word, status, at: section.at, body: section.body, line: section.position.line };
}
